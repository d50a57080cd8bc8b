"""The page of a complaint for those who work on it: masked text with the spans triage rests on, what is open, its story."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.agent.help_rows import answers_of, outcome
from mapae.desk.audit.models import record
from mapae.desk.bodies.models import Body
from mapae.desk.cases.models import Case
from mapae.desk.cases.titles import MATTERS
from mapae.desk.helpline.actions import allowed
from mapae.desk.helpline.actions.refer import reason_for
from mapae.desk.helpline.advice import advice, title
from mapae.desk.helpline.desk_due import standing
from mapae.desk.helpline.desk_queue import CHANNELS
from mapae.desk.helpline.desk_same import same_as
from mapae.desk.helpline.desk_scope import complaints_for
from mapae.desk.helpline.desk_story import story
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.proposals import accepted_by
from mapae.desk.helpline.share import agreed, current
from mapae.desk.law import book, said
from mapae.desk.scope import cases_for, operators_for
from mapae.desk.uploads import download
from mapae.workflow.clocks import Clock
from mapae.workflow.complaint_status import complaint_clocks
from mapae.workflow.complaints import complaint_outcomes, complaint_verbs, referral_for, who_titles

__all__ = ["complaint_file", "complaint_or_404", "complaint_page", "complaint_personal"]

_ELSEWHERE = ("join_collective", "ask")  # done on pages of their own
_ALWAYS = ("correct", "attach", "assign", "note", "take_back", "close")  # shown behind what moves it on


@require_safe
def complaint_page(request: HttpRequest, number: str) -> HttpResponse:
    """The complaint without what names its consumer."""
    return _page(request, complaint_or_404(request.user, number), personal=False)


@require_POST
def complaint_personal(request: HttpRequest, number: str) -> HttpResponse:
    """The same with personal data in full, for persons cleared for it; each look is an entry of the audit log."""
    found = complaint_or_404(request.user, number)
    if not request.user.cleared:
        raise PermissionDenied
    record(request.user, "read_personal", f"complaint:{found.pk}")
    return _page(request, found, personal=True)


@require_safe
def complaint_file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A file of the complaint; files may name persons, so a look is noted."""
    found = complaint_or_404(request.user, number)
    row = found.files.select_related("file").filter(file_id=pk).first()
    if row is None:
        raise Http404
    record(request.user, "read_personal", f"complaint:{found.pk}", file=pk)
    return download(row.kept)


def complaint_or_404(user: User, number: str) -> Complaint:
    """The complaint by its number; 404 where it is not the person's to see."""
    related = ("operator", "owner", "body", "case", "collective", "duplicate_of")
    found: Complaint = get_object_or_404(complaints_for(user).select_related(*related), number=number)
    return found


def _page(request: HttpRequest, complaint: Complaint, *, personal: bool) -> HttpResponse:
    user = request.user
    officer, status = user.role == "officer", standing(complaint)
    context = {
        "complaint": complaint,
        "personal": personal,
        "shown": complaint.text if personal else complaint.gist,
        "channel": said(CHANNELS[complaint.channel]),
        "status": status,
        "who": said(who_titles(book(), to_consumer=False)[status.who]),
        "outcome": outcome(complaint),
        **_triage(complaint),
        "clocks": _clocks(complaint),
        "share": current(complaint),
        "agreed": agreed(complaint),
        "answers": answers_of(complaint) if officer else [],
        "files": [row.kept for row in complaint.files.select_related("file")] if officer else [],
        "corrections": list(complaint.corrections.select_related("by")),
        "same": [_same(row) for row in same_as(complaint, complaints_for(user))] if officer else [],
        "duplicates": list(complaint.duplicates.order_by("pk")[:50]),
        "story": story(complaint, words=officer),
        "cleared": user.cleared and officer,
        **(_doing(user, complaint) if officer else {"may": []}),
    }
    return render(request, "desk/officer_help.html", context)


def _triage(complaint: Complaint) -> dict[str, Any]:
    """What holds now, and what the engine rested it on: outcomes first, then places in the text."""
    outcomes = [row for row in complaint.reasons if not row.get("end")]
    seen = [
        {**row, "shown": complaint.gist[row["start"] : row["end"]]}
        for row in complaint.reasons
        if row.get("end")
    ]
    steps = next((row["detail"] for row in outcomes if str(row["matched"]).startswith("right:")), "")
    responsible = advice("responsible").get(complaint.responsible)
    return {
        "category": title("categories", complaint.category) if complaint.category else "",
        "responsible": title("responsible", complaint.responsible) if complaint.responsible else "",
        "why": said(responsible["why"]) if responsible else "",
        "right": title("rights", complaint.right) if complaint.right else "",
        "remedy": title("remedies", complaint.remedy) if complaint.remedy else "",
        "percent": round(100 * complaint.confidence),
        "steps": steps.split("; ") if complaint.last_day and steps else [],
        "seen": seen,
    }


def _clocks(complaint: Complaint) -> list[dict[str, Any]]:
    found = complaint_clocks([event.plain() for event in complaint.events.all()], book(), clock.today())
    return [{"clock": each, "title": said(each.kind.title), "working": _working(each)} for each in found]


def _working(clock: Clock) -> list[tuple[str, bool]]:
    """Each day looked at in words, and whether it counted."""
    language = "ko" if (get_language() or "ko").startswith("ko") else "en"
    return [(step.text(language), step.counted) for step in clock.deadline.working]


def _same(row: Any) -> dict[str, Any]:
    return {"complaint": row.complaint, "why": row.why, "alike": row.alike}


def _doing(user: User, complaint: Complaint) -> dict[str, Any]:
    """What may be done now, and the choices of the forms."""
    verbs = complaint_verbs(book())
    may = [key for key in allowed(user, complaint) if key not in _ELSEWHERE]
    if complaint.state == "collective" and "propose" in may:
        may.remove("propose")  # told to all of them at once
    named = referral_for(complaint.responsible, complaint.category, book())
    bodies = list(Body.objects.all())
    return {
        "may": [(key, said(verbs[key].title)) for key in sorted(may, key=lambda key: key in _ALWAYS)],
        "categories": [(key, title("categories", key)) for key in advice("categories")],
        "responsibles": [(key, title("responsible", key)) for key in advice("responsible")],
        "rights": [(key, title("rights", key)) for key in advice("rights")],
        "operators": list(operators_for(user)),
        "bodies": bodies,
        "spoken": accepted_by(complaint) if complaint.state == "proposed" else (),
        "named": named.body if named else "",
        "named_why": reason_for(complaint, named.body) if named else "",
        "colleagues": User.objects.filter(role="officer", is_active=True, body_id=user.body_id).order_by(
            "name"
        ),
        "cases": _cases(user, complaint) if "attach" in may else [],
        "offers": [(key, said(name)) for key, name in {**advice("remedies"), **advice("offers")}.items()],
        "matters": [(key, said(name)) for key, name in MATTERS.items()],
        "outcomes": [(key, said(name)) for key, name in complaint_outcomes(book(), chosen=True).items()],
        "today": clock.today(),
    }


def _cases(user: User, complaint: Complaint) -> list[Case]:
    """Live cases of the same operator first."""
    live = cases_for(user).exclude(state="closed")
    return (
        list(live.filter(operator=complaint.operator).order_by("-pk")[:30]) if complaint.operator_id else []
    )
