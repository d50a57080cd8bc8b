"""Puts a finding's reasons where they were seen: marks in the title, marks in pieces of the other fields, a numbered list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

__all__ = ["Evidence", "Snippet", "evidence"]

_TITLES = {"listing": "title", "advert": "headline", "post": "text"}
_CUT = 80  # characters kept on each side of a span; that many mean that the text goes on


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a field, and whether text was left out before and after it.

    parts: (text, whether it is marked, numbers of the reasons whose words end with it) in order.
    """

    field: str
    parts: tuple[tuple[str, bool, tuple[int, ...]], ...]
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The title with its marks, the other pieces, and the reasons by number, equal ones once.

    reasons: (number, reason, its sentence). about: what all their sentences end with behind `; `, taken out of them.
    """

    title: Snippet
    snippets: tuple[Snippet, ...]
    reasons: tuple[tuple[int, Mapping[str, Any], str], ...]
    about: str = ""


def evidence(row: Mapping[str, Any]) -> Evidence:
    """Evidence of a row of FINDING_SCHEMA with `around`: the 80 characters on each side of every span."""
    numbered = _numbered(row["reasons"])
    title = row.get("subject_title") or ""
    title_field = _TITLES.get(row.get("subject_kind") or "", "title")
    in_title: list[tuple[int, int, int]] = []
    windows: dict[str, list[tuple[int, str, int, int, int]]] = {}
    arounds = row.get("around") or []
    for at, (number, reason) in enumerate(numbered):
        start, end, seen = reason["start"], reason["end"], reason["seen"]
        if end <= start:
            continue
        if reason["field"] == title_field and title[start:end] == seen:
            in_title.append((start, end, number))
            continue
        around = arounds[at] if at < len(arounds) else {"before": "", "after": ""}
        text = f"{around['before']}{seen}{around['after']}"
        windows.setdefault(reason["field"], []).append(
            (start - len(around["before"]), text, start, end, number)
        )
    pieces = tuple(piece for field, items in windows.items() for piece in _joined(field, items))
    listed = dict(numbered)
    about = _about([reason["detail"] or "" for reason in listed.values()])
    reasons = tuple(
        (n, reason, (reason["detail"] or "").removesuffix(f"; {about}")) for n, reason in listed.items()
    )
    return Evidence(Snippet(title_field, _marked(title, 0, in_title)), pieces, reasons, about)


def _about(details: Sequence[str]) -> str:
    """What every one of several sentences says behind its first `; `; nothing where they differ."""
    tails = {detail.partition("; ")[2] for detail in details}
    return tails.pop() if len(details) > 1 and len(tails) == 1 else ""


def _numbered(reasons: Sequence[Mapping[str, Any]]) -> list[tuple[int, Mapping[str, Any]]]:
    """Each reason with its number; reasons that say the same of the same words share one."""
    numbers: dict[tuple[Any, ...], int] = {}
    found = []
    for reason in reasons:
        key = tuple(reason[name] for name in ("field", "seen", "matched", "detail"))
        found.append((numbers.setdefault(key, len(numbers) + 1), reason))
    return found


def _joined(field: str, items: list[tuple[int, str, int, int, int]]) -> list[Snippet]:
    """Windows of one field, put together where they touch."""
    found: list[Snippet] = []
    begin, text, spans = -1, "", list[tuple[int, int, int]]()
    for first, piece, start, end, number in sorted(items):
        if begin >= 0 and first <= begin + len(text):
            text += piece[max(0, begin + len(text) - first) :]
        else:
            if spans:
                found.append(_snippet(field, begin, text, spans))
            begin, text, spans = first, piece, []
        spans.append((start, end, number))
    if spans:
        found.append(_snippet(field, begin, text, spans))
    return found


def _snippet(field: str, begin: int, text: str, spans: list[tuple[int, int, int]]) -> Snippet:
    after = begin + len(text) - max(end for _, end, _ in spans)
    return Snippet(field, _marked(text, begin, spans), begin > 0, after >= _CUT)


def _marked(
    text: str, begin: int, spans: list[tuple[int, int, int]]
) -> tuple[tuple[str, bool, tuple[int, ...]], ...]:
    """The text cut at every border of a span."""
    inside = [(start - begin, end - begin, number) for start, end, number in spans]
    borders = sorted({0, len(text), *(edge for start, end, _ in inside for edge in (start, end))})
    parts = []
    for left, right in pairwise(borders):
        marked = any(start <= left and right <= end for start, end, _ in inside)
        ending = {number for _, end, number in inside if end == right}
        parts.append((text[left:right], marked, tuple(sorted(ending))))
    return tuple(parts)
