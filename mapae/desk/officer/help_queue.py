"""The helpline's queue: complaints by queue, filters and search in Korean."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from mapae.desk import clock
from mapae.desk.audit.models import record
from mapae.desk.cases.grams import squeeze, words
from mapae.desk.helpline.advice import advice, title
from mapae.desk.helpline.desk_queue import CHANNELS, QUEUES, Filters, counts, page
from mapae.desk.helpline.models import Complaint
from mapae.desk.law import book, said
from mapae.desk.scope import operators_for
from mapae.workflow.complaints import complaint_states, who_titles

__all__ = ["complaints"]


@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """A page of a queue. A search is noted in the audit log, its words as a keyed digest."""
    chosen, filters = request.GET.get("queue", ""), Filters.read(request.GET)
    if chosen not in QUEUES:
        chosen = "open" if filters.narrow or request.user.role == "auditor" else "new"
    found = page(request.user, chosen, filters, request.GET.get("after", "")[:40])
    if filters.words:
        digest = salted_hmac("mapae.desk.search", squeeze(filters.words)).hexdigest()[:32]
        record(request.user, "searched", "complaints", digest=digest, hits=len(found.complaints))
    numbers = {} if filters.narrow else counts(request.user)
    context = {
        "queues": [(key, said(name), numbers.get(key, "")) for key, name in QUEUES.items()],
        "chosen": chosen,
        "title": said(QUEUES[chosen]),
        "filters": filters,
        "rows": [_row(each) for each in found.complaints],
        "short": bool(filters.words) and not words(filters.words),
        "next": _with(request, queue=chosen, after=found.after) if found.after else "",
        "first": _with(request, queue=chosen, after="") if request.GET.get("after") else "",
        "officer": request.user.role == "officer",
        **_choices(request),
    }
    return render(request, "desk/officer_help_queue.html", context)


def _choices(request: HttpRequest) -> dict[str, object]:
    return {
        "states": [(key, said(row.title)) for key, row in complaint_states(book()).items()],
        "categories": [(key, title("categories", key)) for key in advice("categories")],
        "responsibles": [(key, title("responsible", key)) for key in advice("responsible")],
        "channels": [(key, said(name)) for key, name in CHANNELS.items()],
        "operators": list(operators_for(request.user)),
    }


def _row(complaint: Complaint) -> dict[str, object]:
    """What a line shows: nothing that names the consumer."""
    due = getattr(complaint, "next_due", None)
    states, who = complaint_states(book()), who_titles(book(), to_consumer=False)
    return {
        "complaint": complaint,
        "state": said(states[complaint.state].title),
        "category": title("categories", complaint.category) if complaint.category else "",
        "responsible": title("responsible", complaint.responsible) if complaint.responsible else "",
        "operator": str(complaint.operator or complaint.operator_told),
        "gist": complaint.gist[:140],
        "who": said(who[due.who]) if due is not None else "",
        "due": due,
        "late": due is not None and due.due is not None and due.due < clock.today(),
    }


def _with(request: HttpRequest, **changed: str) -> str:
    query = {**request.GET.dict(), **changed}
    return "?" + urlencode({key: value for key, value in query.items() if value})
