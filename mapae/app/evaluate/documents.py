"""Documents that cases name, read beside the case file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mapae.app.evaluate.scores import fold
from mapae.errors import InputError

__all__ = ["answer_of", "with_documents"]

_BESIDE = Path("..", "data", "policies")


def with_documents(cases: Sequence[dict[str, Any]], path: Path, folder: Path | None) -> list[dict[str, Any]]:
    """Cases with a `policy` record made of their document.

    A document is an absolute path, or relative to the case file's folder, to ../data/policies/ of it, or to `folder`.
    InputError where it is in none of them.
    """
    return [case | {"policy": _record(case, path, folder)} for case in cases]


def answer_of(case: dict[str, Any]) -> dict[str, Any] | None:
    """What a case of policies expects, in the shape of a prediction; None where it carries no answers."""
    if "expect" in case or "items" not in case:
        return case.get("expect")
    return {key: case.get(key) for key in ("items", "cross_border", "agent")} | {
        "doubtful": tuple(case.get("doubtful") or ())
    }


def _record(case: dict[str, Any], path: Path, folder: Path | None) -> dict[str, Any]:
    name = str(case.get("document") or "")
    tried = [path.parent / name, path.parent / _BESIDE / name, *([folder / name] if folder else [])]
    found = next((place for place in tried if name and place.is_file()), None)
    if found is None:
        raise InputError(
            f"the document {name!r} is in none of the folders looked in",
            where=f"{path}: {fold(case.get('id'))}",
            mend="name the folder that holds it: --documents DIR",
        )
    return {
        "document_id": name,
        "operator": case.get("operator"),
        "doc_kind": "privacy",
        "text": found.read_text("utf-8", "replace"),
    }
