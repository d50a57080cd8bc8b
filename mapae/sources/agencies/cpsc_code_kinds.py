"""What sort of code stands at a place of a notice: model, batch, serial, article number, or a column of a table."""

from __future__ import annotations

import re

__all__ = ["kind_at"]

_KINDS = {
    "model": r"models?|styles?|item|skus?|part(?! of)|catalog|"
    r"articles?|asins?|reference|ref|(?<!of the )product|hull|versions?",
    "batch": r"lots?|batch(?:es)?|date[- ]?code[sd]?|date[- ]?stamps?|"
    r"production codes?|manufactur\w* codes?|codes?|tracking|fnsku|"
    r"po|purchase order|vin|frame|manufacturing dates?|date of manufacture|production dates?|fcc id|lot#|ref#|supplier",
    "serial": r"serials?|s/n|sn|serial break",
    "gtin": r"upcs?|gtins?|eans?|bar ?codes?",
}
_CONTEXT = re.compile(
    "|".join(rf"(?P<{name}>(?<![\w-])(?:{words})(?![\w]))" for name, words in _KINDS.items()), re.IGNORECASE
)
_TABLE = 60  # header words of a table stand this close


def kind_at(sentence: str, at: int, before: str) -> str:
    """The kind said last before this place, in the sentence or just before it; "" where none."""
    seen = [
        (str(match.lastgroup), match.start()) for match in _CONTEXT.finditer(sentence, max(0, at - 700), at)
    ]
    if len(seen) > 1 and seen[-1][0] != "model" and _headed(sentence, seen[-4:], at):
        return "table"
    if seen:
        return seen[-1][0]
    last = ""
    for match in _CONTEXT.finditer(before):
        last = str(match.lastgroup)
    return last


def _headed(sentence: str, seen: list[tuple[str, int]], at: int) -> bool:
    """Headings of a table with models and serials side by side: words of both kinds stand close, no code between them."""
    first = next((place for kind, place in seen if kind == "model"), None)
    if first is None or "following" in sentence[first:at] or seen[-1][1] - first > 2 * _TABLE:
        return False
    between = sentence[first : seen[-1][1]]
    return not any(c.isdigit() for c in between) and not re.search(
        r"[.,]|\b(?:and|is|are|with|on)\b", between
    )
