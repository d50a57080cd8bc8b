"""One item as it was answered: what was said, and what an officer does about it besides deciding objections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk import clock
from mapae.desk.agent.answering import why_of
from mapae.desk.agent.forms import answer_cells, fields_for, kept_files, sent, told
from mapae.desk.answers.answer import read_answer
from mapae.desk.answers.asked import OPEN, document_of
from mapae.desk.answers.withdrawal import SETTLED
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.actions._action import why_not
from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.models import CaseItem
from mapae.desk.law import said
from mapae.desk.numbers import whole
from mapae.desk.scope import items_for
from mapae.workflow import item_after

__all__ = ["heard", "heard_do"]


def heard(request: HttpRequest, pk: int) -> HttpResponse:
    """What the operator and the seller said of the item, and what may be done."""
    item = get_object_or_404(items_for(request.user).select_related("case__operator", "finding"), pk=pk)
    document, user = document_of(item), request.user
    may = {verb: why_not(verb, user, item.case) is None for verb in _WORK}
    clocks = [
        (each.kind.key, said(each.kind.title), each.due, each.statutory)
        for each in clocks_of(item.case)
        if document and each.ref == document.code and each.ended_on is None and each.kind.whose == "operator"
    ]
    context = {
        "item": item,
        "document": document,
        "answers": item.answers.select_related("by", "firm"),
        "contests": item.contests.select_related("decided_by"),
        "links": item.seller_links.select_related("made_by"),
        "clocks": sorted(clocks, key=lambda row: not row[3]) if may["extend"] else [],
        "can_decline": may["decline_time"] and document is not None and item.state == "time_asked",
        "can_contest": may["contest"] and document is not None and item_after(item.state, "contested"),
        "can_answer": may["record_answer"] and document is not None and item.state in OPEN,
        "can_withdraw": may["withdraw_notice"] and document is not None and item.state not in ("", *SETTLED),
        "can_restore": may["request_restoration"] and item.state == "withdrawn",
        "can_confirm": may["verify_restored"] and item.state in ("withdrawn", "restoring"),
        "at": clock.now(),
        **why_of(item, request.LANGUAGE_CODE),
        **fields_for(),
    }
    return render(request, "desk/officer_contest_item.html", context)


@require_POST
@told(lambda pk, verb: reverse("item-heard", args=[pk]))
def heard_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do one of the verbs of this page."""
    item = get_object_or_404(items_for(request.user).select_related("case"), pk=pk)
    if verb not in _WORK:
        raise Http404
    _WORK[verb](request, item)
    messages.success(request, _("Done."))
    return redirect("item-heard", pk=pk)


def _contest(request: HttpRequest, item: CaseItem) -> None:
    """An objection told in person, by phone or by letter."""
    answer, wrong = read_answer(item, {**answer_cells(request), "kind": "contest"}, clock.now())
    if wrong:
        raise Refused(" ".join(wrong))
    answer, _wrong = read_answer(
        item, {**answer_cells(request), "kind": "contest"}, clock.now(), kept_files(request)
    )
    contact = sent(request, "contact")
    run("contest", request.user, item.case, answers=[answer], contact=contact)


def _removed(request: HttpRequest, item: CaseItem) -> None:
    """An answer that came by letter or phone: the item was taken down."""
    answer, wrong = read_answer(item, {**answer_cells(request), "kind": "removed"}, clock.now())
    if wrong:
        raise Refused(" ".join(wrong))
    run("record_answer", request.user, item.case, answers=[answer])


def _extend(request: HttpRequest, item: CaseItem) -> None:
    document = document_of(item)
    days = sent(request, "days")
    run(
        "extend",
        request.user,
        item.case,
        clock=sent(request, "clock"),
        ref=document.code if document else "",
        days=whole(days, 3),
        reason=sent(request, "reason"),
    )


def _decline(request: HttpRequest, item: CaseItem) -> None:
    run("decline_time", request.user, item.case, document=document_of(item), reason=sent(request, "reason"))


def _withdraw(request: HttpRequest, item: CaseItem) -> None:
    run("withdraw_notice", request.user, item.case, item=item, reasons=sent(request, "reasons"))


def _restore(request: HttpRequest, item: CaseItem) -> None:
    run("request_restoration", request.user, item.case, item=item)


def _restored(request: HttpRequest, item: CaseItem) -> None:
    files = kept_files(request)
    detail = sent(request, "detail")
    kept = files[0] if files else None
    run("verify_restored", request.user, item.case, item=item, evidence=kept, detail=detail)


_WORK: dict[str, Callable[[HttpRequest, Any], None]] = {
    "contest": _contest,
    "record_answer": _removed,
    "extend": _extend,
    "decline_time": _decline,
    "withdraw_notice": _withdraw,
    "request_restoration": _restore,
    "verify_restored": _restored,
}
