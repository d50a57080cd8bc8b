"""Two versions of a policy as a page: what changed in substance first, then what only looks different, both sides quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mapae.measures.privacy.comparison import Comparison, ItemChange
from mapae.measures.privacy.segments import Segment
from mapae.measures.privacy.sentences import Change
from mapae.report.template import render_page

__all__ = ["Compared", "render_comparison"]

_SHOWN = 300  # differences of a kind on the page
_QUOTE = 500  # characters of a sentence


@dataclass(frozen=True)
class Compared:
    """What the page shows. old_name, new_name: files; titles: privacy/evaluation.yaml."""

    old_name: str
    new_name: str
    old: str
    new: str
    found: Comparison
    titles: Mapping[str, Any]


def render_comparison(shown: Compared, language: str) -> str:
    """The whole HTML document, in English and Korean."""

    def title(key: str) -> Mapping[str, str]:
        group, _, name = key.rpartition(":")
        found: Mapping[str, str] = shown.titles[group or "items"][name]
        return found

    def quote(parts: Sequence[Segment], side: str) -> str:
        text = shown.old if side == "old" else shown.new
        return "\n".join(text[item.start : item.end] for item in parts)[:_QUOTE]

    def line(parts: Sequence[Segment], side: str) -> int:
        text = shown.old if side == "old" else shown.new
        return text.count("\n", 0, parts[0].start) + 1

    touched = _touched(shown.found.items)
    return render_page(
        "comparison.html.j2",
        language,
        shown=shown,
        words=_words(),
        title=title,
        quote=quote,
        line=line,
        items=[item for item in shown.found.items if item.change != "none"],
        groups=_groups(shown.found.differences),
        touched_of=lambda change: touched.get(id(change), ()),
    )


def _groups(differences: Sequence[Change]) -> list[tuple[str, Sequence[Change], int]]:
    """Substantive and cosmetic ones, as many as are shown, and how many are left out."""
    groups: list[tuple[str, Sequence[Change], int]] = []
    for name, wanted in (("substantive", True), ("cosmetic", False)):
        found = [item for item in differences if item.substantive is wanted]
        groups.append((name, found[:_SHOWN], max(0, len(found) - _SHOWN)))
    return groups


def _touched(items: Sequence[ItemChange]) -> dict[int, list[str]]:
    """The items that a difference touches, by the difference's identity."""
    found: dict[int, list[str]] = {}
    for item in items:
        for change in item.differences:
            if not item.key.startswith("cross_border:"):
                found.setdefault(id(change), []).append(item.key)
    return found


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    text = Path(__file__).with_name("comparison.yaml").read_text("utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return found
