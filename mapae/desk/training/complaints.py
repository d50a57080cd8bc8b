"""A consumer's report: joins a case, is handed over to the operator, and shows how long withdrawal is open."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from mapae.app.law.deadline import Length, count
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases import due
from mapae.desk.cases.actions import run
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.models import Case
from mapae.desk.law import book

__all__ = ["hand_over", "withdrawal"]


def hand_over(user: User | None, case: Case, ref: str, **about: str) -> None:
    """Join the complaint and hand it over: from now the operator's periods to tell progress and result run.

    about: title (no name in it); platform. A reference that is in the case already is handed over once only.
    """
    with transaction.atomic():
        held = Case.objects.select_for_update().get(pk=case.pk)
        title = about.get("title", "")
        run(
            "join",
            user,
            held,
            kind="complaint",
            subject_id=ref,
            platform=about.get("platform", ""),
            title=title,
        )
        if held.events.filter(kind="complaint_handed_over", ref=ref).exists():
            return
        log(held, "complaint_handed_over", user, ref=ref)
        due.refresh(held)
        record(user or "helpline", "complaint_handed_over", f"case:{held.pk}", ref=ref)


def withdrawal(received: date) -> dict[str, Any]:
    """The last day for withdrawing from the contract, and its working day by day. Source: E-Commerce Act 17(1)."""
    days = int(book().value("eca.17.withdrawal_period", received))
    found = count(received, Length(days, "d"))
    language = "ko" if (get_language() or "ko").startswith("ko") else "en"
    return {
        "end": found.end,
        "days": days,
        "rule": found.rule,
        "provision": book().pack.parameters["eca.17.withdrawal_period"].provision,
        "working": [(step.text(language), step.counted) for step in found.working],
    }
