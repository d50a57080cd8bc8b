"""Ranges of codes in a notice: two codes with a word between, one token of two, one end said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapae.detect.recall_codes import Code, fold_code, shape

__all__ = ["capped", "is_year", "open_range", "ranged", "two_of_one"]

_CAPPED = re.compile(
    r"(?:start|begin)(?:s|ning|ing)?\s+with\s+[\"“]?(?P<head>[A-Z0-9-]{2,8})[\"”]?,?\s+(?:and\s+)?followed by (?:a |the )?"
    r"(?:serial )?numbers?\s+(?:that (?:are|is|falls?)\s+)?(?:fall\s+)?(?P<how>below|under|less than|lower than|up to|above|"
    r"over|greater than|higher than)\s+[\"“]?(?P<end>\d{3,10})",
    re.IGNORECASE,
)

_RANGE = re.compile(
    r"[\"”]?\s*(?:and|through|thru|to|until|[-–—~]+)\s*(?:serial numbers?\s*|and including\s*)?[\"“]?$",
    re.IGNORECASE,
)


def ranged(sentence: str, code: Code, following: Code) -> bool:
    """Two codes with a word of range between them; `and` is one only after `between`, `from` or `range`."""
    gap = sentence[code.end : following.start]
    if not _RANGE.fullmatch(gap) or not _alike(code, following):
        return False
    head = sentence[max(0, code.start - 40) : code.start]
    return (
        "and" not in gap
        or bool(re.search(r"\b(?:between|from|rang\w+)\b", head, re.I))
        or code.text.endswith("*")
    )


def open_range(code: Code, sentence: str) -> tuple[str, str] | None:
    """A range with one end said (`2105 or earlier`, `up to 2105`, `after 2040`)."""
    head, tail = sentence[max(0, code.start - 24) : code.start], sentence[code.end : code.end + 60]
    low = re.sub(r"\d", "0", code.folded)
    high = re.sub(r"\d", "9", code.folded)
    if re.search(
        r"(?:before(?: and including)?|prior to|up to|until|through|earlier than|lower than|below)\s*$",
        head,
        re.I,
    ) or re.match(r"[\"”]?\s*(?:\([^)]*\)\s*)?(?:or|and) (?:earlier|before|lower|below|prior)", tail, re.I):
        return low, code.folded
    if re.match(r"[\"”]?\s*(?:\([^)]*\)\s*)?(?:or|and) (?:later|after|higher|above|greater)", tail, re.I):
        return code.folded, high
    return None


def capped(sentence: str) -> Iterator[tuple[tuple[str, str], tuple[int, int]]]:
    """`starting with 142AA followed by numbers that fall below 0062239`: (range, the words that say it)."""
    for match in _CAPPED.finditer(sentence):
        head, end = fold_code(match["head"]), match["end"]
        low = match["how"].casefold() in ("below", "under", "less than", "lower than", "up to")
        first, last = ("0" * len(end), end) if low else (end, "9" * len(end))
        yield (head + first, head + last), match.span()


def two_of_one(code: Code, kind: str) -> tuple[str, str] | None:
    """`LXD20100231-LXD20100420`, `17L-20F`, `21/3-23/10`: one token that is a range of two codes."""
    parts = code.text.split("-")
    if kind not in ("serial", "batch", "table") or len(parts) != 2:
        return None
    low, high = (Code(part, 0, 0, fold_code(part)) for part in parts)
    dated = all(re.fullmatch(r"\d\d/\d{1,2}", part) for part in parts)
    if not dated and (not _alike(low, high) or len(low.folded) < 3):
        return None
    return (parts[0], parts[1]) if dated else (low.folded, high.folded)


def _alike(a: Code, b: Code) -> bool:
    """Of one shape, or of one head and any number of digits behind it; the second the greater."""
    if shape(a.folded) == shape(b.folded):
        return a.folded < b.folded or (len(a.folded) == 5 and a.folded[:3].isalpha())
    if a.folded.isdigit() and b.folded.isdigit():
        return int(a.folded) < int(b.folded)
    return re.sub(r"9+$", "", shape(a.folded)) == re.sub(r"9+$", "", shape(b.folded)) and len(a.folded) > 4


def is_year(text: str) -> bool:
    """A year, or two of them with a dash or slash between."""
    return bool(re.fullmatch(r"(?:19|20)\d\d(?:[-/–](?:19|20)?\d\d)?", text))
