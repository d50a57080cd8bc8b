"""The letter as data: what HTML, PDF and JSON are all made from, and what the digest is taken over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

__all__ = ["Letter", "Point", "Row", "canonical", "digest", "from_json", "to_json"]


_LISTS = ("columns", "attachments", "evidence", "provisions", "reviewers")


@dataclass(frozen=True, slots=True)
class Point:
    """A numbered point with the points below it."""

    text: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """What the letter is about, a cell a column of the letter; photo: the SHA-256 of a kept picture, or empty."""

    cells: tuple[str, ...]
    url: str = ""
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """An official letter. force: guidance, request, recommendation, notice, decision or order; language: ko, en, zh;
    columns: keys of the pack's form; evidence: `SHA-256  name` of each file the items rest on, printed as the annex;
    issued_on: ISO day, empty on a draft; url: where anyone verifies it; translation: the same letter in the addressee's
    language, for reference: the Korean original alone binds."""

    kind: str
    force: str
    language: str
    body: str
    head: str
    to: str
    via: str
    subject: str
    case: str
    points: tuple[Point, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    attachments: tuple[str, ...]
    evidence: tuple[str, ...]
    provisions: tuple[str, ...]
    drafter: str
    reviewers: tuple[str, ...]
    approver: str
    number: str
    issued_on: str
    address: str
    phone: str
    email: str
    disclosure: str
    code: str
    url: str
    specimen: bool
    translation: Letter | None = None


def to_json(letter: Letter) -> dict[str, Any]:
    """The letter as plain data."""
    found: dict[str, Any] = json.loads(json.dumps(asdict(letter)))
    return found


def from_json(data: Mapping[str, Any]) -> Letter:
    """The letter that `to_json` made the data from; parts that letters of an older desk lack are empty."""
    known = {field.name: data.get(field.name, "") for field in fields(Letter)}
    lists = {name: tuple(known[name] or ()) for name in _LISTS}
    rows = tuple(Row(tuple(row["cells"]), row["url"], row["photo"]) for row in data["rows"])
    other = data.get("translation")
    parts = {
        "points": _points(data["points"]),
        "rows": rows,
        "translation": from_json(other) if other else None,
    }
    return Letter(**{**known, **lists, **parts})


def canonical(letter: Letter | Mapping[str, Any]) -> bytes:
    """The letter's JSON in one form only: keys sorted, no spaces, UTF-8. A frozen letter is given as it was kept."""
    data = to_json(letter) if isinstance(letter, Letter) else letter
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(letter: Letter) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(letter)).hexdigest()


def _points(rows: Any) -> tuple[Point, ...]:
    return tuple(Point(row["text"], _points(row["points"])) for row in rows)
