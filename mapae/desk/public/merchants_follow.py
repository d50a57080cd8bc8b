"""The page behind a merchant's secret address: state for whoever holds it; messages, consent, values behind the number."""

from __future__ import annotations

import base64
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mapae.desk.agent.forms import sent
from mapae.desk.cases.actions import Refused
from mapae.desk.law import said
from mapae.desk.merchants import acts, share
from mapae.desk.merchants.intake import clean_files
from mapae.desk.merchants.markers import add_series, markers
from mapae.desk.merchants.matters import choices, confidences, table, title
from mapae.desk.merchants.models import MerchantReport
from mapae.desk.merchants.opened import find, is_open, open_with, shut
from mapae.desk.merchants.sentences import sentences
from mapae.desk.merchants.standing import standing
from mapae.desk.merchants.stripping import taken_out
from mapae.desk.public.helpline_fields import day
from mapae.desk.public.helpline_link import tell_error
from mapae.desk.public.merchants_link import by_secret
from mapae.desk.uploads import ACCEPT, attachment
from mapae.errors import MapaeError

__all__ = ["act", "file", "follow"]


# what was typed and stays when it could not be taken
_TYPED = {"text": 4000, "kind": 12, "rows": 60_000, "first": 10, "last": 10}


@by_secret(find, "merchant-follow")
def follow(request: HttpRequest, report: MerchantReport, link: str) -> HttpResponse:
    """Where it stands; with the number given: messages, what would be told, files, values before and after."""
    return _page(request, report, link)


def _page(
    request: HttpRequest, report: MerchantReport, link: str, typed: dict[str, str] | None = None
) -> HttpResponse:
    opened = is_open(request, report)
    degree = next(each for each in confidences() if each["key"] == report.confidence)
    context: dict[str, Any] = {
        "report": report,
        "typed": typed or {},
        "link": link,
        "open": opened,
        "state": acts.STATES[report.state],
        "standing": standing(report),
        "matter": title("matters", report.matter),
        "provision": table("matters")[report.matter]["provision"],
        "degree": degree,
        "happenings": [(each.at, said(sentences()[each.kind])) for each in report.events.all()],
        "outcome": acts.OUTCOMES.get(report.outcome),
        "code": request.session.pop(f"merchant-code-{report.pk}", "") if opened else "",
        "address": request.build_absolute_uri(reverse("merchant-follow", args=[link])),
    }
    if opened:
        context |= _open_part(report)
    return render(request, "desk/public_merchants_follow.html", context, status=422 if typed else 200)


@by_secret(find, "merchant-follow", only_post=True)
def act(request: HttpRequest, report: MerchantReport, link: str) -> HttpResponse:
    """Open or shut the page; write, agree, refuse, give values, take the report back."""
    doing = request.POST.get("do", "")
    if doing == "open":
        open_with(request, report, request.POST.get("code", ""))
    elif not is_open(request, report):
        raise Refused(_("Open the page with your number first."))
    elif doing == "shut":
        shut(request, report)
    elif doing in _DOES:
        try:
            messages.success(request, _DOES[doing](request, report))
        except MapaeError as error:
            tell_error(request, error)
            typed = {name: sent(request, name, most) for name, most in _TYPED.items()}
            return _page(request, report, link, typed if doing in ("write", "series") else None)
    return redirect("merchant-follow", link=link)


@by_secret(find, "merchant-follow")
def file(request: HttpRequest, report: MerchantReport, link: str, place: int) -> HttpResponse:
    """A file as the officer sees it: stripped."""
    row = report.files.filter(place=place).first() if is_open(request, report) else None
    if row is None:
        raise Http404
    return attachment(base64.b64decode(row.content), row.told)


def _write(request: HttpRequest, report: MerchantReport) -> str:
    acts.write(report, sent(request, "text", 4000), files=clean_files(request.FILES.getlist("files")))
    return _("Sent. The officer reads it.")


def _series(request: HttpRequest, report: MerchantReport) -> str:
    days = {name: day(sent(request, name, 10)) for name in ("first", "last")}
    add_series(report, sent(request, "kind", 12), sent(request, "rows", 60_000), **days)
    return _("Kept. You see below what the values show.")


def _answer(request: HttpRequest, report: MerchantReport) -> str:
    agrees = request.POST["do"] == "agree"
    share.answer(report, agrees=agrees)
    return _("You agreed to this text.") if agrees else _("You refused. Nothing is told.")


def _take_back(request: HttpRequest, report: MerchantReport) -> str:
    acts.close(report, "withdrawn")
    return _("The report is taken back.")


def _mail(request: HttpRequest, report: MerchantReport) -> str:
    address = sent(request, "email", 120)
    acts.tell_at(report, address)
    return _("We write to that address when something happens.") if address else _("We write to no address.")


_DOES = {
    "write": _write,
    "mail": _mail,
    "series": _series,
    "agree": _answer,
    "refuse": _answer,
    "take_back": _take_back,
}


def _open_part(report: MerchantReport) -> dict[str, Any]:
    disclosure = share.newest(report)
    return {
        "talk": list(report.messages.all()),
        "files": taken_out(report),
        "disclosure": disclosure if disclosure and not disclosure.refused_at else None,
        "agreed": share.agreed(report),
        "markers": markers(report),
        "kinds": choices("series"),
        "accept": ",".join(ACCEPT),
    }
