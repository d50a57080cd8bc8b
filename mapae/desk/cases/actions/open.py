"""Open a case on an operator's matter; one that the desk opens by itself is a draft."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.bodies.models import Body
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case
from mapae.desk.law import book
from mapae.desk.parties.models import Operator

__all__ = ["open_case"]


@action("open")
def open_case(
    user: User | None, case: Case | None, *, operator: Operator, matter: str, title: str, **more: Any
) -> Case:
    """A new case, led by the body that the pack names for the matter, else by the officer's own. user: None for a draft."""
    matters = book().pack.data("workflow.yaml")["matters"]
    lead = Body.objects.filter(key=matters.get(matter, {}).get("lead")).first() or (
        user.body if user else None
    )
    if lead is None:
        raise Refused(_("You belong to no body, and the pack names none for this matter."), where=matter)
    lead = Body.objects.select_for_update().get(pk=lead.pk)  # one number at a time
    made = Case.objects.create(
        number=_number(lead),
        operator=operator,
        matter=matter,
        title=title[:200],
        lead=lead,
        owner=user if user and user.body_id == lead.pk else None,
        opened_at=clock.now(),
        severity=more.get("severity", 0),
        draft=user is None,
    )
    if user and user.body_id and user.body_id != lead.pk:
        made.joint.add(user.body_id)
    log(made, "opened", user, matter=matter)
    return made


def _number(lead: Body) -> str:
    """2026-KFTC-000123: counted by year and body, whose row the caller has locked."""
    head = f"{clock.today().year}-{lead.key.upper()}-"
    last = (
        Case.objects.filter(number__startswith=head)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{head}{int(last.rpartition('-')[2]) + 1 if last else 1:06d}"
