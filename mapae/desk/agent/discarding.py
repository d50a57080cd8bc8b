"""Drafts thrown away, and taken back: the last one is remembered for as long as its writer stays signed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk.agent.forms import told
from mapae.desk.answers.answer import Answer
from mapae.desk.answers.drafts import save_drafts
from mapae.desk.answers.models import DraftAnswer
from mapae.desk.cases.models import Evidence
from mapae.desk.scope import items_for

__all__ = ["discard", "discarded", "take_back"]

_KEY = "discarded_draft"


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is thrown away; the case's page offers to take it back."""
    item = get_object_or_404(items_for(request.user).select_related("case"), pk=pk)
    draft = DraftAnswer.objects.filter(item=item, firm_id=request.user.firm_id).first()
    if draft is not None:
        request.session[_KEY] = {
            "item": item.pk, "case": item.case.number, "kind": draft.kind, "ground": draft.ground, "text": draft.text,
            "removed_at": draft.removed_at.isoformat() if draft.removed_at else "",
            "until": draft.until.isoformat() if draft.until else "",
            "attached": {each.pk: each.name for each in draft.attached},
        }  # fmt: skip
        draft.delete()
    messages.success(request, _("The draft is gone."))
    return redirect("agent-case", number=item.case.number)


@require_POST
@told(lambda: reverse("agent-home"))
def take_back(request: HttpRequest) -> HttpResponse:
    """The draft that was thrown away last is there again."""
    kept = request.session.pop(_KEY, None)
    if kept is None:
        return redirect("agent-home")
    item = get_object_or_404(items_for(request.user).select_related("case"), pk=kept["item"])
    answer = Answer(
        item, kept["kind"], parse_datetime(kept["removed_at"] or ""), kept["ground"], kept["text"],
        parse_date(kept["until"] or ""), _named(kept.get("attached", {})),
    )  # fmt: skip
    save_drafts(request.user, item.case, [answer])
    messages.success(request, _("The draft is there again."))
    return redirect("agent-case", number=item.case.number)


def _named(names: dict[str, str]) -> tuple[Evidence, ...]:
    """The draft's files, called as they were; a session has the numbers of rows as text."""
    found = tuple(Evidence.objects.filter(pk__in=names))
    for each in found:
        each.name = names[str(each.pk)]
    return found


def discarded(request: HttpRequest, number: str) -> bool:
    """Whether a draft of this case can be taken back."""
    return bool(request.session.get(_KEY, {}).get("case") == number)
