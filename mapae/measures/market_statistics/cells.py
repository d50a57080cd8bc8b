"""Cells of statistical tables: numbers with thousands and marks, and the signs that stand where there is no figure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Figure", "figure"]

_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:[eE]([+-]?\d{1,2}))?")
_NEGATIVE = re.compile(r"[△▲▽▼−–](?=\s*\d)")
_MARKED = re.compile(
    r"(?:^([per])\s*(?=[\d-]))|(?:(?<=\d)\s*\(?([per])\)?$)|(?:(?<=\d)\s*(\d\)|\*+)$)", re.IGNORECASE
)
_MARKS = {"p": "provisional", "e": "estimated", "r": "revised"}
_SIGNS = {
    "-": "nil", "–": "nil", "—": "nil", "―": "nil",
    "…": "unknown", "...": "unknown", "..": "unknown", "n/a": "unknown", "na": "unknown", ":": "unknown",
    "x": "secret", "*": "secret", "c": "secret",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, None where the office gives none, and its mark: provisional, estimated, revised, nil, unknown, secret."""

    value: float | None
    mark: str = ""


def figure(text: str) -> Figure | None:
    """Read a cell; None where it is neither a number nor a sign for the want of one.

    1,234 · △12 and (12) are negative · 12p provisional, 12r revised, 12e estimated · - nil · … unknown · x secret.
    A footnote's mark behind a number (1,2343)) is left out.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("\u00a0", "").replace(" ", "")
    if (sign := _SIGNS.get(plain.casefold())) is not None:
        return Figure(None, sign)
    mark = ""
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    if match := _MARKED.search(plain):
        mark = _MARKS.get((match[1] or match[2] or "").casefold(), "")
        plain = plain[: match.start()] + plain[match.end() :]
    plain = _NEGATIVE.sub("-", plain)
    number = _NUMBER.fullmatch(plain.removesuffix("%"))
    if number is None:
        return None
    return Figure(float(plain.removesuffix("%").replace(",", "")), mark)
