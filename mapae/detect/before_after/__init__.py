"""Did something change from a day on? Levels by a permutation of blocks, events by an exact binomial test."""

from mapae.detect.before_after.change import Change
from mapae.detect.before_after.events import events_changed
from mapae.detect.before_after.levels import levels_changed

__all__ = ["Change", "events_changed", "levels_changed"]
