"""The words of a page as a document: headings, lists, tables and pairs of terms keep their form, menus and banners go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mapae.sources.page_tables import is_data, table_lines

__all__ = ["document_text"]

_NEVER = frozenset(
    "script style noscript template svg nav button select option input textarea iframe canvas head".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_BOLD = frozenset({"b", "strong"})
# A notice that asks for consent to cookies, by its name; a section of the policy on cookies has no such name.
_BANNER = re.compile(
    r"onetrust|cookiebot|didomi|usercentrics|truste|(?:cookie|consent|gdpr)[-_ ]?(?:\w+[-_ ])?(?:banner|bar|popup|modal|"
    r"dialog|notice|toast|layer|overlay|wall|sdk)",
    re.IGNORECASE,
)
_LONGEST_BANNER, _LONGEST_BOLD = 3_000, 80  # characters
_SPACE = re.compile(r"[^\S\n]+")


def document_text(tree: LexborHTMLParser, limit: int) -> str:
    """Lines of Markdown: `#` headings, `-` items, `|` rows, `term: text`; at most `limit` characters."""
    body = tree.body
    if body is None:
        return ""
    written = _Written()
    for node, leaving in _walked(body):
        _told(written, node, leaving)
        if written.size > limit:
            break
    written.end()
    return "\n".join(written.lines)[:limit]


def _walked(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Nodes in order, each element a second time when it is left; without recursion, what shows nothing left out."""
    waiting: list[tuple[LexborNode, bool]] = [(root, False)]
    while waiting:
        node, leaving = waiting.pop()
        if not leaving and _hidden(node):
            continue
        yield node, leaving
        if leaving or node.tag in ("-text", "br", "hr") or (node.tag == "table" and is_data(node)):
            continue
        waiting.append((node, True))
        inside = []
        child = node.child
        while child is not None:
            inside.append((child, False))
            child = child.next
        waiting += reversed(inside)


def _hidden(node: LexborNode) -> bool:
    if node.tag == "-text":
        return False
    if node.tag is None or node.tag in _NEVER or node.tag.startswith(("-", "!", "_")):
        return True
    said = node.attributes
    if "hidden" in said or said.get("role") in ("navigation", "menu", "search"):
        return True
    if "display:none" in (said.get("style") or "").replace(" ", ""):
        return True
    name = f"{said.get('id') or ''} {said.get('class') or ''}"
    return bool(_BANNER.search(name)) and len(node.text()) < _LONGEST_BANNER


@dataclass
class _Written:
    """Lines so far, the line that is being written, and what the next line begins with."""

    lines: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    lists: list[int | None] = field(default_factory=list)  # of an ordered list the number of its last item
    before: str = ""
    term: str = ""
    bold: int = 0
    bolded: int = 0
    size: int = 0

    def end(self) -> None:
        """Close the line; one that is bold throughout stays so, for it may be a heading."""
        text = _SPACE.sub(" ", "".join(self.parts)).strip()
        whole = self.bolded and self.bolded >= len("".join("".join(self.parts).split()))
        self.parts, self.bolded = [], 0
        if not text:
            return
        if whole and not self.before.startswith("#") and len(text) <= _LONGEST_BOLD:
            text = f"**{text}**"
        self.lines.append(self.before + text)
        self.size += len(self.lines[-1]) + 1
        self.before = ""

    def add(self, text: str) -> None:
        shown = text.replace("\n", " ")
        self.parts.append(shown)
        if self.bold:
            self.bolded += len("".join(shown.split()))


def _told(written: _Written, node: LexborNode, leaving: bool) -> None:
    tag = node.tag
    if tag == "-text":
        written.add(node.text_content or "")
    elif tag == "br":
        written.end()
    elif tag in _BOLD:
        written.bold += -1 if leaving else 1
    elif tag == "a":
        _link(written, node, leaving)
    elif tag == "table" and not leaving and is_data(node):
        written.end()
        rows = table_lines(node)
        written.lines += rows
        written.size += sum(map(len, rows))
    elif tag in _BLOCKS:
        _block(written, tag, leaving)


def _link(written: _Written, node: LexborNode, leaving: bool) -> None:
    """A link to another page is shown as one: a bare link tells nothing by itself."""
    href = node.attributes.get("href") or ""
    if href.startswith(("http://", "https://")) and node.text().strip():
        written.parts.append(f"]({href})" if leaving else "[")


def _block(written: _Written, tag: str, leaving: bool) -> None:
    if tag == "dt" and leaving:
        written.term = _SPACE.sub(" ", "".join(written.parts)).strip(" :\n\t")
        written.parts, written.bolded = [], 0
        return
    written.end()
    if leaving:
        written.before = ""
        if tag in ("ul", "ol") and written.lists:
            written.lists.pop()
        return
    if tag in _HEADINGS:
        written.lines.append("")
        written.before = f"{_HEADINGS[tag]} "
    elif tag in ("ul", "ol"):
        written.lists.append(0 if tag == "ol" else None)
    elif tag == "li":
        written.before = _marked(written.lists)
    elif tag == "dd" and written.term:
        written.before, written.term = f"- {written.term}: ", ""


def _marked(lists: list[int | None]) -> str:
    """What an item begins with: two spaces a level, then a dash or its number."""
    deep = "  " * min(8, max(0, len(lists) - 1))
    if lists and (number := lists[-1]) is not None:
        lists[-1] = number + 1
        return f"{deep}{number + 1}. "
    return f"{deep}- "
