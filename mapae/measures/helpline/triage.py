"""A consumer's message triaged: category, service, who is responsible, which right and until when, whether harm is told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

from mapae.measures.helpline.answers import Answers, Lists, asked
from mapae.measures.helpline.categories import OF_OWN_WILL, Categories, Category, days_of
from mapae.measures.helpline.clauses import Mention
from mapae.measures.helpline.cues import Cue, CueReader
from mapae.measures.helpline.dates import DateReader
from mapae.measures.helpline.features import Sample, is_short, sample
from mapae.measures.helpline.messages import lowered
from mapae.measures.helpline.operators import Operator, OperatorReader, Place, decide
from mapae.measures.helpline.periods import Period, Periods, delivery_day

__all__ = ["Complaint", "Triage", "TriageReader"]

NOT_OURS = "not_ours"
# categories of goods that have not come
_WAITING = ("delivery", "cancellation_refused", "service_unreachable")
_LISTED = (
    1.0  # log odds that the lists of words speak for: from .5 to 1.5 labelled lots see little difference
)
# categories that customs may have to answer for
_AT_CUSTOMS = ("delivery", "counterfeit", "overcharge")
_NOT_SHOP = ("not_shop", "private_or_spam")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What triage reads of a complaint: its text, the service as the consumer named it, and the days it carries."""

    text: str
    operator: str
    received_on: date
    purchased_on: date | None
    delivered_on: date | None


@dataclass(frozen=True, slots=True)
class Triage:
    """The outcome, and what it rests on: cues and places with their spans in the text, the period with its working."""

    category: Category
    operator: Operator | None
    responsible: str
    right: str
    period: Period | None
    hazard: bool
    cues: tuple[Cue, ...]
    places: tuple[Place, ...]
    days: tuple[Mention, ...]


@dataclass(frozen=True)
class TriageReader:
    """Triage by the pack's tables under helpline/ and, where there is one, a trained model of categories."""

    operators: OperatorReader
    cues: CueReader
    dates: DateReader
    categories: Categories
    periods: Periods
    rules: Mapping[str, Any]
    answers: Answers | None = None

    def read(self, complaint: Complaint) -> Triage:
        """Triage one complaint."""
        text = lowered(complaint.text)
        places = self.operators.places(complaint.text, complaint.operator)
        operator = decide(places)
        cues = self.cues.read(self._plain(text))
        rough = self.dates.mentions(text, complaint.received_on, None)
        delivered = delivery_day(complaint.delivered_on, rough, self._says("not_delivered", text))
        item = sample(text, places, cues, days_of(complaint.purchased_on, delivered), operator)
        category = self._held_as_fake(self.categories.decide(cues, item, operator), item, text)
        days = self.dates.mentions(text, complaint.received_on, delivered)
        category = self._late(category, complaint, delivered, days, item, cues)
        operator = self._dealt(category.name, operator, complaint)
        responsible = self._responsible(category.name, operator, item, text)
        operator = None if responsible == NOT_OURS else operator
        # who tells of harm is near that category, unless only the money is asked for
        near = "unsafe_product" in (category.name, category.second) or category.name == "refund_delay"
        right, period = self._right(category.name, responsible, complaint, delivered, days, item, text)
        told = any(cue.hazard for cue in cues) and category.name in self.rules["harm"] and near
        if responsible == NOT_OURS:  # a product that hurts is a hazard wherever it was bought
            told = any(cue.hazard for cue in cues) and self._says("goods_bought", text)
        hazard = told or category.name == "unsafe_product"
        return Triage(category, operator, responsible, right, period, hazard, cues, places, days)

    def _plain(self, text: str) -> str:
        """The text with figures of speech blanked, places unchanged."""
        return self.lists.patterns["idioms"].sub(lambda match: " " * len(match[0]), text)

    def _held_as_fake(self, category: Category, item: Sample, text: str) -> Category:
        """What customs holds for the right of another is a matter of fakes, though it is told as a delivery that hangs."""
        if category.name not in _WAITING or not self._customs("delivery", item, text):
            return category
        if not self._says("customs_brand", text):
            return category
        return replace(category, name="counterfeit", second=category.name)

    def _late(
        self,
        category: Category,
        complaint: Complaint,
        delivered: date | None,
        days: Sequence[Mention],
        item: Sample,
        cues: Sequence[Cue],
    ) -> Category:
        """Who returns goods that are not as promised, too late to withdraw, does so for the fault."""
        kinds = [name for name, right in self.rules["rights"].items() if right == "mismatch_3m_30d"]
        told = any(cue.weights.get(name, 0) > 0 for cue in cues for name in kinds)
        willed = OF_OWN_WILL.intersection(cue.key for cue in cues)
        faulty = category.second in kinds and (told or not willed)
        if category.name != "cancellation_refused" or delivered is None or not faulty or self._excluded(item):
            return category
        if self.periods.withdrawal(delivered, complaint.received_on, days).in_time:
            return category
        return replace(category, name=category.second, second=category.name)

    def _dealt(self, category: str, operator: Operator | None, complaint: Complaint) -> Operator | None:
        """None where a swindler used a mall's name: fraud, and nothing was bought there."""
        mall = operator is not None and operator.kind == "mall"
        bought = complaint.purchased_on or complaint.delivered_on
        return None if category == "fraud" and mall and not bought else operator

    def _responsible(self, category: str, operator: Operator | None, item: Sample, text: str) -> str:
        if category == "other" and (operator is None or self._says("not_shop", text)):
            return NOT_OURS
        if self._customs(category, item, text):
            return "customs"
        social = operator is not None and operator.kind == "social"
        if category in self.rules["referral"] and not (category == "fraud" and social):
            return "regulator_referral"
        if operator is None:
            return "seller"
        return "social_network" if social else "agent"

    def _customs(self, category: str, item: Sample, text: str) -> bool:
        """The parcel is held, seized or taxed by customs, and that is what the message is about."""
        if category not in _AT_CUSTOMS or not self._says("customs_named", text):
            return False
        listed = self._says("customs_asked", text) and not self._says("not_customs", text)
        held = listed and self._says("customs_tax" if category == "overcharge" else "customs_held", text)
        return self._yes("customs", held, item)

    def _yes(self, question: str, listed: bool, item: Sample) -> bool:
        """The answer by the lists, unless what was learned is surer of the other."""
        learned = 0.0
        if self.answers is not None and not is_short(item.text):  # a line or two tells what stands in it
            learned = self.answers.odds(question, asked(question, item, self.lists))
        return learned + (_LISTED if listed else -_LISTED) > 0

    def _right(
        self,
        category: str,
        responsible: str,
        complaint: Complaint,
        delivered: date | None,
        days: Sequence[Mention],
        item: Sample,
        text: str,
    ) -> tuple[str, Period | None]:
        right = self.rules["rights"].get(category, "none")
        paid = complaint.purchased_on is not None and delivered is None
        if (
            category == "fraud" and responsible == "social_network" and paid
        ):  # the deal itself can be left (ECA Art. 17)
            return "withdrawal_7d", None
        if responsible in ("customs", "regulator_referral", NOT_OURS):
            gone = category == "fraud" and "site_gone" in item.cues and self._says("accepted", text)
            return ("refund_3bd" if gone else "none"), None
        if right == "mismatch_3m_30d" and delivered is not None:
            return right, self.periods.mismatch(delivered, complaint.received_on, days)
        if right == "withdrawal_7d" and category == "cancellation_refused":
            if self._excluded(item):
                return "none", None
            if delivered is not None:
                period = self.periods.withdrawal(delivered, complaint.received_on, days)
                return (right, period) if period.in_time else ("none", None)
        return right, None

    def _excluded(self, item: Sample) -> bool:
        """Goods that Art. 17(2) takes out: made to order with separate consent, used up, or opened digital goods."""
        made = "excluded_goods" in item.cues or self._says("exclusable", item.text)
        agreed = made and self._says("consent_given", item.text)
        told = agreed or self._says("used_up", item.text)
        return self._yes("excluded", told and not self._says("consent_denied", item.text), item)

    def _says(self, key: str, text: str) -> bool:
        return bool(self._not_shop.search(text)) if key == "not_shop" else self.lists.says(key, text)

    @cached_property
    def lists(self) -> Lists:
        """The pack's word lists."""
        return Lists(self.rules)

    @cached_property
    def _not_shop(self) -> re.Pattern[str]:
        words = (row["words"] for row in self.cues.rows if row["key"] in _NOT_SHOP)
        return re.compile("|".join(chain.from_iterable(words)))
