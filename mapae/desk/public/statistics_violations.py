"""Violations that an authority named: text, ground, notice, opinion, corrections beside it; apart from all figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mapae.desk.cases.models import CaseEvent
from mapae.desk.documents.models import Document

__all__ = ["violations"]

_MOST = 200
_RULE = "APA 40-3"  # facts of a violation are published where an Act says so, after the person concerned was heard


@dataclass(frozen=True, slots=True)
class Named:
    """A violation as published. grounds: the article of the Act that says so, and the rule of procedure; noticed: the day on
    which the prior notice was served; opinion: the day on which one was given (None: none), and what was done with it;
    corrections: day and text."""

    operator: str
    body: str
    day: date
    text: str
    grounds: tuple[str, ...]
    noticed: date | None
    opinion: date | None
    considered: str
    corrections: tuple[tuple[date, str], ...]


@require_safe
def violations(request: HttpRequest) -> HttpResponse:
    """All that were published, the newest first."""
    found = CaseEvent.objects.filter(kind="published").select_related("case__operator", "case__lead")
    return render(
        request,
        "desk/public_violations.html",
        {"rows": [_named(each) for each in found.order_by("-at")[:_MOST]]},
    )


def _named(event: CaseEvent) -> Named:
    corrections = event.case.events.filter(kind="publication_corrected", data__of=event.seq).order_by("seq")
    notices = Document.objects.filter(
        case=event.case, kind="prior_notice", content__intends="publish_violation", served_at__lte=event.at
    )
    served = notices.order_by("-served_at").values_list("served_at", flat=True).first()
    opinion = event.case.events.filter(
        kind="opinion_received", ref__in=notices.values("code"), seq__lt=event.seq
    ).last()
    return Named(
        operator=str(event.case.operator),
        body=str(event.case.lead),
        day=timezone.localtime(event.at).date(),
        text=event.data["text"],
        grounds=tuple(filter(None, (event.data.get("ground"), _RULE))),
        noticed=timezone.localtime(served).date() if served else None,
        opinion=timezone.localtime(opinion.at).date() if opinion else None,
        considered=event.data.get("opinion", ""),
        corrections=tuple((timezone.localtime(each.at).date(), each.data["text"]) for each in corrections),
    )
