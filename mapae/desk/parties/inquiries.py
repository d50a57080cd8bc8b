"""Test inquiries: contacts made to see whether an agent answers, and what came of them in figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db import transaction
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.parties.fitness import live_on
from mapae.desk.parties.models import Operator, TestInquiry
from mapae.desk.parties.titles import table
from mapae.errors import InputError

__all__ = ["Figures", "ask", "figures_of", "settle"]


@dataclass(frozen=True, slots=True)
class Figures:
    """asked: inquiries; ended: with an outcome; helped; days: median days to the answer, None without one."""

    asked: int
    ended: int
    helped: int
    days: float | None


@transaction.atomic
def ask(
    user: User, operator: Operator, *, channel: str, language: str, about: str, asked_on: date
) -> TestInquiry:
    """Record that somebody asked; it counts for the agent of that day."""
    if channel not in table("channels") or language not in ("ko", "en", "zh"):
        raise InputError(_("Choose a channel and a language of the list."))
    if not about.strip():
        raise InputError(_("Say what was asked."))
    if asked_on > clock.today():
        raise InputError(_("An inquiry cannot be dated in the future."))
    mandates = live_on(operator, asked_on)
    made = TestInquiry.objects.create(
        operator=operator, mandate=mandates[0] if mandates else None, channel=channel, language=language,
        about=about.strip()[:200], asked_on=asked_on, made_by=user,
    )  # fmt: skip
    record(user, "test_inquiry", f"operator:{operator.pk}", inquiry=made.pk, channel=channel)
    return made


@transaction.atomic
def settle(user: User, inquiry: TestInquiry, *, outcome: str, answered_on: date | None, note: str) -> None:
    """Record what came of it."""
    if outcome not in table("outcomes"):
        raise InputError(_("Choose what came of it."))
    if outcome != "unreachable" and answered_on is None:
        raise InputError(_("Give the day of the answer."))
    if answered_on is not None and not inquiry.asked_on <= answered_on <= clock.today():
        raise InputError(_("The answer cannot come before the question, nor in the future."))
    inquiry.outcome, inquiry.answered_on, inquiry.note = outcome, answered_on, note.strip()[:300]
    inquiry.save(update_fields=["outcome", "answered_on", "note"])
    record(
        user, "test_inquiry_settled", f"operator:{inquiry.operator_id}", inquiry=inquiry.pk, outcome=outcome
    )


def figures_of(operator: Operator) -> Figures:
    """The operator's test inquiries in figures."""
    rows = list(operator.inquiries.all())
    ended = Counter(row.outcome for row in rows if row.outcome)
    days = [(row.answered_on - row.asked_on).days for row in rows if row.answered_on]
    return Figures(len(rows), sum(ended.values()), ended["helped"], median(days) if days else None)
