"""Who sees which reports: officers of the competent body, or of a case the report is joined to; auditors the list.

No role of a firm is named here, so that no page or operation can show one."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from mapae.desk.accounts.models import User
from mapae.desk.merchants.models import MerchantReport
from mapae.desk.scope import cases_for

__all__ = ["UNREAD", "reports_for"]

UNREAD = ("amount", "text", "known", "name", "shop", "email", "phone", "conducts")  # what no list reads


def reports_for(user: User) -> QuerySet[MerchantReport]:
    """The reports the person may open."""
    if user.role == "auditor":
        return MerchantReport.objects.all()
    if user.role != "officer" or user.body_id is None:
        return MerchantReport.objects.none()
    return MerchantReport.objects.filter(Q(body_id=user.body_id) | Q(case__in=cases_for(user)))
