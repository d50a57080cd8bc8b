"""Who sees which complaints: the one place that says so for pages, the API, search and verbs.

Officers of the bodies that run the helpline see all; those of other bodies what was referred to their body or joined to a
case they may open. Auditors see all, without personal data. Agents and headquarters see what was handed over to an operator
of a live mandate of their firm, as long as the consumer's agreement stands; and of it only the shared fields.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from mapae.desk.accounts.models import User
from mapae.desk.helpline.models import Complaint, ComplaintEvent
from mapae.desk.helpline.share import shared_with_agents
from mapae.desk.law import book
from mapae.desk.scope import cases_for, operators_for

__all__ = ["FIRM", "UNREAD", "complaints_for", "runs_helpline"]

FIRM = ("agent", "headquarters")
UNREAD = (
    "link",
    "order_number",
    "text",
    "name",
    "email",
    "phone",
    "triage",
    "reasons",
)  # what no list shows: it stays sealed
_HANDED = ("complaint_handed_over", "sent_to_network")


def complaints_for(user: User) -> QuerySet[Complaint]:
    """The complaints the person may open."""
    if user.role == "auditor" or (user.role == "officer" and runs_helpline(user)):
        return Complaint.objects.all()
    if user.role == "officer":
        return Complaint.objects.filter(Q(body_id=user.body_id) | Q(case__in=cases_for(user)))
    if user.role in FIRM:
        handed = ComplaintEvent.objects.filter(complaint=OuterRef("pk"), kind__in=_HANDED)
        mine = Complaint.objects.filter(operator__in=operators_for(user))
        return mine.filter(Exists(handed), shared_with_agents())
    return Complaint.objects.none()


def runs_helpline(user: User) -> bool:
    """Whether the person's body is one of those that run the helpline."""
    return user.body is not None and user.body.key in book().pack.data("helpline/workflow.yaml")["desk"]
