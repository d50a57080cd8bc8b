"""Which encoding a text file has, and how its bytes become UTF-8, line by line where they are mixed."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["as_utf8", "detect", "mended"]

SAMPLE = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27} | {127})


def detect(sample: bytes) -> str:
    """The Python name of the encoding of a text's first bytes; an empty string where it is no text.

    Byte order marks first, then zero bytes in every second place (UTF-16), then UTF-8 where at least half of the lines
    that are not ASCII are UTF-8, then the East Asian code page whose reading is made of that language's commonest
    characters (CP949 holds EUC-KR, GB18030 holds GBK), then Windows-1252.
    """
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    if wide := _wide(sample):
        return wide
    lines = [line for line in sample.split(b"\n") if not line.isascii()]
    if not _is_text(sample):
        return ""
    if not lines:
        return "utf-8"
    good = sum(map(_is_utf8, lines))
    if good >= max(1, len(lines) / 2) or _cut_only(lines):
        return "utf-8"
    return _code_page(b"\n".join(line for line in lines if not _is_utf8(line)))[0]


def as_utf8(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The bytes in UTF-8, without a byte order mark. UTF-8 passes unread; a line that the encoding cannot read, too."""
    if encoding == "utf-8":
        yield from _without_mark(pieces)
    elif encoding.startswith("utf-"):
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        for piece in pieces:
            yield decoder.decode(piece).encode("utf-8", "replace")
        yield decoder.decode(b"", True).encode("utf-8", "replace")
    else:
        yield from _by_lines(pieces, encoding)


def mended(line: bytes) -> tuple[str, str]:
    """A line that is not UTF-8, read by the code page that fits best: (text, encoding).

    Where none fits, UTF-8 with � for the bytes that are none and an empty encoding.
    """
    name, score = _code_page(line)
    if score >= 0.3:
        return line.decode(name, "replace"), name
    return line.decode("utf-8", "replace"), ""


def _without_mark(pieces: Iterable[bytes]) -> Iterator[bytes]:
    first = True
    for piece in pieces:
        yield piece.removeprefix(codecs.BOM_UTF8) if first else piece
        first = False


def _by_lines(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        whole, mark, tail = (rest + piece).rpartition(b"\n")
        rest = tail
        if mark:
            yield _recoded(whole + mark, encoding)
    if rest:
        yield _recoded(rest, encoding)


def _recoded(text: bytes, encoding: str) -> bytes:
    try:
        return text.decode(encoding).encode()
    except UnicodeDecodeError:
        return b"\n".join(_line(line, encoding) for line in text.split(b"\n"))


def _line(line: bytes, encoding: str) -> bytes:
    if _is_utf8(line):
        return line
    try:
        return line.decode(encoding).encode()
    except UnicodeDecodeError:
        return line


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _cut_only(lines: list[bytes]) -> bool:
    """True for a single long line that is UTF-8 but for a character cut off at the end of the sample."""
    return len(lines) == 1 and any(_is_utf8(lines[0][:-cut]) for cut in (1, 2, 3))


def _is_text(sample: bytes) -> bool:
    """False where more than 2 % of the bytes are control characters that no text has."""
    kept = sample.replace(b"\0", b"")  # a text with stray zero bytes is still a text
    controls = len(kept) - len(kept.translate(None, _CONTROLS))
    return controls <= max(1, len(kept) // 50) and len(kept) >= len(sample) * 0.7


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: most bytes in every second place are zero, as for ASCII delimiters and digits."""
    half = max(1, len(sample) // 2)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.15 and even < odd / 2:
        return "utf-16-le"
    return "utf-16-be" if even > 0.15 and odd < even / 2 else ""


def _code_page(text: bytes) -> tuple[str, float]:
    """The best code page and the share of its non-ASCII characters that are common ones."""
    best = ("cp1252", 0.0)
    for name, common in _common().items():
        read = text.decode(name, "replace")
        high = [char for char in read if char > "\x7f"]
        if not high:
            continue
        wrong = high.count("\ufffd") / len(high)
        score = sum(char in common for char in high) / len(high) - 2 * wrong
        if score > best[1]:
            best = (name, score)
    return best


@cache
def _common() -> dict[str, frozenset[str]]:
    """Code page to the commonest characters of its language (profiles/characters.yaml)."""
    data: dict[str, Any] = yaml.safe_load(
        (Path(__file__).parent / "profiles/characters.yaml").read_text("utf-8")
    )
    return {name: frozenset("".join(text.split())) for name, text in data.items()}
