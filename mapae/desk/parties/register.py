"""The public register of operators, duties and agents: rows of a day, kept as a snapshot whenever something changed."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from mapae.desk import clock
from mapae.desk.parties.duties import latest
from mapae.desk.parties.fitness import eligible, newest_check
from mapae.desk.parties.models import Mandate, Operator, RegisterSnapshot
from mapae.desk.parties.titles import table

__all__ = ["COLUMNS", "current", "flat", "history_of", "matching", "register_rows"]

COLUMNS = (
    "operator", "name_ko", "name_en", "name_zh", "country", "regime", "article", "duty", "duty_since", "agent_ko",
    "agent_en", "representative", "address", "phone", "email", "since", "until", "may_be_agent", "reported_on",
    "published_on", "first_page_complete", "first_page_checked_on",
)  # fmt: skip


def current() -> RegisterSnapshot:
    """The snapshot of now; a new one where the register differs from the newest."""
    today = clock.today()
    rows = register_rows(today)
    body = json.dumps(rows, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(body.encode()).hexdigest()[:16]
    with transaction.atomic():
        newest = RegisterSnapshot.objects.first()
        if newest is not None and newest.digest == digest:
            return newest
        made: RegisterSnapshot = RegisterSnapshot.objects.create(
            digest=digest, as_of=today, rows=rows, made_at=clock.now()
        )
        return made


def register_rows(on: date) -> list[dict[str, Any]]:
    """A row for each operator and law: the duty as last decided, and each agent that is live on the day."""
    rows: list[dict[str, Any]] = []
    for operator in Operator.objects.prefetch_related("mandates__firm"):
        duties = latest(operator)
        for regime in table("regimes"):
            mandates = [each for each in operator.mandates.all() if each.regime == regime and each.live(on)]
            duty = duties.get(regime)
            if duty is None and not mandates:
                continue
            head = {
                "operator": operator.key,
                "name_ko": operator.name_ko,
                "name_en": operator.name_en,
                "name_zh": operator.name_zh,
                "country": operator.country,
                "regime": regime,
                "article": duty.article if duty else "",
                "duty": duty.answer if duty else "",
                "duty_since": timezone.localtime(duty.decided_at).date().isoformat() if duty else "",
            }
            rows += [{**_blank(), **head, **_agent(each, on)} for each in mandates] or [{**_blank(), **head}]
    return rows


def flat(snapshot: RegisterSnapshot) -> list[list[Any]]:
    """Rows for a table of cells: headings first; no cell begins a formula (=, +, -, @, tab)."""
    head = ["snapshot", "as_of", *COLUMNS]
    lines = [
        [snapshot.digest, snapshot.as_of.isoformat(), *(row.get(key, "") for key in COLUMNS)]
        for row in snapshot.rows
    ]
    return [head, *([_safe(cell) for cell in line] for line in lines)]


def matching(rows: list[dict[str, Any]], asked: str) -> list[dict[str, Any]]:
    """Rows in which a name of operator or agent holds the text."""
    plain = asked.casefold()
    names = ("operator", "name_ko", "name_en", "name_zh", "agent_ko", "agent_en")
    return [row for row in rows if any(plain in str(row.get(name, "")).casefold() for name in names)]


def history_of(key: str) -> list[tuple[RegisterSnapshot, list[dict[str, Any]]]]:
    """Snapshots in which the operator's rows changed, the newest first."""
    found: list[tuple[RegisterSnapshot, list[dict[str, Any]]]] = []
    for snapshot in RegisterSnapshot.objects.order_by("made_at", "id"):
        rows = [row for row in snapshot.rows if row["operator"] == key]
        if not found or found[-1][1] != rows:
            found.append((snapshot, rows))
    return found[::-1]


def _agent(mandate: Mandate, on: date) -> dict[str, Any]:
    firm, check = mandate.firm, newest_check(mandate)
    return {
        "agent_ko": firm.name_ko,
        "agent_en": firm.name_en,
        "representative": firm.representative,
        "address": firm.address,
        "phone": firm.phone,
        "email": firm.email,
        "since": mandate.starts_on.isoformat(),
        "until": mandate.ends_on.isoformat() if mandate.ends_on else "",
        "may_be_agent": eligible(mandate, on)[0],
        "reported_on": mandate.reported_on.isoformat() if mandate.reported_on else "",
        "published_on": mandate.published_on.isoformat() if mandate.published_on else "",
        "first_page_complete": ("yes" if check.complete else "no") if check else "",
        "first_page_checked_on": timezone.localtime(check.checked_at).date().isoformat() if check else "",
    }


def _blank() -> dict[str, Any]:
    return dict.fromkeys(COLUMNS, "")


def _safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
