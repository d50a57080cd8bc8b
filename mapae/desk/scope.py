"""Who sees what: the one place that says which rows a person may see. Views, the API and search all ask here.

Officers see cases that their body leads or works on; agents and headquarters those of operators of a live mandate of
their firm, and of these only what was served; auditors all cases. What is not in scope does not exist for the person.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.models import Document
from mapae.desk.parties.models import Mandate, Operator

__all__ = ["cases_for", "documents_for", "items_for", "live_mandates", "operators_for"]


def live_mandates(user: User) -> QuerySet[Mandate]:
    """Mandates of the person's firm that hold today."""
    if user.firm_id is None:
        return Mandate.objects.none()
    today = clock.today()
    ended = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return Mandate.objects.filter(ended, firm_id=user.firm_id, starts_on__lte=today)


def operators_for(user: User) -> QuerySet[Operator]:
    """Operators the person deals with: all for those at authorities, those of a live mandate for agents."""
    if user.role in ("officer", "auditor", "admin"):
        return Operator.objects.all()
    return Operator.objects.filter(pk__in=live_mandates(user).values("operator"))


def cases_for(user: User) -> QuerySet[Case]:
    """Cases the person may open."""
    if user.role == "auditor":
        return Case.objects.all()
    if user.role == "officer":
        joint = Case.joint.through.objects.filter(body_id=user.body_id).values("case_id")
        return Case.objects.filter(Q(lead_id=user.body_id) | Q(pk__in=joint))
    if user.role in ("agent", "headquarters"):
        served = Document.objects.filter(served_at__isnull=False).values("case_id")
        return Case.objects.filter(operator__in=operators_for(user), pk__in=served)
    return Case.objects.none()


def documents_for(user: User) -> QuerySet[Document]:
    """Documents of the person's cases; for agents only those that were served."""
    found = Document.objects.filter(case__in=cases_for(user))
    if user.role in ("agent", "headquarters"):
        return found.filter(served_at__isnull=False)
    return found


def items_for(user: User) -> QuerySet[CaseItem]:
    """Items of the person's cases; for agents only those that a served document asks about."""
    found = CaseItem.objects.filter(case__in=cases_for(user))
    if user.role in ("agent", "headquarters"):
        return found.filter(documents__in=documents_for(user)).distinct()
    return found
