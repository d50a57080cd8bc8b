"""Answers to items: one on its page, several from the case's list, drafts and their submission."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk import clock
from mapae.desk.agent.forms import answer_cells, fields_for, kept_files, told
from mapae.desk.agent.home import case_of
from mapae.desk.answers.answer import Answer, read_answer
from mapae.desk.answers.asked import OPEN, document_of
from mapae.desk.answers.drafts import drafts_for, save_drafts, submit, submit_drafts
from mapae.desk.answers.links import links_for, token_of
from mapae.desk.answers.models import DraftAnswer
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.rows import reason_of
from mapae.desk.law import book, said
from mapae.desk.scope import items_for
from mapae.errors import MapaeError

__all__ = ["answer_many", "item_page", "submit_all", "why_of"]


def item_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: what was seen and why it is asked about; the answer, as a draft or submitted."""
    item = get_object_or_404(items_for(request.user).select_related("case__operator", "finding"), pk=pk)
    if request.method == "POST":
        try:
            return _answered(request, item)
        except MapaeError as error:
            messages.error(request, f"{error.what} {error.mend}".strip())
            return _item(request, item, answer_cells(request), 422)
    return _item(request, item, {}, 200)


def _answered(request: HttpRequest, item: CaseItem) -> HttpResponse:
    files = kept_files(request)
    draft = drafts_for(request.user, item.case).filter(item=item).first()
    answer, wrong = read_answer(
        item, answer_cells(request), clock.now(), files or (tuple(draft.attached) if draft else ())
    )
    if wrong:
        messages.error(request, " ".join(wrong))
        return _item(request, item, answer_cells(request), 422)
    _take(request, item.case, [answer])
    return redirect("agent-item", pk=item.pk)


@require_POST
@told(lambda number: reverse("agent-case", args=[number]))
def answer_many(request: HttpRequest, number: str) -> HttpResponse:
    """The same answer for the items that are chosen, all or none."""
    case = case_of(request, number)
    chosen = [
        int(value)
        for value in request.POST.getlist("item")
        if value.isascii() and value.isdigit() and len(value) < 19
    ]
    items = list(items_for(request.user).filter(case=case, pk__in=chosen).order_by("pk"))
    if not items:
        messages.error(request, _("Choose at least one item."))
        return redirect("agent-case", number=number)
    files, cells, now = kept_files(request), answer_cells(request), clock.now()
    read = [read_answer(item, cells, now, files) for item in items]
    if wrong := read[0][1]:
        messages.error(request, " ".join(wrong))
    else:
        _take(request, case, [answer for answer, _wrong in read])
    return redirect("agent-case", number=number)


@require_POST
@told(lambda number: reverse("agent-case", args=[number]))
def submit_all(request: HttpRequest, number: str) -> HttpResponse:
    """All drafts of the case are submitted, all or none."""
    count = submit_drafts(request.user, case_of(request, number))
    messages.success(request, _submitted(count))
    return redirect("agent-case", number=number)


def why_of(item: CaseItem, language: str) -> dict[str, object]:
    """Why an item is asked about: the sentence of the letter, and the article with its text on the finding's day."""
    finding = item.finding
    provision = book().provision(finding.provision, finding.as_of) if finding and finding.provision else None
    return {
        "why": reason_of(item, "zh" if language.startswith("zh") else language[:2]),
        "reasons": finding.reasons if finding else [],
        "article": finding.provision if finding else "",
        "article_title": book().pack.provisions[finding.provision].title if finding and provision else {},
        "provision": provision,
        "says": said(provision.value) if provision else "",
        "says_language": "ko" if language.startswith("ko") else "en",  # the pack's summaries are in these two
    }


def _take(request: HttpRequest, case: Case, answers: list[Answer]) -> None:
    if request.POST.get("do") == "submit":
        messages.success(request, _submitted(submit(request.user, case, answers)))
        return
    count = save_drafts(request.user, case, answers)
    messages.success(request, _("Drafts saved: %(count)s.") % {"count": count})


def _submitted(count: int) -> str:
    return _("Answers submitted: %(count)s.") % {"count": count}


def _item(request: HttpRequest, item: CaseItem, values: dict[str, str], status: int) -> HttpResponse:
    user, draft = request.user, drafts_for(request.user, item.case).filter(item=item).first()
    links = [
        {"link": link, "address": request.build_absolute_uri(reverse("seller", args=[token_of(link)]))}
        for link in links_for(user, item)
    ]
    context = {
        "item": item,
        "document": document_of(item),
        "draft": draft,
        "answers": item.answers.filter(firm_id=user.firm_id).select_related("by"),
        "contests": item.contests.all(),
        "waits": item.state in OPEN,
        "can_contest": item.state not in ("withdrawn", "restoring", "restored", "found", ""),
        "submits": user.role == "agent",
        "links": links,
        "at": clock.now(),
        **why_of(item, request.LANGUAGE_CODE),
        **fields_for(values or _values(draft)),
    }
    return render(request, "desk/agent_item.html", context, status=status)


def _values(draft: DraftAnswer | None) -> dict[str, str]:
    if draft is None:
        return {}
    from django.utils import timezone

    moment = timezone.localtime(draft.removed_at).strftime("%Y-%m-%dT%H:%M") if draft.removed_at else ""
    until = draft.until.isoformat() if draft.until else ""
    return {
        "kind": draft.kind,
        "removed_at": moment,
        "ground": draft.ground,
        "text": draft.text,
        "until": until,
    }
