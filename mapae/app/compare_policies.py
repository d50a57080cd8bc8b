"""Two versions of a privacy policy compared: a page for people and a file for programs, with the places on both sides."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from mapae.app.policy_text import policy_text
from mapae.measures.privacy.check import TABLES
from mapae.measures.privacy.comparison import Comparison, compare
from mapae.measures.privacy.segments import Segment
from mapae.measures.privacy.sentences import Change
from mapae.pack import Pack
from mapae.report.comparison import Compared, render_comparison

__all__ = ["PAGE", "RECORD", "compare_policies"]

PAGE, RECORD = "comparison.html", "comparison.json"


@dataclass(frozen=True, slots=True)
class _Side:
    path: Path
    text: str


def compare_policies(old: Path, new: Path, pack: Pack, out: Path | None, language: str) -> dict[str, Any]:
    """The comparison as plain data; with `out`, OUT/comparison.html and OUT/comparison.json too.

    old, new: Markdown, text, HTML or PDF. InputError where one cannot be read.
    """
    sides = [_Side(path, policy_text(path)) for path in (old, new)]
    data = {name: pack.data(f"privacy/{name}.yaml") for name in (*TABLES, "comparison", "evaluation")}
    found = compare(sides[0].text, sides[1].text, data)
    told = _plain(found, sides) | {"pack": pack.key, "pack_hash": pack.hash}
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / RECORD).write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))
        shown = Compared(old.name, new.name, sides[0].text, sides[1].text, found, data["evaluation"])
        (out / PAGE).write_text(render_comparison(shown, language), "utf-8")
    return told


def _plain(found: Comparison, sides: list[_Side]) -> dict[str, Any]:
    at = {id(change): number for number, change in enumerate(found.differences)}
    return {
        "old": _file(sides[0]),
        "new": _file(sides[1]),
        "change": found.change,
        "items": [
            {
                "item": item.key,
                "change": item.change,
                "old_status": item.old_status,
                "new_status": item.new_status,
                "differences": [at[id(change)] for change in item.differences],
            }
            for item in found.items
        ],
        "differences": [_change(change, sides) for change in found.differences],
    }


def _file(side: _Side) -> dict[str, str]:
    return {"path": str(side.path), "sha256": hashlib.sha256(side.text.encode()).hexdigest()}


def _change(change: Change, sides: list[_Side]) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "substantive": change.substantive,
        "old": [_place(item, sides[0].text) for item in change.old],
        "new": [_place(item, sides[1].text) for item in change.new],
        "differ": list(change.told),
    }


def _place(item: Segment, text: str) -> dict[str, Any]:
    return {"start": item.start, "end": item.end, "text": text[item.start : item.end]}
