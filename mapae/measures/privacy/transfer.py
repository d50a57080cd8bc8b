"""The five cross-border items of a policy (PIPA 28-8(2)), and item P12 that rests on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from mapae.measures.privacy.judged import Judged
from mapae.measures.privacy.reading import NONE
from mapae.measures.privacy.segments import Segment

__all__ = ["CROSS_BORDER", "judge_transfer", "sentences_on_transfer"]

_LABELS = 2  # lines labelled as a transfer's items that make a list of it
CROSS_BORDER = ("items", "country_time_method", "recipient", "purpose_retention", "refusal")


def judge_transfer(
    table: Mapping[str, Any], places: Mapping[str, Any], segments: Sequence[Segment]
) -> tuple[dict[str, Judged], Judged]:
    """Status of the five items, and of P12: present with a legal basis and all five, partial with any of them."""
    seen = _Transfer(table, places, segments)
    never, heading = _any(table["denied"]), _any(table["heading"])
    said = (item for item in segments if not item.first)
    denied = next(
        (
            item
            for item in said
            if never.search(item.text) or (NONE.match(item.text) and heading.search(item.heading))
        ),
        None,
    )
    if denied is not None and not seen.detailed():
        none = Judged("missing", None, "the policy says that nothing is transferred")
        return dict.fromkeys(CROSS_BORDER, none), Judged("not_applicable", denied)
    if not seen.told:
        none = Judged("missing", None, "no transfer is spoken of")
        return dict.fromkeys(CROSS_BORDER, none), none
    five = {
        "items": seen.items(),
        "country_time_method": seen.place(),
        "recipient": seen.recipient(),
        "purpose_retention": seen.purpose(),
        "refusal": seen.refusal(),
    }
    if all(item.status == "missing" for item in five.values()):
        return five, Judged("missing", None, "transfer is named, none of the five items is told")
    if seen.has("basis") and all(item.status == "present" for item in five.values()):
        return five, Judged("present", seen.first("basis"))
    lacks = [name.replace("_", "/") for name, item in five.items() if item.status != "present"]
    shown = next((item.segment for item in five.values() if item.segment), seen.told[0])
    return five, Judged("partial", shown, f"not told in full: {', '.join(lacks) or 'the legal basis'}")


def sentences_on_transfer(
    table: Mapping[str, Any], places: Mapping[str, Any], segments: Sequence[Segment]
) -> Sequence[Segment]:
    """The sentences that speak of a transfer abroad."""
    return _Transfer(table, places, segments).told


class _Transfer:
    """The sentences on transfer and what they name."""

    def __init__(
        self, table: Mapping[str, Any], places: Mapping[str, Any], segments: Sequence[Segment]
    ) -> None:
        parts = {key: words for key, words in table["parts"].items() if isinstance(words, list)}
        self._words = {name: _any(words) for name, words in parts.items()} | {
            "basis": _any(table["basis"]),
            "country": re.compile(r"(?<![a-z])(?:" + "|".join(places["countries"]) + ")(?![a-z])"),
        }
        self._frameworks = _any(places["framework_names"])
        self._elsewhere = re.compile(rf"[^.。]{{0,200}}(?:{'|'.join(places['not_all'])})[^.。]{{0,200}}")
        self.told = self._told(table, segments)

    def _told(self, table: Mapping[str, Any], segments: Sequence[Segment]) -> list[Segment]:
        """Sentences under a heading on transfer, paragraphs that speak of one, and sections that say where data lie
        and that they are sent there.
        """
        about, heading = _any(table["about"]), _any(table["heading"])
        other = _any([*table["of_business"], *table["if_ever"]])
        said = [item for item in segments if not item.first and not other.search(item.text)]
        spoken = {item.line for item in said if about.search(item.text)}
        label = _any(table["label"])
        named = Counter(item.block for item in said if label.search(item.text))
        listed = {block for block, count in named.items() if count >= _LABELS}
        listed |= {
            item.block for item in said if all(_any(words).search(item.columns) for words in table["columns"])
        }
        stored, sent, place = _any(table["stored"]), _any(table["sent"]), _any(table["place"])
        country = self._words["country"]
        lies = {
            (item.section, item.line)
            for item in said
            if country.search(item.text) and stored.search(item.text + item.heading) and not item.local
        }
        moves = [item for item in said if sent.search(item.text) and not item.local]
        sections = {item.section for item in moves if place.search(item.heading)} & {
            section for section, _ in lies
        }
        lines = {line for _, line in lies} & {item.line for item in moves}
        return [
            item
            for item in said
            if item.line in spoken | lines
            or item.block in listed
            or item.section in sections
            or heading.search(item.heading)
        ]

    def detailed(self) -> bool:
        """Whether items, recipient or refusal of a transfer are told, which no denial undoes."""
        return any(found().status == "present" for found in (self.items, self.recipient, self.refusal))

    def has(self, name: str) -> bool:
        """Whether a sentence that speaks to everyone names it; a framework's name is no country."""
        return any(self._words[name].search(self._bare(item)) and not item.local for item in self.told)

    def _bare(self, item: Segment) -> str:
        return self._elsewhere.sub(" ", self._frameworks.sub(" ", item.text))

    def _beside(self, name: str) -> bool:
        """Whether it is named in a section or a block of lines that names a country, or leaves it open."""
        there = [
            item
            for item in self.told
            if any(self._words[key].search(self._bare(item)) for key in ("country", "open_country"))
        ]
        sections, blocks = {item.section for item in there}, {item.block for item in there}
        return any(
            self._words[name].search(item.text)
            for item in self.told
            if item.section in sections or item.block in blocks
        )

    def first(self, *names: str) -> Segment:
        """Where the first of these is named, else the first sentence on transfer."""
        for name in names:
            for item in self.told:
                if self._words[name].search(self._bare(item)):
                    return item
        return self.told[0]

    def items(self) -> Judged:
        if self.has("items"):
            return Judged("present", self.first("items"))
        if self.has("whole"):
            return Judged("partial", self.first("whole"), "the whole notice is named, no items")
        return Judged("missing", None, "items are not told")

    def place(self) -> Judged:
        country, opened = self.has("country"), self.has("open_country")
        when, way = self._beside("time"), self._beside("method")
        if country and when and way and not opened:
            return Judged("present", self.first("country"))
        if country or (opened and when and way):
            parts = (("the country", country and not opened), ("the time", when), ("the method", way))
            return Judged("partial", self.first("country", "open_country"), _lacking(parts))
        return Judged("missing", None, "no country is named")

    def recipient(self) -> Judged:
        if self.has("recipient_named") and self.has("contact"):
            return Judged("present", self.first("contact"))
        if self.has("recipient") or self.has("recipient_named"):
            found = self.first("recipient", "recipient_named")
            parts = (("the name", self.has("recipient_named")), ("the contact", self.has("contact")))
            return Judged("partial", found, _lacking(parts))
        return Judged("missing", None, "no recipient is told")

    def purpose(self) -> Judged:
        purpose, kept = self.has("purpose"), self.has("retention")
        if purpose and kept:
            return Judged("present", self.first("retention"))
        if purpose or kept:
            parts = (("the purpose", purpose), ("the retention", kept))
            return Judged("partial", self.first("purpose", "retention"), _lacking(parts))
        return Judged("missing", None, "neither purpose nor retention is told")

    def refusal(self) -> Judged:
        way, effect = self.has("refusal_way"), self.has("refusal_effect")
        if way and effect:
            return Judged("present", self.first("refusal_way"))
        if way:
            return Judged("partial", self.first("refusal_way"), "the effect of refusal is not told")
        if any(self._words["refused"].search(item.text) and not item.local for item in self.told):
            return Judged("partial", self.first("refused"), "the way to refuse is not told")
        return Judged("missing", None, "no way to refuse the transfer")


def _lacking(parts: Sequence[tuple[str, bool]]) -> str:
    """The parts that are not told, in words."""
    return f"not told: {', '.join(name for name, told in parts if not told)}"


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(words))
