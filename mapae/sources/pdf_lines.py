"""Lines of a PDF page with their places, in the order in which the file sets them."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import icu

__all__ = ["Line", "lines", "width"]

_NARROW = 0.5  # of its size: how wide a Latin letter is taken to be
_LEVEL = 0.4  # of the size: how far the baselines of one line may lie apart
_APART, _FAR = (
    1.2,
    4,
)  # of the size: a gap from which words on one level are of two cells: set apart, or in one stretch
_IDEOGRAPHS = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]{2}")


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one level: x and end are its left and right edge, y its baseline, size that of its letters, in points; page
    counts from 0, height is the page's."""

    text: str
    x: float
    end: float
    y: float
    size: float
    page: int = 0
    height: float = 842.0

    @property
    def edge(self) -> bool:
        """Whether it stands where running heads and page numbers do."""
        return not 0.09 < self.y / self.height < 0.91


def width(text: str) -> float:
    """How wide a text is, in sizes of its letters, by the classes of its characters (UAX 11)."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else _NARROW for char in text)


def lines(page: Any, number: int) -> list[Line]:
    """The lines of a page (pypdf). Words on one level that stand far apart are lines of their own."""
    height = float(page.mediabox.height)
    found: list[Line] = []
    ended = True  # whether the last stretch of text has ended; cells are stretches of their own

    def seen(text: str, outer: list[float], own: list[float], _: Any, size: float) -> None:
        nonlocal ended
        x, y, scale = _placed(outer, own)
        if not text:
            ended = True
            if found and _level(found[-1], y) and x >= found[-1].x:
                last = found[-1].text.rstrip()[-1:]
                found[-1] = replace(found[-1], end=max(found[-1].end, x + width(last) * found[-1].size))
        for part in text.translate(_letters()).split("\n"):
            if part:
                line = Line(part, x, x + width(part) * size * scale, y, size * scale, number, height)
                _add(found, line, _APART if ended else _FAR)
                ended = False

    page.extract_text(visitor_text=seen)
    return [line for line in found if line.text.strip()]


def _placed(outer: list[float], own: list[float]) -> tuple[float, float, float]:
    """Place on the page and scale of letters, of the page's and the text's matrices."""
    x = own[4] * outer[0] + own[5] * outer[2] + outer[4]
    y = own[4] * outer[1] + own[5] * outer[3] + outer[5]
    across, up = own[2] * outer[0] + own[3] * outer[2], own[2] * outer[1] + own[3] * outer[3]
    return x, y, math.hypot(across, up)


def _level(line: Line, y: float) -> bool:
    return abs(line.y - y) <= _LEVEL * line.size


def _add(found: list[Line], line: Line, apart: float) -> None:
    """Append, to the last line where it goes on on its level; apart: the gap, in sizes, over which it does not."""
    before = found[-1] if found else None
    if before is None or before.page != line.page or not _level(before, line.y):
        found.append(line)
        return
    gap = line.x - before.end
    if not -2 * before.size < gap < apart * before.size:
        found.append(replace(line, text=line.text.lstrip()))
        return
    near = before.text.rstrip()[-1:] + line.text.lstrip()[:1]
    closed = gap < 0.6 * line.size and _IDEOGRAPHS.fullmatch(near)  # set apart to fill the line
    text = before.text.rstrip() + line.text.lstrip() if closed else before.text + line.text
    found[-1] = replace(before, text=text, end=max(before.end, line.end), size=max(before.size, line.size))


@cache
def _letters() -> dict[int, str]:
    """Glyphs that fonts share between characters, as the characters meant: radicals, ligatures, double code points."""
    ranges = (range(0x2F00, 0x2FE0), range(0xFB00, 0xFB07), range(0xF900, 0xFB00))
    found = {code: unicodedata.normalize("NFKC", chr(code)) for codes in ranges for code in codes}
    checker = icu.SpoofChecker()
    for code in range(0x2E80, 0x2EF4):
        like = str(checker.getSkeleton(icu.USpoofChecks.ALL_CHECKS, chr(code)))
        if len(like) == 1:
            found[code] = like
    return found | {0xA0: " ", 0: ""}
