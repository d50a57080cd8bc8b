"""A policy cut into sections and sentences, each with its place in the original text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Segment", "segments"]

# Ways of marking headings, the strongest first; a document's headings are those of the first way it uses often.
_STYLES = tuple(
    re.compile(pattern)
    for pattern in (
        r"^\s{0,3}#{1,6}\s",
        r"^\s*제\s?\d+\s?[조장]",
        r"^\s*第\s?[一二三四五六七八九十\d]+\s?[条章节]",
        r"^\s*[一二三四五六七八九十]{1,3}[、.]",
        r"^\s*[■◆▶●□※【]",
        r"^\s*(?:[IVX]{1,4}|[A-Z])\.\s",
        r"^\s*\d{1,2}\.\s",
        r"^\s*\d{1,2}[).]\s?\S",
    )
)
_BOLD = re.compile(r"^\s*\*\*[^*]{2,80}\*\*\s*$")
# Where nothing else is used: a short line of words alone.
_PLAIN = re.compile(r"^\s*[^\s\-*•▷·|:：,.()\d][^|:：,.?!]{0,28}$")
_OFTEN = 3
_ENDED = re.compile(r"(?:다|요|음|함)\.?\s*$|[.。;；:：]\s*$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])\s*|(?<=[다요]\.)\s*")
_LONGEST_HEADING, _SHORTEST = 90, 6  # characters of a heading, of a sentence


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, list line or table row at start:end; heading: that of its section, lowered; text: lowered.

    local: the section speaks to residents of another named country or state only. first: it is the heading itself.
    """

    start: int
    end: int
    text: str
    heading: str
    local: bool
    first: bool


def segments(text: str, local: re.Pattern[str]) -> tuple[Segment, ...]:
    """Segments in text order; every one an exact span of the text. local: matches headings of regional sections."""
    return tuple(_cut(text, local, _style(text)))


def _style(text: str) -> re.Pattern[str]:
    lines = [line for line in text.split("\n") if 0 < len(line.strip()) <= _LONGEST_HEADING]
    for style in _STYLES:
        if sum(bool(style.match(line)) and not _ENDED.search(line.strip("*# ")) for line in lines) >= _OFTEN:
            return style
    return _PLAIN


def _cut(text: str, local: re.Pattern[str], style: re.Pattern[str]) -> Iterator[Segment]:
    heading = ""
    regional: int | None = None  # depth of the regional heading that is still open
    for line in re.finditer(r"[^\n]+", text):
        raw = line.group()
        if not raw.strip():
            continue
        if _is_heading(raw, style):
            heading, depth = raw.strip().lower(), _depth(raw)
            if regional is not None and depth <= regional:
                regional = None
            if regional is None and local.search(heading):
                regional = depth
            yield Segment(line.start(), line.end(), heading, heading, regional is not None, True)
            continue
        for start, end in _sentences(raw):
            found = raw[start:end].lower()
            yield Segment(
                line.start() + start, line.start() + end, found, heading, regional is not None, False
            )


def _is_heading(line: str, style: re.Pattern[str]) -> bool:
    if len(line.strip()) > _LONGEST_HEADING:
        return False
    return bool(_BOLD.match(line)) or (bool(style.match(line)) and not _ENDED.search(line.strip("*# ")))


def _depth(line: str) -> int:
    marks = len(line) - len(line.lstrip("#"))
    return marks or (9 if _BOLD.match(line) else 1)


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _SENTENCE.finditer(line):
        if cut.start() - start >= _SHORTEST:
            yield _trim(line, start, cut.start())
            start = cut.end()
    if line[start:].strip():
        yield _trim(line, start, len(line))


def _trim(line: str, start: int, end: int) -> tuple[int, int]:
    piece = line[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
