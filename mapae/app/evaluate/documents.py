"""Documents that cases name, read beside the case file as screening reads them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mapae.app.evaluate.bad import BadLine
from mapae.app.evaluate.scores import fold
from mapae.app.policy_text import policy_text
from mapae.errors import InputError

__all__ = ["answer_of", "with_documents"]

_BESIDE = Path("..", "data", "policies")


def with_documents(
    cases: Sequence[tuple[int, dict[str, Any]]], path: Path, folder: Path | None
) -> tuple[list[dict[str, Any]], list[BadLine]]:
    """Cases with a `policy` record made of their document, and the lines whose document cannot be read.

    cases: line numbers with cases. A document is an absolute path, or relative to the case file's folder, to
    ../data/policies/ of it, or to `folder`; Markdown, text, HTML or PDF.
    """
    found, bad = [], []
    for line, case in cases:
        try:
            found.append(case | {"policy": _record(case, path, folder)})
        except InputError as error:
            bad.append(BadLine(line, f"{fold(case.get('id'))}: {error.what} ({error.mend})"))
    return found, bad


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
            where=str(path),
            mend="name the folder that holds it: --documents DIR",
        )
    return {
        "document_id": name,
        "operator": case.get("operator"),
        "doc_kind": "privacy",
        "text": policy_text(found),
    }
