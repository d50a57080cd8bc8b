"""The tour: six steps with their live state. Each can be done by hand, or by one button through the same actions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.models import Case
from mapae.desk.documents.ladder import ladder
from mapae.desk.helpline.consumer.opened import opened
from mapae.desk.training import phone
from mapae.desk.training.complaints import withdrawal
from mapae.desk.training.faces import faces
from mapae.desk.training.models import recall
from mapae.desk.training.reading import story
from mapae.desk.training.reset import can_reset
from mapae.desk.training.tour_acts import ACTS, Act
from mapae.desk.training.tour_audit import shown
from mapae.desk.training.tour_case import tour_case
from mapae.desk.training.tour_state import TourState, state_of
from mapae.desk.training.world import person
from mapae.errors import MapaeError

__all__ = ["do", "jiwoo", "tour"]

_HERE = ("alter", "put_back")  # nobody's page alters the log


def tour(request: HttpRequest) -> HttpResponse:
    """The storyboard."""
    case = tour_case()
    if case is None:
        return render(request, "desk/training_empty.html", status=404)
    state = state_of(case)
    return render(request, "desk/training_tour.html", _context(case, state))


@require_POST
def do(request: HttpRequest) -> HttpResponse:
    """Do every act that is still open, up to the one named (`act`) or to the end of a step (`step`)."""
    case = _case_or_404()
    last = _last(request.POST.get("act", ""), request.POST.get("step", ""))
    for act in ACTS[: last + 1]:
        case.refresh_from_db()
        if act.done(state_of(case)):
            continue
        try:
            act.work(case)
        except MapaeError as error:
            messages.error(request, f"{act.title}: {error}")
            break
        messages.success(request, str(act.title))
    return redirect(f"{reverse('tour')}#step-{ACTS[last].step}")


def jiwoo(request: HttpRequest) -> HttpResponse:
    """A consumer's phone: the helpline's own form with her three answers, then her complaint's own page, already open."""
    _case_or_404()
    made = phone.told()
    if made is not None:
        opened(request, made)
        return redirect("help-follow", link=made.link)
    if request.method == "POST":
        return redirect("help-draft", link=phone.form())
    return render(request, "desk/training_jiwoo.html", {"told": story("shop")["jiwoo"]})


def _context(case: Case, state: TourState) -> dict[str, Any]:
    document = state.document
    following = next((act for act in ACTS if not act.done(state)), None)
    items = list(case.items.select_related("finding", "seller").order_by("pk"))
    return {
        "case": case,
        "state": state,
        "steps": {number: _step(number, state, following) for number in range(1, 7)},
        "following": following,
        "sample": recall("sample"),
        "faces": faces(),
        "listings": [item for item in items if item.kind == "listing"],
        "others": [item for item in items if item.kind not in ("listing", "complaint")],
        "complaints": sum(item.kind == "complaint" for item in items),
        "ladder": ladder(case, person("sora")),
        "clocks": [found for found in clocks_of(case) if document and found.ref == document.code],
        "withdrawal": _withdrawal() if state.told else None,
        "can_reset": can_reset(),
        "figures": _address("figures"),
        "audit": _address("audit"),
        "checked": shown(),
    }


def _step(number: int, state: TourState, following: Act | None) -> dict[str, Any]:
    acts = [act for act in ACTS if act.step == number]
    rows = [
        {
            "key": act.key,
            "title": act.title,
            "who": act.who,
            "done": act.done(state),
            "next": act is following,
            "where": _where(act, state),
        }
        for act in acts
    ]
    return {"number": number, "acts": rows, "done": all(row["done"] for row in rows)}


def _where(act: Act, state: TourState) -> str:
    """The page on which a person does the act by hand; empty where this desk has none."""
    case, document = state.case, state.document
    code = document.code if document is not None else "none"
    places: dict[str, tuple[str, list[str]]] = {
        "tell": ("tour-jiwoo", []),
        "attach": ("complaint", [made.number if (made := phone.told()) else "none"]),
        "draft": ("document-new", [case.number]),
        "approve": ("document", [code]),
        "serve": ("document", [code]),
        "remove": ("agent-case", [case.number]),
        "contest": ("agent-case", [case.number]),
        "report": ("agent-case", [case.number]),
        "missed": ("agent-case", [case.number]),
        "accept": ("contests", []),
        "relist": ("training-stall", []),
        "wait": ("overdue", []),
        "audit": ("audit", []),
    }
    if act.key in _HERE:
        return ""
    name, words = places.get(act.key, ("case", [case.number]))
    return _address(name, words) or _address("case", [case.number])


def _address(name: str, words: list[str] | None = None) -> str:
    try:
        return reverse(name, args=words or [])
    except NoReverseMatch:
        return ""


def _last(act: str, step: str) -> int:
    """The place of the last act that is wished for; 404 for none."""
    found = [at for at, row in enumerate(ACTS) if row.key == act or str(row.step) == step]
    if not found:
        raise Http404
    return found[-1]


def _case_or_404() -> Case:
    case = tour_case()
    if case is None:
        raise Http404
    return case


def _withdrawal() -> dict[str, Any]:
    made = phone.told()
    return withdrawal((made.delivered_on if made else None) or story("shop")["jiwoo"]["received"])
