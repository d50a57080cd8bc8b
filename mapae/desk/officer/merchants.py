"""Reports of merchants for officers: the queue, one report with what identifies marked, files, what was done."""

from __future__ import annotations

import base64
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.law import said
from mapae.desk.merchants import acts, share
from mapae.desk.merchants.identify import kinds, marks
from mapae.desk.merchants.markers import SOURCES, markers
from mapae.desk.merchants.matters import choices, table, title
from mapae.desk.merchants.models import MerchantReport, ReportEvent
from mapae.desk.merchants.scope import UNREAD, reports_for
from mapae.desk.merchants.sentences import sentences
from mapae.desk.merchants.stripping import taken_out
from mapae.desk.numbers import whole
from mapae.desk.parties.models import Operator
from mapae.desk.uploads import attachment
from mapae.report.details import detail_in

__all__ = ["queue", "report_file", "report_or_404", "report_original", "report_page", "report_personal"]

PAGE = 50
# what the list tells as the newest
_TALK = ("wrote", "answered", "series", "platform_replied", "agreed", "refused")
SHOWS = ("received", "joined", "closed")


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Reports of one state, the newest first."""
    show = request.GET.get("show", "received")
    show = show if show in SHOWS else "received"
    after = request.GET.get("after", "")
    found = reports_for(request.user).filter(state=show)
    if below := whole(after):
        found = found.filter(pk__lt=below)
    talk = ReportEvent.objects.filter(report=OuterRef("pk"), kind__in=_TALK).order_by("-seq")
    found = found.annotate(last=Subquery(talk.values("kind")[:1]), series_n=Count("series"))
    rows = list(found.select_related("operator", "case").defer(*UNREAD).order_by("-pk")[: PAGE + 1])
    context = {
        "show": show,
        "shows": [(key, said(acts.STATES[key])) for key in SHOWS],
        "rows": [
            (row, title("matters", row.matter), title("confidence", row.confidence), _news(row))
            for row in rows[:PAGE]
        ],
        "next": rows[PAGE - 1].pk if len(rows) > PAGE else 0,
    }
    return render(request, "desk/officer_merchants.html", context)


def _news(row: Any) -> dict[str, Any]:
    """What happened last that the officer should read, and whether values after the report show something worse."""
    last = row.last if row.last and row.last != "wrote" and row.state != "closed" else ""
    worse = row.series_n and any(each["look"] == "bad" for each in markers(row))
    return {"last": said(sentences()[last]) if last else "", "worse": worse}


@require_safe
def report_page(request: HttpRequest, number: str) -> HttpResponse:
    """One report; its officer reads the words, so that a look is noted."""
    found = report_or_404(request.user, number)
    if request.user.is_officer:
        record(request.user, "read_personal", f"merchant:{found.pk}", words=True)
    return _page(request, found, personal=False)


@require_POST
def report_personal(request: HttpRequest, number: str) -> HttpResponse:
    """The same with name, shop and contact, for persons cleared for it; each look is an entry of the audit log."""
    found = report_or_404(request.user, number)
    if not request.user.cleared:
        raise PermissionDenied
    record(request.user, "read_personal", f"merchant:{found.pk}")
    return _page(request, found, personal=True)


@require_safe
def report_file(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """A file without its metadata, under its number."""
    found = report_or_404(request.user, number)
    row = found.files.filter(place=place).first()
    if row is None:
        raise Http404
    record(request.user, "read_personal", f"merchant:{found.pk}", file=place)
    return attachment(base64.b64decode(row.content), f"{found.number}-{place}{share.ending(row.media_type)}")


@require_POST
def report_original(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """The file as it was sent, for persons cleared for personal data."""
    found = report_or_404(request.user, number)
    if not request.user.cleared or found.body_id != request.user.body_id:
        raise PermissionDenied
    row = found.files.filter(place=place).select_related("original").first()
    if row is None:
        raise Http404
    record(request.user, "read_personal", f"merchant:{found.pk}", file=place, original=True)
    return attachment(base64.b64decode(row.original.content), row.told)


def report_or_404(user: User, number: str) -> MerchantReport:
    """The report by its number; 404 where it is not the person's to see."""
    found: MerchantReport = get_object_or_404(
        reports_for(user).select_related("operator", "body", "case"), number=number
    )
    return found


def _page(request: HttpRequest, report: MerchantReport, *, personal: bool) -> HttpResponse:
    officer = request.user.is_officer
    matter = table("matters")[report.matter]
    context: dict[str, Any] = {
        "report": report,
        "personal": personal,
        "cleared": officer and request.user.cleared and report.body_id == request.user.body_id,
        "officer": officer,
        "matter": said(matter["title"]),
        "provision": matter["provision"],
        "degree": table("confidence")[report.confidence]["title"],
        "state": acts.STATES[report.state],
        "outcome": acts.OUTCOMES.get(report.outcome),
        "story": [
            (each.at, said(sentences()[each.kind]), each.actor)
            for each in report.events.select_related("actor")
        ],
        "shown": report.gist,
    }
    if officer:
        context |= _officers_part(request.user, report)
    return render(request, "desk/officer_merchant.html", context)


def _officers_part(user: User, report: MerchantReport) -> dict[str, Any]:
    found, words = marks(report.text, share.known(report)), kinds()
    disclosure = share.newest(report)
    return {
        "text": report.text,
        "marks": [each.plain(report.text) for each in found],
        "kinds": [said(words[key]) for key in words if any(each.kind == key for each in found)],
        "conducts": _conducts(report),
        "files": taken_out(report),
        "talk": list(report.messages.select_related("by")),
        "markers": markers(report),
        "series": choices("series"),
        "sources": [(key, said(row)) for key, row in SOURCES.items()],
        "cases": acts.open_cases(user, report) if report.case_id is None else [],
        "operators": list(Operator.objects.all()),
        "outcomes": [(key, said(row)) for key, row in acts.OUTCOMES.items() if key != "withdrawn"],
        "disclosure": disclosure,
        "agreed": share.agreed(report),
        "replies": list(disclosure.replies.select_related("by")) if disclosure else [],
        "may_disclose": report.confidence == "disclosed" and report.state == "joined",
        "draft": report.gist,
    }


def _conducts(report: MerchantReport) -> list[dict[str, Any]]:
    """What the screen of complaints found in the text, in the page's language."""
    language = (get_language() or "ko")[:2]
    return [
        {
            "provision": row["provision"],
            "seen": [reason["seen"] for reason in row["reasons"] if reason["end"]],
            "detail": detail_in(row["reasons"][0]["detail"], language),
        }
        for row in report.conducts
    ]
