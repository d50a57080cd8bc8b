"""Lines of a PDF's pages laid together to the headings, paragraphs and tables they were set from; running heads go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from mapae.sources.pdf_lines import Line, width
from mapae.sources.pdf_tables import Row, split
from mapae.sources.pdf_words import Words

__all__ = ["reflow"]

_MARKED = re.compile(
    r"\s*(?:[-*•·▷▶■◆○●※|【\[<〈①-⑳ο]|#{1,6}\s|\(?\d{1,2}[.)]|\d{1,2}\.\d|\(?[a-zA-Z][.)]\s|[가나다라마바사아자차카타파하][.)]\s?\S|제\s?\d+\s?[조장]|"
    r"第\s?[一二三四五六七八九十\d]+\s?[条條章]|[（(]?[一二三四五六七八九十]{1,3}[）)、.]|(?:Article|Section)\s\d|"
    r"Q\d{0,2}[.:]|[^\s:：，。]{1,20}(?::\s|：))"
)
_NUMBER = re.compile(
    r"\W*(?:page|쪽|페이지|第)?\s*\d{1,4}\s*(?:(?:/|of|共|-)\s*\d{1,4})?\s*(?:页|頁|쪽|페이지)?\W*", re.I
)
_CLOSED = re.compile(r"[.!?:;。！？：；]['\"”’)\]]?$")
_STEM = re.compile(r"[니한된는인않있없였었았겠]$")  # Korean that only an ending can follow: 합니 | 다.
_LARGER, _LONGEST = 1.1, 120  # of the body's size: a heading; characters of one
_BREAK = 1.3  # of the pitch: from which a line begins a new block
_NARROWEST = 0.22  # of the page's height: how wide a column is at least
_AROUND = 200  # lines before and behind that may be of a line's column
_INDENT, _ITEMS = 1.4, 2  # of the size: from which lines are items of a list; how many stand there at least


def reflow(pages: Sequence[Sequence[Line]]) -> str:
    """The text of pages: headings and tables as Markdown marks them, broken lines joined, blocks apart by a blank line.

    A line goes on in the next where the first word of that had no room on it. A hyphen at a line's end goes unless the
    word is written with it elsewhere; Hangul is joined as the document's other words tell, ideographs without a space.
    """
    lines = [line for page in _bare(pages) for line in page]
    if not lines:
        return ""
    size = _body(lines)
    pitch = _pitch(lines, size)
    edges = {id(line): edge for page in pages for line, edge in _edges(page)}
    words, items = Words(lines), _items(lines, size)
    parts: list[str] = []
    held: list[Line] = []
    for item in [*split(lines, pitch), None]:
        if isinstance(item, Line) and held and _goes_on(held, item, edges[id(held[-1])], pitch):
            held.append(item)
            continue
        if held:
            parts.append(_paragraph(held, size, words, items))
        if isinstance(item, Row):
            parts += _row(item, words, before=not held and bool(parts))
            held = []
        elif item is not None:
            if (held and _apart(held[-1], item, pitch)) or (not held and parts):
                parts.append("")
            held = [item]
    return "\n".join(parts)


def _paragraph(lines: Sequence[Line], size: float, words: Words, items: frozenset[int]) -> str:
    text = words.joined(lines)
    if lines[0].size >= _LARGER * size and len(text) <= _LONGEST and not text.startswith("#"):
        return f"{'#' if lines[0].size > 1.6 * size else '##'} {text}"
    return f"- {text}" if round(lines[0].x) in items and not _MARKED.match(text) else text


def _items(lines: Sequence[Line], size: float) -> frozenset[int]:
    """Left edges of lists whose marks are drawn, not set: a little to the right of where most lines begin."""
    starts = Counter(round(line.x) for line in lines if abs(line.size - size) < 0.1 * size)
    usual = [start for start, count in starts.items() if count * 5 > len(lines)]
    return frozenset(
        start
        for start, count in starts.items()
        if count >= _ITEMS and any(_INDENT * size < start - left < 4 * size for left in usual)
    )


def _row(row: Row, words: Words, *, before: bool) -> Iterator[str]:
    """A row as Markdown writes it; the first with a blank line before and a rule behind."""
    cells = [words.joined(cell).replace("|", "/") for cell in row.cells]
    if row.first:
        yield ""
    yield f"| {' | '.join(cells)} |"
    if row.first:
        yield f"|{'---|' * len(cells)}"


def _bare(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Lines of the pages without page numbers and without what stands at the edge of most pages."""
    seen = Counter(name for page in pages for name in {_name(line) for line in page if line.edge})
    gone = {name for name, count in seen.items() if count > 1 and count * 2 > len(pages)}
    return [
        [line for line in page if not (line.edge and (_name(line) in gone or _NUMBER.fullmatch(line.text)))]
        for page in pages
    ]


def _name(line: Line) -> str:
    return re.sub(r"\d+", "0", "".join(line.text.split()))


def _body(lines: Sequence[Line]) -> float:
    """The size in which most is set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0]


def _pitch(lines: Sequence[Line], size: float) -> float:
    """From line to line of running text, in sizes."""
    steps = [
        (one.y - two.y) / size
        for one, two in pairwise(lines)
        if abs(one.size - size) < 0.1 * size
        and abs(two.size - size) < 0.1 * size
        and 0.9 < (one.y - two.y) / size < 2.5
    ]
    return median(steps) if steps else 1.4


def _edges(page: Sequence[Line]) -> Iterator[tuple[Line, float]]:
    """How far to the right the column of each line reaches: as two lines of it do, for the width of one may be misjudged."""
    for at, line in enumerate(page):
        around = page[max(0, at - _AROUND) : at + _AROUND]
        ends = sorted(other.end for other in around if other.x < line.end and other.end > line.x)
        yield line, max(ends[-2 if len(ends) > 2 else -1], line.x + _NARROWEST * line.height)


def _apart(one: Line, two: Line, pitch: float) -> bool:
    step = one.y - two.y
    return one.page == two.page and not 0 < step < _BREAK * pitch * max(one.size, two.size)


def _goes_on(held: Sequence[Line], line: Line, edge: float, pitch: float) -> bool:
    last = held[-1]
    if abs(last.size - line.size) > 0.06 * line.size:
        return False
    jumps = last.page != line.page or line.y > last.y
    if re.search(r"\w[-\xad]$", last.text.rstrip()) and (jumps or not _apart(last, line, pitch)):
        return True
    if _MARKED.match(line.text) and not _STEM.search(last.text.rstrip()):
        return False
    if (jumps and _CLOSED.search(last.text.rstrip())) or (not jumps and _apart(last, line, pitch)):
        return False
    marked = len(held) == 1 and _MARKED.match(held[0].text)
    if not jumps and line.x > last.x + (3 if marked else 0.8) * line.size:
        return False
    word = re.match(r"\s*([\u3000-\u9fff\uac00-\ud7ff\uff00-\uffef]{1,2}|\S+)", line.text)
    return edge - last.end < (1.1 * width(word[1] if word else "") + 0.6) * line.size
