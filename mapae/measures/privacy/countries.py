"""Item P14: the countries where data are processed, a closed list or an open one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mapae.measures.privacy.judged import Judged
from mapae.measures.privacy.reading import Reading
from mapae.measures.privacy.segments import LISTED, Segment

__all__ = ["judge_country"]

_NAMES_ONLY = 40  # characters of a line that names countries and nothing else


def judge_country(read: Reading, row: Mapping[str, Any], places: Mapping[str, Any]) -> Judged:
    """Present: a closed list for everyone; partial: an open one, or for another region only."""
    names, people = "|".join(places["countries"]), "|".join(places["people"])
    country = re.compile(rf"(?<![a-z])(?:{names})(?![a-z])(?!{people})")
    opened, closing = _any(places["open"]), _any(places["closed"])
    about, heading = _any(row["about"]), _any(row["heading"])
    framework = _any(places["frameworks"])
    named = [item for item in read.told if country.search(item.text) and not framework.search(item.text)]
    seat = _any(places["seat"])
    named = [item for item in named if about.search(item.text) or not seat.search(item.text)]
    spoken = [item for item in named if about.search(item.text)]
    headed = [item for item in named if heading.search(f"{item.heading} {item.columns}")]
    told = [item for item in headed if _states(item, about)] or spoken
    one_place = _any(places["not_all"])
    general = [item for item in told if not item.local and not one_place.search(item.text)]
    closed = [item for item in general if closing.search(item.text)]
    open_list = [item for item in told if opened.search(_value(item)) and not closing.search(item.text)]
    more = _any(places["more"])
    open_list += [item for item in read.general if more.search(item.text) and not closing.search(item.text)]
    if closed or (general and not open_list):
        return Judged("present", (closed or general)[0])
    if told:
        return Judged("partial", (open_list or told)[0], "the list of countries is left open")
    return Judged("missing", None, "no country is named")


def _states(item: Segment, about: re.Pattern[str]) -> bool:
    """Under a heading on countries: a sentence that says so, or a short line that names them."""
    return bool(about.search(item.text)) or len(item.text) <= _NAMES_ONLY or bool(LISTED.match(item.text))


def _value(item: Segment) -> str:
    """What stands behind the label of a listed line."""
    return re.split(r"[:：]", item.text)[-1] if LISTED.match(item.text) else item.text


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(words))
