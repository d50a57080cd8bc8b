"""App packages as records, and what lies beside them: the store's label and the privacy policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from mapae.detect.apk import inspect
from mapae.errors import InputError
from mapae.settings import worker_count
from mapae.sources.blocks import Block
from mapae.sources.document_reader import DocumentReader, is_document
from mapae.sources.files import PACKAGES
from mapae.sources.page_reader import PageReader
from mapae.sources.rejects import RejectLog
from mapae.sources.streams import head

__all__ = ["AppReader", "complete", "is_package"]

_LABELS = tuple(
    f"{mark}{ending}"
    for mark in (".declared", ".label", ".data_safety_export", ".data_safety", "")
    for ending in (".json", ".csv")
)
_POLICIES = tuple(
    f"{mark}{ending}"
    for mark in (".policy", ".privacy", "")
    for ending in (".md", ".markdown", ".txt", ".html", ".htm", ".pdf")
)
_LABEL_LIMIT = 4 << 20


def is_package(path: Path) -> bool:
    """Whether the file's name ends as those of app packages do."""
    return path.suffix.lower() in PACKAGES


class AppReader:
    """One package: one record. What is in it is read when the record is completed."""

    columns: Sequence[str] = ("app_id", "path")

    def __init__(self, path: Path, log: RejectLog) -> None:
        self.path, self.log = path, log

    def blocks(self) -> Iterator[Block]:
        """One block of one row."""
        yield Block({"app_id": [None], "path": [str(self.path)]}, np.ones(1, np.int64))


def complete(batch: pa.RecordBatch, source: Path, log: RejectLog) -> pa.RecordBatch:
    """App records with what their files say: `apk` from the package, `declared` and `policy_text` from files beside it.

    Paths are meant from the folder of `source`. A package that cannot be read is a record with `error` in `apk`; a label
    or policy that cannot be read is a cell of the reject log.
    """
    rows = batch.to_pylist()
    with ThreadPoolExecutor(min(worker_count(), max(1, len(rows)))) as pool:
        done = list(pool.map(lambda row: _completed(row, source, log), rows))
    return pa.RecordBatch.from_pylist(done, schema=batch.schema)


def _completed(row: dict[str, Any], source: Path, log: RejectLog) -> dict[str, Any]:
    if row["apk"] and not row["apk"].lstrip().startswith("{"):
        row["path"], row["apk"] = row["path"] or row["apk"], None
    place = _found(row["path"], source.parent)
    if not row["apk"] and row["path"]:
        facts = inspect(place) if place else {"error": "there is no such file", "anomalies": []}
        row["apk"] = orjson.dumps(facts).decode()
        if not row["app_id"] or row["app_id"].startswith("row-"):
            row["app_id"] = facts.get("package") or Path(row["path"]).stem
        row["version"] = row["version"] or facts.get("version_name") or facts.get("version_code")
    row["declared"] = _label(row["declared"], place, source, log)
    row["policy_text"] = row["policy_text"] or _policy(row["policy_id"], place, source, log)
    return row


def _found(name: str | None, folder: Path) -> Path | None:
    if not name:
        return None
    return next((path for path in (folder / name, Path(name)) if _is_file(path)), None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long, or with a zero byte
        return False


def _label(told: str | None, place: Path | None, source: Path, log: RejectLog) -> str | None:
    """The label as given, of the file it names, or of the file beside the package (a store's JSON, Play Console's CSV)."""
    if told:
        file = _found(told, source.parent) if len(told) < 300 and told.endswith((".json", ".csv")) else None
        return _text(file, log) if file else told
    beside = _beside(place, _LABELS)
    return _text(beside, log) if beside and beside != source else None


def _text(path: Path, log: RejectLog) -> str | None:
    data = head(path, _LABEL_LIMIT + 1)
    if len(data) > _LABEL_LIMIT:
        log.cell(1, "declared", f"the label {path.name} is larger than {_LABEL_LIMIT >> 20} MiB")
        return None
    return data.decode("utf-8-sig", "replace").strip() or None


def _policy(name: str | None, place: Path | None, source: Path, log: RejectLog) -> str | None:
    """Text of the policy of that name in the folder or its `policies`, else of the one beside the package."""
    wanted = [f"{name}{ending}" for ending in ("", *_POLICIES)] if name and len(name) < 300 else []
    places = [
        Path(folder) / file for file in wanted for folder in (source.parent, source.parent / "policies")
    ]
    beside = _beside(place, _POLICIES)
    path = next((path for path in [*places, *([beside] if beside else [])] if _is_file(path)), None)
    if path is None:
        return None
    try:
        reader = (
            DocumentReader(path, log) if is_document(path, head(path, 8)) else PageReader(path, log, "policy")
        )
        return next((str(block.columns["text"][0]) for block in reader.blocks()), None)
    except InputError as error:
        log.cell(1, "policy_text", f"{path.name}: {error.what}")
        return None


def _beside(place: Path | None, endings: Sequence[str]) -> Path | None:
    """A file with the package's own name and one of these endings."""
    if place is None or not is_package(place):
        return None
    return next((path for path in (place.with_suffix(ending) for ending in endings) if _is_file(path)), None)
