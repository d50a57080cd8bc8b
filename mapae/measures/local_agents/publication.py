"""Are the agent's contact data on a captured first page? Each part found with its place, in Korean, English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from mapae.text.fold import fold_text
from mapae.text.names import compare

__all__ = ["PARTS", "Part", "Publication", "read_publication", "visible_text"]

PARTS = ("name", "address", "phone", "email")  # and `representative`, where the agent is a corporation
_REACH = 700  # characters behind the agent's word in which its data are looked for
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")
_PHONE = re.compile(r"(?<![\d-])(?:\+?82[ -]?(?:\(0\))?|0)?\d{1,4}[ )-]{1,2}\d{3,4}[ -]\d{4}(?!\d)")
_BREAK = re.compile(r"[\n\r|]| {3,}|\s·\s|\s/\s|;")
_MARKUP = re.compile(r"<\s*(?:html|body|div|p|span|footer|section|table|ul|br|!doctype)\b", re.I)
_GAP = " \t:：=-–>\u3000"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the contact: the text seen and its place in the text of the page, in code points."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Publication:
    """What a page shows of an agent. text: the page's visible text; agent: the word that names the agent, or None."""

    text: str
    agent: Part | None
    found: Mapping[str, Part]

    def missing(self, *, corporation: bool) -> tuple[str, ...]:
        """Parts that are not there; the representative counts where the agent is a corporation."""
        wanted = (*PARTS[:1], "representative", *PARTS[1:]) if corporation else PARTS
        return tuple(part for part in wanted if part not in self.found)

    def differs(self, known: Mapping[str, str]) -> tuple[str, ...]:
        """Parts that show something else than the mandate says (`known`: part → value)."""
        return tuple(
            part
            for part, value in known.items()
            if value and part in self.found and not _same(part, self.found[part].text, value)
        )


def read_publication(page: str, words: Mapping[str, Any]) -> Publication:
    """Read a page (HTML or plain text) with the pack's words (`lexicons/local_agents.yaml`)."""
    text = visible_text(page)
    best = Publication(text, None, {})
    for place in _mentions(text, words["agent"]):
        found = _parts(text, place, words)
        if best.agent is None or len(found) > len(best.found):
            best = Publication(text, place, found)
    return best


@lru_cache(maxsize=64)
def visible_text(page: str) -> str:
    """The text a visitor reads, a block a line; plain text as it is."""
    if not _MARKUP.search(page):
        return page
    tree = LexborHTMLParser(page)
    tree.strip_tags(["script", "style", "noscript", "template"])
    body = tree.body or tree.root
    text = body.text(separator="\n") if body is not None else ""
    return re.sub(r"[ \t]*\n\s*", "\n", re.sub(r"[ \t\u00a0]+", " ", text)).strip()


def _mentions(text: str, names: list[str]) -> Iterator[Part]:
    low = text.casefold()
    if len(low) != len(text):  # a letter that folds to two: places would move
        low = "".join(char if len(char.casefold()) != 1 else char.casefold() for char in text)
    taken = -1
    spans = sorted(
        (match.start(), -match.end()) for name in names for match in re.finditer(re.escape(name), low)
    )
    for start, negative in spans:
        if start >= taken:
            taken = -negative
            yield Part(text[start:taken], start, taken)


def _parts(text: str, agent: Part, words: Mapping[str, Any]) -> dict[str, Part]:
    """Labelled values behind the agent's word; e-mail and phone also by their form; the name also right behind it."""
    end = min(len(text), agent.end + _REACH)
    found: dict[str, Part] = {}
    for part, labels in words["parts"].items():
        value = _labelled(text, agent.end, end, labels, words)
        if value is not None and _fits(part, value.text, words):
            found[part] = value
    for part, form in (("email", _EMAIL), ("phone", _PHONE)):
        match = form.search(text, agent.end, end)
        if match:
            found[part] = Part(match[0].strip(), match.start(), match.start() + len(match[0].strip()))
    if "name" not in found and (value := _first_line(text, agent.end, end, words)) is not None:
        low = value.text.casefold()
        if any(form in low for form in words["firms"]):
            found["name"] = value
    return found


def _labelled(text: str, start: int, end: int, labels: list[str], words: Mapping[str, Any]) -> Part | None:
    """The value behind the first label that stands at a line's or a cell's head."""
    for label in sorted(labels, key=len, reverse=True):
        pattern = re.compile(
            rf"(?:^|[\n|(（·/,，、;；] ?|(?<= ))(?:{re.escape(label)})[{re.escape(_GAP)}\n]*[:：\n\t ]", re.I
        )
        match = pattern.search(text, start, end)
        if match:
            value = _first_line(text, match.end(), end, words)
            if value is not None and not _is_label(value.text, words):
                return value
    return None


def _first_line(text: str, start: int, end: int, words: Mapping[str, Any]) -> Part | None:
    """The words up to the line's end, to the next label, or to a bracket that closes what was opened before them."""
    while start < end and text[start] in _GAP + "\n":
        start += 1
    stops = [end]
    next_label = _next_label(tuple(label for labels in words["parts"].values() for label in labels))
    for stop in (_BREAK.search(text, start, end), next_label.search(text, start, end)):
        stops += [stop.start()] if stop else []
    value = _closed(text[start : min(stops)]).rstrip(_GAP + ",，、(（")
    return Part(value, start, start + len(value)) if value else None


def _closed(value: str) -> str:
    """Up to the first bracket that closes nothing of the value's own."""
    depth = 0
    for place, char in enumerate(value):
        depth += (char in "(（") - (char in ")）")
        if depth < 0:
            return value[:place]
    return value


@lru_cache(maxsize=8)
def _next_label(labels: tuple[str, ...]) -> re.Pattern[str]:
    """A label of another part behind a comma or in a bracket: `(대표자 …`, `, 주소: …`."""
    names = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    return re.compile(rf"[(（]\s*(?:{names})[\s:：]|[,，、]\s*(?:{names})\s*[:：]", re.I)


def _is_label(value: str, words: Mapping[str, Any]) -> bool:
    low = value.casefold().strip(_GAP)
    return any(low in labels for labels in words["parts"].values())


def _fits(part: str, value: str, words: Mapping[str, Any]) -> bool:
    if part == "email":
        return bool(_EMAIL.fullmatch(value))
    if part == "phone":
        return sum(char.isdigit() for char in value) >= 7
    if part == "address":
        low = value.casefold()
        return len(value) >= 8 and any(place in low for place in words["korean_places"])
    return 2 <= len(value) <= 120 and "@" not in value


def _same(part: str, seen: str, known: str) -> bool:
    if part == "phone":
        return _digits(seen) == _digits(known)
    if part == "email":
        return seen.casefold() == known.casefold()
    if part in ("name", "representative"):
        kind = "firm" if part == "name" else "person_seller"
        return compare(seen, known, kind).same or fold_text(known, 1).text in fold_text(seen, 1).text
    a, b = fold_text(seen, 1).text, fold_text(known, 1).text
    return a.startswith(b) or b.startswith(a)


def _digits(phone: str) -> str:
    digits = "".join(char for char in phone if char.isdigit())
    return digits.removeprefix("82").removeprefix("0")
