"""Lines of a PDF's pages laid together to the paragraphs they were set from; running heads and page numbers go."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

__all__ = ["reflow"]

_MARKED = re.compile(
    r"\s*(?:[-*•·▷▶■◆○●※|【\[<〈①-⑳ο]|#{1,6}\s|\(?\d{1,2}[.)]|\d{1,2}\.\d|\(?[a-zA-Z][.)]\s|[가-하][.)]|제\s?\d+\s?[조장]|"
    r"第\s?[一二三四五六七八九十\d]+\s?[条條章]|[（(]?[一二三四五六七八九十]{1,3}[）)、.]|(?:Article|Section)\s\d)"
)
_CLOSED = re.compile(r"[.!?:;。！？：；]['\"”’)\]]?$")
_WIDE, _SHARE = 0.8, 0.7  # quantile of widths that is a full line; share of it from which a line goes on
_EDGE, _PAGES = (
    2,
    3,
)  # lines at a page's top and foot that may be running heads; pages from which they are told
_SPACED = re.compile(r"(?:[가-힣\u4e00-\u9fff：、，。] ){5,}[가-힣\u4e00-\u9fff：、，。]?")
_IDEOGRAPH = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_HANGUL = re.compile(r"[가-힣]")
_ADDRESS = re.compile(r"\S*@\S*$|https?:\S*$")


def reflow(pages: Sequence[str]) -> str:
    """The text of pages with broken lines joined: a full line without an end goes on in one that begins nothing new.

    A hyphen at a line's end goes unless the word is written with it elsewhere; Hangul and ideographs are joined as the
    line's own last space tells.
    """
    lines = [line for page in _bare(pages) for line in page if line.strip()]
    if not lines:
        return ""
    widths = sorted(map(_width, lines))
    least = _SHARE * widths[int(_WIDE * (len(widths) - 1))]
    spaced = any(line.endswith(" ") for line in lines)
    known = set(re.findall(r"[\w-]+", " ".join(lines).lower()))
    paragraphs, held, full = [], lines[0], _width(lines[0]) >= least
    for line in lines[1:]:
        if _goes_on(held, line, full):
            held = _joined(held, line, spaced, known)
        else:
            paragraphs.append(held)
            held = line
        full = _width(line) >= least
    return "\n".join(_tidy(text) for text in [*paragraphs, held])


def _bare(pages: Sequence[str]) -> list[list[str]]:
    """Lines of the pages without those that stand at the edge of most pages, and without page numbers."""
    split = [[line for line in page.split("\n") if line.strip()] for page in pages]
    if len(split) < _PAGES:
        return split
    edges = Counter(
        name for lines in split for name in {_name(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])}
    )
    gone = {name for name, count in edges.items() if count * 2 > len(split)}
    kept = []
    for lines in split:
        last = len(lines) - _EDGE
        kept.append([line for at, line in enumerate(lines) if _EDGE <= at < last or _name(line) not in gone])
    return kept


def _name(line: str) -> str:
    return re.sub(r"\d+", "0", "".join(line.split()))


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line.rstrip())


def _goes_on(held: str, line: str, full: bool) -> bool:
    end = held.rstrip()
    if end.endswith("\xad") or (
        _ADDRESS.search(end) and end.endswith((".", "-", "@")) and line[:1].islower()
    ):
        return True
    return full and not _CLOSED.search(end) and not _MARKED.match(line)


def _joined(held: str, line: str, spaced: bool, known: set[str]) -> str:
    end, start = held.rstrip(), line.lstrip()
    if end.endswith("\xad"):
        return end[:-1] + start
    if _ADDRESS.search(end) and end.endswith((".", "-", "@")):
        return end + start
    if end.endswith("-") and end[-2:-1].isalpha() and start[:1].islower():
        left, right = re.findall(r"[\w-]+$", end)[0], re.findall(r"^[\w-]+", start)[0]
        kept = (left + right).lower() in known or "@" in start.split()[0]
        return end + start if kept else end[:-1] + start
    near = end[-1:] + start[:1]
    if _IDEOGRAPH.search(near) and not held.endswith(" "):
        return end + start
    glued = spaced and not held.endswith(" ") and len(_HANGUL.findall(near)) == len(near)
    return end + ("" if glued else " ") + start


def _tidy(text: str) -> str:
    """Letters that were spaced out to fill the line stand together again; a hyphen that was set is a hyphen."""
    return _SPACED.sub(lambda found: found.group().replace(" ", ""), text.rstrip()).replace("\xad", "-")
