"""What every verb shares: who may, when, one transaction with the case locked, an event, an audit entry."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases import due
from mapae.desk.cases.follow import followed
from mapae.desk.cases.models import Case, CaseEvent, CaseItem
from mapae.desk.findings.wrong import recount
from mapae.errors import MapaeError
from mapae.workflow.states import DESK, VERBS, refused

__all__ = ["Action", "Refused", "action", "allowed", "log", "reasons", "run", "why_not"]

_WHY = {
    "role": "This is not for your role.",
    "approver": "Only a person who approves may do this.",
    "state": "This cannot be done in the case's present state.",
    "held": "The case is on hold.",
    "body": "The case is led by another body.",
    "operator": "You have no live mandate for this operator.",
}
_INSIDE = frozenset({"note", "hold", "send_back"})  # verbs whose words officers alone read


class Refused(MapaeError):
    """An action that may not be done now; `what` is a sentence for the person."""


class Action(Protocol):
    """A verb's work. `case` is None for `open`. Returns whatever its caller needs (a document, an item)."""

    def __call__(self, user: User, case: Case | None, **data: Any) -> Any:
        """Do it, inside the transaction; log events with `log`."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A verb with its function."""

    verb: str
    work: Action


_FOUND: dict[str, Registered] = {}


def action(verb: str) -> Any:
    """Decorate the function that does a verb of mapae.workflow.states.VERBS; its file has the verb's name."""
    if verb not in VERBS:
        raise KeyError(f"no such verb: {verb}")

    def keep(work: Action) -> Action:
        _FOUND[verb] = Registered(verb, work)
        return work

    return keep


def run(verb: str, user: User | None, case: Case | None = None, **data: Any) -> Any:
    """Do a verb: check, lock, work, move the state, audit; all or nothing. Refused where it may not be done.

    user: None where the desk itself acts (verbs whose roles name it).
    """
    importlib.import_module(f"mapae.desk.cases.actions.{verb}")
    with transaction.atomic():
        if case is not None:
            case = Case.objects.select_for_update().get(pk=case.pk)
        if reason := why_not(verb, user, case):
            raise Refused(_(_WHY[reason]), where=str(case or ""), mend="")
        if case is not None and verb not in _INSIDE:
            _refuse_names(case, data)
        before = case.state if case is not None else ""
        result = _FOUND[verb].work(user, case, **data)
        target = case or (result if isinstance(result, Case) else None)
        if target is not None:
            _move(verb, target)
            if (before == "closed") != (target.state == "closed"):
                due.unknown(target)
            due.refresh(target)
            recount(target)
            record(user or DESK, verb, f"case:{target.pk}", **_codes(data))
    return result


def _refuse_names(case: Case, data: Mapping[str, Any]) -> None:
    """Refused where words that others than officers read name a merchant whose report is joined to the case."""
    from mapae.desk.merchants.share import refuse_names  # imports this module

    refuse_names(case, " ".join(value for value in data.values() if isinstance(value, str)))


def why_not(verb: str, user: User | None, case: Case | None) -> str | None:
    """The reason against it, a key of words, or None."""
    return _refused(verb, user, case) or (_outside(user, case) if case is not None else None)


def allowed(user: User, case: Case | None) -> list[str]:
    """The verbs this person may do on this case now, in the table's order."""
    return [verb for verb, reason in reasons(user, case).items() if not reason]


def reasons(user: User, case: Case | None) -> dict[str, str]:
    """Every verb of the table → why this person may not do it now, a sentence; empty where they may."""
    outside = _outside(user, case) if case is not None else None
    keys = {verb: _refused(verb, user, case) or outside for verb in VERBS}
    return {verb: _(_WHY[key]) if key else "" for verb, key in keys.items()}


def _refused(verb: str, user: User | None, case: Case | None) -> str | None:
    """The reason that lies in the table: role, approval, state, hold."""
    state = case.state if case is not None else None
    role, approves = (user.role, user.approves) if user is not None else (DESK, False)
    return refused(verb, state, role, approves=approves, held=bool(case and case.held))


def _outside(user: User | None, case: Case) -> str | None:
    """The reason that lies in whose case it is: another body's, or no live mandate."""
    if user is None:
        return None
    if user.role == "officer":
        mine = user.body_id == case.lead_id or any(body.pk == user.body_id for body in case.joint.all())
        return None if mine else "body"
    return None if _mandated(user, case) else "operator"


def log(
    case: Case, kind: str, user: User | None, /, *, item: CaseItem | None = None, ref: str = "", **data: Any
) -> CaseEvent:
    """Append an event to the case (which the caller has locked); what was counted from its events is counted anew."""
    last = case.events.aggregate(last=Max("seq"))["last"] or 0
    due.forget(case, kind)
    return CaseEvent.objects.create(
        case=case, seq=last + 1, kind=kind, at=clock.now(), actor=user, item=item, ref=ref, data=data
    )


def _move(verb: str, case: Case) -> None:
    after = followed(case, verb, VERBS[verb].after or case.state)
    if case.state != after:
        case.state = after
        case.save(update_fields=["state"])


def _mandated(user: User, case: Case) -> bool:
    if user.firm_id is None:
        return False
    today = clock.today()
    mandates = case.operator.mandates.filter(firm_id=user.firm_id)
    return any(mandate.live(today) for mandate in mandates)


def _codes(data: dict[str, Any]) -> dict[str, Any]:
    """What of the data may stand in the audit log: numbers, codes and row numbers, no free text."""
    kept: dict[str, Any] = {}
    for key, value in data.items():
        if hasattr(value, "pk"):
            kept[key] = f"{value._meta.model_name}:{value.pk}"
        elif isinstance(value, bool | int | float) or _is_code(value):
            kept[key] = value
    return kept


def _is_code(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9_-]{1,40}", value) is not None
