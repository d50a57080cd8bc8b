"""What `mapae screen` and `rescreen` say at the end of a run, in English and Korean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mapae.app.screen import Screened

__all__ = ["summary"]

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "head": "{rows:,} {kind} records: {findings:,} finding{s} in {seconds:.1f} s ({rate:,.0f}/s)",
        "severity": "severity", "trial": "on trial", "not_counted": "(not counted)",
        "rejected": "rejected rows", "cells": "cells not read", "see": "see {path}", "note": "note",
        "sheets": "inspection sheets", "in": "in {path}", "report": "report: {path}",
    },
    "ko": {
        "head": "{kind} 기록 {rows:,}건: 발견 {findings:,}건, {seconds:.1f}초 (초당 {rate:,.0f}건)",
        "severity": "심각도", "trial": "시범 점검", "not_counted": "(집계 제외)",
        "rejected": "제외된 행", "cells": "읽지 못한 칸", "see": "{path} 참조", "note": "참고",
        "sheets": "점검표", "in": "위치: {path}", "report": "보고서: {path}",
    },
}  # fmt: skip
_WIDTH = 18


def summary(result: Screened, language: str) -> str:
    """What a person wants to know at the end of a run. language: en or ko."""
    words, manifest = _WORDS[language], result.manifest
    rows, seconds = manifest["rows_read"], manifest["seconds"]
    lines = [
        words["head"].format(
            rows=rows, kind=manifest["kind"], findings=manifest["findings"], seconds=seconds,
            rate=rows / max(seconds, 0.001), s="" if manifest["findings"] == 1 else "s",
        )
    ]  # fmt: skip
    lines += [_line(measure, f"{count:>9,}") for measure, count in manifest["measures"].items()]
    severe = ", ".join(f"{name} {count:,}" for name, count in manifest["severities"].items() if count)
    lines += [_line(words["severity"], severe)] if severe else []
    if manifest["shadow"]:
        lines.append(_line(words["trial"], f"{manifest['shadow']:>9,} {words['not_counted']}"))
    where = words["see"].format(path=result.out / "rejects.jsonl")
    left_out = (("rejected", result.rejected), ("cells", _cells(result)))
    lines += [_line(words[key], f"{count:>9,} {where}") for key, count in left_out if count]
    lines += [_line(words["note"], note) for note in _notes(manifest)]
    if sheets := manifest.get("inspections"):
        where = words["in"].format(path=result.out / "inspections")
        lines.append(_line(words["sheets"], f"{len(sheets):>9,} {where}"))
    return "\n".join([*lines, words["report"].format(path=result.out / "report.html")])


def _line(name: str, said: str) -> str:
    """Name and words in columns; a Hangul letter is as wide as two."""
    wide = sum(letter > "\u1100" for letter in name)
    return f"  {name}{' ' * max(_WIDTH - len(name) - wide, 1)} {said}"


def _cells(result: Screened) -> int:
    """Cells set aside: what rejects.jsonl lists beside whole rows."""
    try:
        with (result.out / "rejects.jsonl").open("rb") as rejects:
            return max(0, sum(1 for _ in rejects) - result.rejected)
    except OSError:
        return 0


def _notes(manifest: dict[str, Any]) -> list[str]:
    """What was mended or left out in reading, by file."""
    return [
        f"{Path(item['path']).name}: {note}" for item in manifest["inputs"] for note in item.get("notes", ())
    ]
