"""Passages of a policy tagged by a trained model, and what the tags add where the pack's words find nothing on an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mapae.detect.tagger import Tagger, load
from mapae.measures.privacy.judged import Judged
from mapae.measures.privacy.segments import Segment

__all__ = ["CARD", "MODEL", "Passage", "filled", "model_in", "tagged"]

MODEL, CARD = "practices.npz", "practices.yaml"
_LATIN = 0.8  # share of letters that are Latin, above which a passage is read


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph at start:end and the classes given to it with their probabilities."""

    start: int
    end: int
    tags: tuple[tuple[str, float], ...]


def model_in(folder: str | None) -> Tagger | None:
    """The tagger in a model's folder, None where the folder holds none."""
    path = Path(folder, MODEL) if folder else None
    return load(path) if path is not None and path.is_file() else None


def tagged(model: Tagger, text: str, segments: Sequence[Segment], shortest: int) -> list[Passage]:
    """Every paragraph in Latin letters of at least `shortest` characters that speaks to everyone."""
    spans: dict[int, tuple[int, int]] = {}
    for item in segments:
        if not item.first and not item.local:
            start, _ = spans.get(item.line, (item.start, 0))
            spans[item.line] = (start, item.end)
    places = [span for span in spans.values() if span[1] - span[0] >= shortest and _latin(text[slice(*span)])]
    scores = model.scores([text[start:end] for start, end in places])
    chosen = model.chosen(scores)
    return [
        Passage(
            *place,
            tuple((tag, float(row[at])) for at, tag in enumerate(model.tags) if given[at]),
        )
        for place, row, given in zip(places, scores, chosen, strict=True)
    ]


def filled(
    items: Mapping[str, Judged], passages: Sequence[Passage], table: Mapping[str, Any]
) -> dict[str, Judged]:
    """Items with those that were `missing` made `partial` where a passage of their class is sure enough."""
    found = dict(items)
    for tag, names in table["classes"].items():
        sure = [(score, item) for item in passages for name, score in item.tags if name == tag]
        best = max(sure, key=lambda pair: pair[0], default=None)
        if best is None or best[0] < table["sure"]:
            continue
        place = Segment(best[1].start, best[1].end, "", "", False, False)
        why = f"the trained model reads {tag} here ({best[0]:.0%}); no part of the item was found"
        found |= {name: Judged("partial", place, why) for name in names if found[name].status == "missing"}
    return found


def _latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isascii() for char in letters) / len(letters) >= _LATIN
