"""Weighs the mentions of one ingredient in one listing: said to be inside, and inside what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mapae.measures.hazardous_goods.substances.goods import Goods
from mapae.measures.hazardous_goods.substances.mentions import Mention
from mapae.measures.hazardous_goods.substances.vocabulary import ORDINARY, STRONG, WEAK, Vocabulary

__all__ = ["Judge", "Verdict"]

_PLAINLY = 3.0  # weight from which goods are plainly of another kind
_NEAR = 28  # characters between a name and its dose
_FORM = re.compile(
    r"^[\s\-]{0,2}(?:extract |root |leaf |bark |seed |herb |hcl |complex )?(?:capsules?|caps|tablets?|pills?|softgels?|"
    r"powder|tincture|drops|extract|supplement|tea|gummies|wine|liquor|whisky|lollipops?|snack|jerky|venom|resin|liquid|suspension|"
    r"solution|rhizome|root|herb|leaf|leaves|bark|flower|seeds?)\b"
    r"|^\s?(?:캡슐|정제|환|알약|추출물|분말|가루|파우더|용액|드롭)|^(?:胶囊|片|粉|提取物|口服液|滴剂|丸)"
)
_EAT = re.compile(
    r"(?:edible|food[ -]grade|먹는|식용|섭취용|마시는|食用|可食|口服|药用)\s?(?:[\w가-힣一-鿿]{0,6}\s?)?$"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """An ingredient that the goods are said to hold: 0–1, the mentions that say so, and why the goods count."""

    ingredient: int
    score: float
    mentions: tuple[Mention, ...]
    level: int
    goods: str


@dataclass(frozen=True)
class Judge:
    """Decides by the vocabulary's words; `texts` of `judge` are the lowered cells by column."""

    vocabulary: Vocabulary

    @cached_property
    def _words(self) -> dict[str, Any]:
        return self.vocabulary.words

    @cached_property
    def _dose(self) -> re.Pattern[str]:
        return re.compile(self._words["dose"], re.I)

    @cached_property
    def _own(self) -> tuple[tuple[frozenset[str], re.Pattern[str], re.Pattern[str]], ...]:
        """Groups of substances that stand in a body or a food by nature, with the words around them that say so."""
        words = self._words
        return tuple(
            (
                frozenset(words[group]),
                re.compile(words[f"{group}_before"], re.I),
                re.compile(words[f"{group}_after"], re.I),
            )
            for group in ("body", "natural")
        )

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(str(word).casefold() for word in self._words["codes"])

    def by_nature(self, mention: Mention, text: str) -> bool:
        """Whether the mention speaks of a body or of food: testosterone levels, 히스타민 분해, rich in citrulline."""
        if self._dose.match(text[mention.end : mention.end + 12].lstrip(" :")):
            return False
        name = self.vocabulary.ingredients[self.vocabulary.names[mention.name].ingredient].name
        head, tail = text[max(0, mention.start - 40) : mention.start], text[mention.end : mention.end + 40]
        return any(
            name in known and bool(before.search(head) or after.match(tail))
            for known, before, after in self._own
        )

    def dosed(self, mention: Mention, text: str) -> bool:
        """Whether an amount stands close behind the name, or right before it."""
        tail = re.split(r"[,;/+\n、，]", text[mention.end : mention.end + _NEAR])[0]
        head = text[max(0, mention.start - 12) : mention.start]
        return bool(self._dose.search(tail)) or bool(
            re.search(self._dose.pattern + r"\s?(?:of\s)?$", head, re.I)
        )

    def judge(
        self, mentions: Sequence[Mention], others: bool, goods: Goods, texts: dict[str, str], brand: str
    ) -> Verdict | None:
        """The verdict on one ingredient's un-negated mentions. others: another blocked ingredient stands in the listing."""
        if self._nothing_inside(goods):
            return None
        good = [item for item in mentions if self._counts(item, others, goods, texts, brand)]
        if not good:
            return None
        best = max(item.level for item in good)
        hidden = any(item.hidden or item.how for item in good)
        score = (
            {STRONG: 0.9, WEAK: 0.75, ORDINARY: 0.6}[best]
            + (0.05 if hidden else 0)
            + min(0.05, 0.01 * len(good))
        )
        return Verdict(
            self.vocabulary.names[good[0].name].ingredient,
            min(1.0, score),
            tuple(good),
            best,
            goods.other_kind,
        )

    def _nothing_inside(self, goods: Goods) -> bool:
        if any(goods.says(group) for group in self._words["nothing_inside"]):
            return True
        return goods.says("words") and goods.says("bodies_only") and not goods.says("private")

    def _counts(self, item: Mention, others: bool, goods: Goods, texts: dict[str, str], brand: str) -> bool:
        text, seen = texts[item.field], item.seen.casefold()
        name = self.vocabulary.names[item.name]
        dosed = self.dosed(item, text)
        if item.level < STRONG and (seen == brand or _in_brand(item, text, brand)):
            return False
        if goods.says(f"homonym {name.text.casefold()}") or goods.says(f"homonym {seen}"):
            return False
        if seen in self._codes:
            return others or (dosed and goods.eaten > goods.other and goods.eaten > 0)
        if item.level == STRONG:
            return self._drug_goods(goods, dosed)
        eaten = goods.eaten + (1.5 if dosed else 0)
        if eaten <= 0 or eaten <= goods.other:
            return False
        return item.level == WEAK or dosed or self._formed(item, text)

    def _drug_goods(self, goods: Goods, dosed: bool) -> bool:
        """A drug's name counts unless the goods are plainly worn, used, read or grown; rubbed in does not matter.

        A dose beside the name outweighs a few words of other goods.
        """
        if goods.other_kind == "rubbed_in" or goods.other < 1.5 or goods.eaten >= goods.other:
            return True
        return dosed and goods.other < max(_PLAINLY, goods.eaten + 1)

    def _formed(self, item: Mention, text: str) -> bool:
        return bool(_FORM.match(text[item.end : item.end + 30])) or bool(
            _EAT.search(text[max(0, item.start - 20) : item.start])
        )


def _in_brand(item: Mention, text: str, brand: str) -> bool:
    """Whether a mention is a piece of the brand's or shop's own name (半夏 in 半夏小铺)."""
    if len(brand) <= item.end - item.start:
        return False
    at = text.find(brand)
    while at >= 0:
        if at <= item.start and item.end <= at + len(brand):
            return True
        at = text.find(brand, at + 1)
    return False
