"""What an officer does with a merchant's report: join, write, ask for consent, add values, name the platform, close."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk.agent.forms import sent, told
from mapae.desk.cases.actions import Refused
from mapae.desk.merchants import acts, share
from mapae.desk.merchants.markers import add_series
from mapae.desk.merchants.models import MerchantReport
from mapae.desk.numbers import wholes
from mapae.desk.officer.merchants import report_or_404
from mapae.desk.parties.models import Operator
from mapae.desk.public.helpline_fields import day
from mapae.desk.scope import cases_for

__all__ = ["report_do"]


@require_POST
@told(lambda number, verb: reverse("merchant-report", args=[number]))
def report_do(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """One act, then back to the report."""
    report = report_or_404(request.user, number)
    if verb not in _DOES:
        raise Refused(_("This cannot be done."), where=number)
    messages.success(request, _DOES[verb](request, report))
    return redirect("merchant-report", number)


def _join(request: HttpRequest, report: MerchantReport) -> str:
    chosen = sent(request, "case", 32)
    case = cases_for(request.user).filter(number=chosen).first() if chosen else None
    if chosen and case is None:
        raise Refused(_("Choose a case."))
    return _("Joined to %(case)s.") % {"case": acts.join(request.user, report, case).number}


def _write(request: HttpRequest, report: MerchantReport) -> str:
    acts.write(report, sent(request, "text", 4000), request.user)
    return _("The merchant sees it on their page.")


def _disclose(request: HttpRequest, report: MerchantReport) -> str:
    places = wholes(request.POST.getlist("files"), 4)
    share.prepare(request.user, report, sent(request, "text"), places)
    return _("The merchant is asked. Nothing is told before they agree.")


def _series(request: HttpRequest, report: MerchantReport) -> str:
    days = {name: day(sent(request, name, 10)) for name in ("first", "last")}
    kind, rows, source = sent(request, "kind", 12), sent(request, "rows", 60_000), sent(request, "source", 12)
    add_series(
        report,
        kind,
        rows,
        source="platform" if source == "platform" else "merchant",
        user=request.user,
        **days,
    )
    return _("Kept. You see below what the values show.")


def _operator(request: HttpRequest, report: MerchantReport) -> str:
    operator = Operator.objects.filter(key=sent(request, "operator", 60)).first()
    if operator is None:
        raise Refused(_("Choose an operator."))
    acts.name_operator(request.user, report, operator)
    return _("The platform is named.")


def _close(request: HttpRequest, report: MerchantReport) -> str:
    acts.close(report, sent(request, "outcome", 24), request.user)
    return _("The report is closed; the merchant sees the outcome.")


_DOES = {
    "join": _join,
    "write": _write,
    "disclose": _disclose,
    "series": _series,
    "operator": _operator,
    "close": _close,
}
