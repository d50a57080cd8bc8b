"""Lines of a text; where it was broken at a width, the lines that one paragraph was broken into are one."""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["joined", "lines_in", "untagged"]

_LINE = re.compile(r"[^\n]+")
_FULL, _WIDEST = (
    50,
    120,
)  # characters of a line that was broken because it was full, of one that was not broken
_GOES_ON = re.compile(r"[a-z(\"'“‘&]|\d+ (?!\W)")
_MANY = 9  # full lines of a text that was broken
# A number or letter leads a list unless the sentence before it is still open: `the age of` / `13. We …`.
_BROKEN = re.compile(
    rf"[^\n]+(?:(?<=[^\n]{{{_FULL}}})\n(?![\s|#>*=•·-])"
    r"(?:(?<![.:;!?]\n)|(?!\d{1,2}[.)]|\([a-z0-9]\)|[A-Z]\.\s))[^\n]+)*"
)
# Tags of parts that Markdown lets stand between its lines; of those that are headings, with what opens before them.
_HEADING_TAG = re.compile(
    r"^[ \t]*(?:<details[^<>\n]*>\s?)?<(?:summary|h[1-6])\b[^<>\n]*>", re.IGNORECASE | re.MULTILINE
)
_TAG = re.compile(r"</?(?:details|summary|div|section|article|p|center|h[1-6])\b[^<>\n]*>", re.IGNORECASE)


def untagged(text: str) -> str:
    """The text without tags of parts, headings among them marked as Markdown does; as long as it was."""
    marked = _HEADING_TAG.sub(lambda tag: "##".ljust(len(tag.group())), text)
    return _TAG.sub(lambda tag: " " * len(tag.group()), marked)


def lines_in(text: str) -> list[re.Match[str]]:
    """Lines that are not blank, each an exact span; in a broken text a full line and those that go on with it."""
    pattern = _BROKEN if _is_broken(text) else _LINE
    return [line for line in pattern.finditer(text) if line.group().strip()]


def joined(text: str) -> str:
    """The text with spaces where its paragraphs were broken; as long as it was, so that places stay true."""
    if not _is_broken(text):
        return text
    return _BROKEN.sub(lambda line: line.group().replace("\n", " "), text)


def _is_broken(text: str) -> bool:
    """Whether the lines were broken at a width: few are longer, and many as long go on with a small letter."""
    lines = text.split("\n")
    after = [following for line, following in pairwise(lines) if len(line) >= _FULL]
    going = sum(bool(_GOES_ON.match(line)) for line in after)
    wide = sum(len(line) > _WIDEST and not line.lstrip().startswith("|") for line in lines)
    return len(after) >= _MANY and going >= len(after) / 2 and wide <= len(lines) / 20
