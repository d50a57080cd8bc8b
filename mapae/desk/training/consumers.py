"""A month of invented consumers at the helpline: their messages come in day by day, and go their ways by the real verbs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.intake import ADVISED, receive
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.share import DEFAULT, decide, has_receiver
from mapae.desk.law import book
from mapae.desk.parties.models import Operator
from mapae.desk.training.reading import story
from mapae.desk.training.times import at
from mapae.desk.training.world import person
from mapae.errors import MapaeError
from mapae.law.calendar import business_days, is_business_day
from mapae.measures.helpline.operators import OperatorReader

__all__ = ["Consumers"]

SEED = 20260825
_LANGUAGES = {"ko": "ko", "en": "en", "zh": "zh-hans"}


class Consumers:
    """Plays the helpline's month; call `evening` once a day, in order. refused: what could not be done, in words."""

    def __init__(self) -> None:
        self.chance, self.number = Random(SEED), 0
        self.plans: dict[date, list[tuple[int, str]]] = defaultdict(list)
        self.refused: list[str] = []

    def evening(self) -> None:
        """What happens at the helpline on this day of the desk's clock."""
        today = clock.today()
        if not is_business_day(today):
            return
        for _place in range(story("helpline")["a_day"]):
            self._come(today)
        for pk, verb in self.plans.pop(today, []):
            self._do(Complaint.objects.get(pk=pk), verb)

    def _come(self, today: date) -> None:
        rows = story("helpline")
        turn, self.number = self.number, self.number + 1
        category = rows["categories"][turn % len(rows["categories"])]
        messages = _messages(category)
        language, text = messages[self.chance.randrange(len(messages))]
        operator = Operator.objects.filter(key=rows["operators"][turn % len(rows["operators"])]).first()
        channel = rows["channels"][turn % len(rows["channels"])]
        if operator is not None and operator.key == "lumibay" and channel == "web":
            channel = "phone"  # the first over the web at this shop is the tour's own
        made = receive(
            channel, text, language=_LANGUAGES[language], operator_told=operator.name_en if operator else "",
            order_number=f"{self.chance.randrange(10**9):09d}", amount=self.chance.randrange(90, 900) * 100, currency="KRW",
            delivered_on=today - timedelta(days=self.chance.randrange(1, 9)), remedy="refund",
            received_at=at(today, self.chance.randrange(9, 18), self.chance.randrange(60)),
            user=person("dojin") if channel == "phone" else None,
        )  # fmt: skip
        for step in rows["ways"][turn % len(rows["ways"])]:
            offset, _, verb = step.partition(" ")
            day = today if offset == "0" else business_days(today, int(offset)).end
            self.plans[day].append((made.pk, verb))

    def _do(self, complaint: Complaint, verb: str) -> None:
        """One step; what its complaint's state or its operator's lack of an agent forbids is left out."""
        try:
            _STEPS[verb](complaint, story("helpline")["words"])
        except MapaeError as error:
            self.refused.append(f"{complaint.number} {verb}: {error}")


def _messages(category: str) -> list[tuple[str, str]]:
    """(language, text) of the pack's invented messages that are of one language and name no real service."""
    reader = OperatorReader(book().pack.data("helpline/operators.yaml"))
    rows = book().pack.data(f"helpline/messages/{category}.yaml")["messages"]
    told = ((language, text) for language, text, *_record in rows if language in _LANGUAGES)
    return [(language, text) for language, text in told if not reader.places(text, "")]


def _agent(complaint: Complaint) -> User:
    return person(story("month")["agents"][complaint.operator.key])


def _advise(complaint: Complaint, words: Any) -> None:
    if complaint.responsible in ADVISED:
        run("advise", None, complaint)


def _agree(complaint: Complaint, words: Any) -> None:
    if complaint.state == "advised" and complaint.responsible == "domestic":
        run("apply_redress", "consumer", complaint)
    if complaint.state == "advised" and complaint.responsible == "agent" and has_receiver(complaint):
        decide(complaint, agrees=True, fields=DEFAULT, facts=words["facts"][complaint.language[:2]])
        run("hand_over", "consumer", complaint)


def _refuse(complaint: Complaint, words: Any) -> None:
    decide(complaint, agrees=False)


def _progress(complaint: Complaint, words: Any) -> None:
    if complaint.state == "handed_over":
        run("tell_progress", _agent(complaint), complaint, text=words["progress"])


def _ask(complaint: Complaint, words: Any) -> None:
    if complaint.state == "handed_over":
        run("ask", _agent(complaint), complaint, text=words["ask"])


def _answer(complaint: Complaint, words: Any) -> None:
    if complaint.state == "redress" and complaint.responsible == "domestic" and complaint.pk % 2:
        day = business_days(clock.today(), 5).end
        run("record_agreement", person("dojin"), complaint, text=words["agreed"], performs_by=day)
    if complaint.state not in ("handed_over", "progress"):
        return
    if complaint.pk % 2:
        day = business_days(clock.today(), 5).end
        more = {"offer": "refund", "amount": complaint.amount, "currency": "KRW", "performs_by": day}
        run("answer", _agent(complaint), complaint, text=words["answer"], **more)
    else:
        run("answer", _agent(complaint), complaint, text=words["refused"], offer="refused")


def _accept(complaint: Complaint, words: Any) -> None:
    if complaint.state == "answered":
        run("accept", "consumer", complaint)


def _decline(complaint: Complaint, words: Any) -> None:
    if complaint.state == "answered":
        run("decline", "consumer", complaint, text=words["decline"])


def _perform(complaint: Complaint, words: Any) -> None:
    if complaint.state == "accepted":
        run("confirm_performed", "consumer", complaint)


def _redress(complaint: Complaint, words: Any) -> None:
    if complaint.state == "declined":
        run("apply_redress", "consumer", complaint)


_STEPS: dict[str, Callable[[Complaint, Any], None]] = {
    "advise": _advise,
    "agree": _agree,
    "refuse": _refuse,
    "progress": _progress,
    "ask": _ask,
    "answer": _answer,
    "accept": _accept,
    "decline": _decline,
    "perform": _perform,
    "redress": _redress,
}
