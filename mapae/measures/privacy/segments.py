"""A policy cut into sections and sentences, each with its place in the original text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from mapae.measures.privacy.lines import lines_in, untagged

__all__ = ["INDEX", "LISTED", "Segment", "normal", "segments", "simplified"]

# Signs before a line; of several in one document the first leads headings, the others lists.
_MARKS = "■◆◈▣●□▶※【"
# Ways of marking headings, the strongest first; a document's headings are those of the first way it uses often.
_STYLES = tuple(
    re.compile(pattern)
    for pattern in (
        r"^\s{0,3}#{1,6}\s",
        r"^\s*\*\*[^*]{2,80}(?<!。)\*\*\s*$",
        r"^\s*제\s?\d+\s?[조장]",
        r"^\s*第\s?[一二三四五六七八九十\d]+\s?(?:[条章节]|部分)",
        r"^\s*[一二三四五六七八九十]{1,3}[、.]",
        r"^\s*[壹贰貳叁參参肆伍陆陸柒捌玖拾]{1,3}[、.]",
        r"^\s*[Ⅰ-Ⅻ]\s?[.、)]?\s",
        r"^\s*(?:\[[^\]]{2,40}\]|<[^>]{2,40}>|〈[^〉]{2,40}〉|【[^】]{2,40}】)\s*$",
        r"^\s*Q\s?\d{0,2}\s?[.:)]",
        *(rf"^\s*{mark}" for mark in _MARKS),
        r"^\s*(?:[IVX]{1,4}|[A-Z])\.\s",
        r"^\s*\d{1,2}\.\s",
        r"^\s*\d{2}\s+[^\d\s]",
        r"^\s*\d{1,2}[).]\s?\S",
    )
)
# A heading with its text behind it on the same line.
_RUN_IN = re.compile(
    r"^\s*(?:"
    r"제\s?\d+\s?[조장](?:의\s?\d+)?\s?(?:\([^)\n]{1,40}\)|\[[^\]\n]{1,40}\]|【[^】\n]{1,40}】)"
    r"|(?:[Aa]rticle|ARTICLE|[Ss]ection|SECTION|[Cc]lause)\s\d{1,2}\.?\s?\([^)\n]{2,70}\)"
    r"|第\s?[一二三四五六七八九十\d]+\s?[条條章][^。\n]{0,20}[:： \u3000]"
    r"|(?:\d{1,2}|[A-Z]|[IVX]{1,4})\.\s+[A-Z][A-Z ,&'/-]{3,60}[.:]"
    r"|\*\*[^*\n。！？!?,，]{2,80}[.:：]?\*\*[.:：]?"
    r")(?=\s*\S)"
)
# Where nothing else is used: most lines begin with a label, `Why: …`, `3. Why: …`.
_LABEL = re.compile(r"^\s*(?:\d{1,2}[.)、]\s?)?[^\s:：|,.\d][^:：|,.]{1,30}[:：]\s?(?=\S)")
_BOLD_DEPTH = 9
_MANY_LABELS, _MOST_LABELS = 6, 0.5
_BOLD = re.compile(r"^\s*\*\*[^*]{2,80}(?<!。)\*\*\s*$")
# Where nothing else is used: a short line of words alone.
_PLAIN = re.compile(r"^\s*[^\s\-*•▷·|:：,.()\d][^|:：,.?!]{0,28}$")
_CAPITALS = re.compile(r"^\s*(?![A-Z-]{2,10}\s?:\s*\S)(?=.*[A-Z]{3})[A-Z0-9 ,.&'()/:-]{6,90}$")
# A line that leads a list or table; the lines of the list stand under it.
_LEADS = re.compile(r"[:：]\s*$")
LISTED = re.compile(
    r"^\s*(?:[-*•·▷▶○◦●■◆□※–|]|\(?\d{1,2}[.)]|\d{1,2}\.\d{1,2}[.)]?\s|\(?[a-z]\)|（\d{1,2}）|[가-하][.)]|[①-⑳]|（?[一二三四五六七八九十]）?[、)\u3000])"
)
# What names Korea speaks to Koreans, whatever other place its heading is like.
_KOREA = re.compile(r"korea|한국|대한민국|국내\s?(?:이용자|거주)|韩国|大韩民国")
# A place that data leave is none that the section speaks to.
_LEAVES = re.compile(r"\b(?:out of|outside(?: of)?|beyond|from) (?:the )?\S+(?: \S+)?")
# The heading of an annex, whose own headings look like those of the text before it.
_ANNEX = re.compile(
    r"^\W*(?:(?:annex|appendix|addendum|schedule|supplement)\b\W*(?:[A-Za-z0-9]{1,3}\b|for\b|to\b|$)"
    r"|(?:country|region)\w*[- ]specific|부록|별지|별첨|부속서|附件|附录|附錄)",
    re.IGNORECASE,
)
# A sentence that speaks to people of a place.
_FOR_SOME = re.compile(
    r"if you (?:live|reside|are (?:in|located|based|a resident))|for (?:users|residents|individuals|people|customers)"
    r" (?:in|of)|\bresidents? (?:of|in)\b|\w+ residents\b|californians|거주(?:하(?:는|시는)|자)"
    r"|如(?:果)?您(?:位于|居住|是)|居民"
)
_OFTEN = 3
_ENDED = re.compile(r"(?:다|(?<![나까가])요|음|함)\.?\s*$|[.。;；:：]\s*$")
_ABBREVIATED = "pte ltd inc llc corp sdn bhd tel fax art sec no st mr ms dr co vs approx dept".split()
_SENTENCE = re.compile(
    "".join(rf"(?<!\b{word}\.)" for word in _ABBREVIATED)
    + r"(?<![a-z]\.[a-z]\.)(?<=[.!?])\s+|(?<=[。！？])\s*|(?<=[다요]\.)\s*",
    re.IGNORECASE,
)
_LONGEST = 1500  # characters of a sentence
_LONGEST_HEADING, _LONGEST_LEAD, _SHORTEST = 90, 160, 6  # characters of a heading, a leading line, a sentence
_SHORT_LEAD = 60  # characters of a leading line without a colon
# A line of a table of contents or all of one, the line under a heading, the line under a table's titles.
_CONTENTS = r"(?i:^\W*(?:目\W{0,4}[录錄次]|목\W{0,4}차|(?:table of )?contents)\s?[:：].{20})"
INDEX = re.compile(rf"^\s*(?:[-*+•]|\d+[.)])?\s*\[[^\]]*\]\(#[^)]*\)\s*$|{_CONTENTS}")
_UNDERLINE = re.compile(r"^\s*(?:={3,}|-{3,})\s*$")
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, list line or table row at start:end; heading: that of its section, lowered; text: lowered.

    local: the section speaks to residents of another named country or state only. first: it is the heading itself.
    columns: the titles of the table that the row stands in. section, line, block: numbers from 0; a block is of lines
    without a blank one between. korean: the section, or one that it is part of, speaks to people in Korea. above: the title
    of the chapter that a heading in bold stands in.
    """

    start: int
    end: int
    text: str
    heading: str
    local: bool
    first: bool
    columns: str = ""
    section: int = 0
    line: int = 0
    block: int = 0
    korean: bool = False
    above: str = ""


def normal(text: str) -> str:
    """Lowered, with traditional characters as simplified ones; the same length, so that places stay true."""
    return "".join(map(_one, text))


def simplified(text: str) -> str:
    """As `normal`, with Latin letters left as they are."""
    return "".join(char if char.isascii() else _one(char) for char in text)


@cache
def _one(character: str) -> str:
    if character.isascii():
        return character.lower()
    lowered = character.lower() if len(character.lower()) == 1 else character
    if "\u4e00" <= lowered <= "\u9fff":
        simplified = _converter().convert(lowered)
        return simplified if len(simplified) == 1 else lowered
    return lowered


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def segments(text: str, local: re.Pattern[str]) -> tuple[Segment, ...]:
    """Segments in text order; every one an exact span of the text. local: matches headings of regional sections."""
    text = untagged(text)
    return tuple(_cut(text, local, style := _style(text), _run_in(text, style)))


def _style(text: str) -> re.Pattern[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    for style in _STYLES:
        led = [line for line in lines if style.match(line)]
        if sum(_alone(line) or bool(_RUN_IN.match(line)) for line in led) < _OFTEN:
            continue
        mark = led[0].lstrip()[0]
        return _by_mark(lines) if mark in _MARKS else style
    return _PLAIN


def _by_mark(lines: Sequence[str]) -> re.Pattern[str]:
    """The sign of the first line that has one and stands alone, of those that lead headings often."""
    signs = [line.lstrip()[0] for line in lines if line.lstrip()[0] in _MARKS and _alone(line)]
    return re.compile(rf"^\s*{next(sign for sign in signs if signs.count(sign) >= _OFTEN)}")


def _run_in(text: str, style: re.Pattern[str]) -> re.Pattern[str]:
    """What makes a heading on a line with its text: labels, where the document has no other headings and many of them."""
    lines = [line for line in text.split("\n") if line.strip()]
    labels = sum(bool(_LABEL.match(line)) for line in lines)
    many = labels >= _MANY_LABELS and labels >= _MOST_LABELS * len(lines)
    return _LABEL if style is _PLAIN and many else _RUN_IN


def _alone(line: str) -> bool:
    """A short line that is no sentence; what markup calls a heading may be one."""
    if len(line.strip()) > _LONGEST_HEADING:
        return False
    return line.lstrip().startswith("#") or not _ENDED.search(line.strip("*# "))


def _cut(
    text: str, local: re.Pattern[str], style: re.Pattern[str], leads: re.Pattern[str]
) -> Iterator[Segment]:
    heading, lead, columns, section, title, above = "", "", "", 0, "", ""
    regional = korean = (
        None  # depths of the headings for residents of another place and of Korea that are still open
    )
    lines = lines_in(text)
    next_at = {line.start(): line.group() for line in lines}
    below = [next_at.get(line.end() + 1, "") for line in lines]
    block, ended = 0, 0
    for number, (line, under) in enumerate(zip(lines, below, strict=True)):
        raw, at = line.group(), line.start()
        block, ended = block + (at > ended + 1), line.end()
        if INDEX.match(raw) or _RULE.match(raw) or _UNDERLINE.match(raw):
            continue
        columns = _columns(raw, under, columns)
        run_in = leads.match(raw)
        ahead = run_in.end() if run_in else 0
        if ahead or _is_heading(raw, style) or _underlined(raw, under):
            heading, depth, lead = normal(raw[: ahead or None].strip()), _depth(raw), ""
            section += 1
            regional = None if regional is not None and depth <= regional else regional
            korean = None if korean is not None and depth <= korean else korean
            if korean is None and _KOREA.search(heading):
                korean = depth
            elif regional is None and local.search(_LEAVES.sub(" ", heading)):
                regional = depth
            title = title if depth == _BOLD_DEPTH else heading
            above = title if depth == _BOLD_DEPTH else ""
            end = at + ahead if ahead else line.end()
            of = (section, number, block, korean is not None, above)
            yield Segment(at, end, heading, heading, regional is not None and not of[3], True, "", *of)
            if not ahead:
                continue
            if leads is _LABEL:
                ahead = 0  # a label still belongs to what it labels
        listed = bool(LISTED.match(raw))
        led = f"{heading} {lead}" if lead and listed else heading
        of = (section, number, block, korean is not None, above)
        for start, end in _sentences(raw[ahead:]):
            found = normal(raw[start + ahead : end + ahead]).replace("\n", " ")
            there = not of[3] and (regional is not None or _is_local(found, local))
            yield Segment(at + start + ahead, at + end + ahead, found, led, there, False, columns, *of)
        if _leads(raw, under):
            lead = normal(raw.strip())
        elif not listed:
            lead = ""


def _is_local(sentence: str, local: re.Pattern[str]) -> bool:
    """Whether the sentence speaks to residents of another place than Korea."""
    return bool(_FOR_SOME.search(sentence) and local.search(sentence) and not _KOREA.search(sentence))


def _leads(line: str, below: str) -> bool:
    """Whether the line leads a list: it ends with a colon, or is short, unfinished and the list is right below it."""
    if _LEADS.search(line):
        return len(line) <= _LONGEST_LEAD
    short = len(line.strip()) <= _SHORT_LEAD and not _ENDED.search(line) and "|" not in line
    return short and bool(LISTED.match(below)) and not LISTED.match(line)


def _columns(line: str, below: str, before: str) -> str:
    """The titles of the table that the line stands in; empty outside of tables."""
    if "|" not in line:
        return ""
    return normal(line) if "|" in below and _RULE.match(below) else before


def _underlined(line: str, below: str) -> bool:
    return bool(_UNDERLINE.match(below)) and "|" not in line and len(line.strip()) <= _LONGEST_HEADING


def _is_heading(line: str, style: re.Pattern[str]) -> bool:
    if len(line.strip()) > _LONGEST_HEADING:
        return False
    if _STYLES[0].match(line) or _BOLD.match(line) or _CAPITALS.match(line):
        return True
    return bool(style.match(line) or _ANNEX.match(line)) and _alone(line)


def _depth(line: str) -> int:
    """Marks of the heading; where there are none an annex stands above all else, and what is bold below all else."""
    marks = len(line) - len(line.lstrip("#"))
    if not marks and _ANNEX.match(line):
        return 0
    return marks or (_BOLD_DEPTH if line.lstrip().startswith("**") else 1)


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    """Spans of sentences; what goes on for too long without an end is cut, so that no pattern runs over all of it."""
    for start, end in _ended(line):
        while end - start > _LONGEST:
            cut = line.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
            cut = cut if cut > start else start + _LONGEST
            yield _trim(line, start, cut)
            start = cut
        if line[start:end].strip():
            yield _trim(line, start, end)


def _ended(line: str) -> Iterator[tuple[int, int]]:
    if line.lstrip().startswith("|"):
        yield _trim(line, 0, len(line))
        return
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
