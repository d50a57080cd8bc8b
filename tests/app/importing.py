"""What the tests of importing lists share: rows, files, an import, and the version in use."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from mapae.app.import_lists import ImportRequest, import_list

__all__ = ["FIRST", "SECOND", "THIRD", "entries", "file_of", "ingredient", "recall", "run"]

FIRST, SECOND, THIRD = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)


def recall(number: int, **changes: object) -> dict[str, object]:
    return {
        "recallUid": number,
        "recallProductName": f"제품 {number}",
        "recallModelName": f"M-{number}",
    } | changes


def ingredient(name: str, **changes: object) -> dict[str, object]:
    return {"name_en": name, "name_ko": f"{name} 성분", "status": "designated"} | changes


def file_of(tmp_path: Path, rows: list[object], name: str = "rows.jsonl") -> str:
    path = tmp_path / name
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return str(path)


def run(source: str, path: str, store: Path, day: date = FIRST, **changes: object):
    return import_list(ImportRequest(source, (path,), day, store=store, **changes))  # type: ignore[arg-type]


def entries(store: Path, name: str, source: str) -> dict[str, dict[str, object]]:
    """The version in use, by id."""
    folder = store / name / source
    meta = json.loads((folder / "meta.json").read_bytes())
    rows = [json.loads(line) for line in (folder / meta["file"]).read_bytes().splitlines()]
    return {row["id"]: row for row in rows}
