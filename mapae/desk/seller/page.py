"""The seller's one page: the listing, why it is asked about, what the seller may do, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.agent.answering import why_of
from mapae.desk.agent.forms import answer_cells, fields_for, kept_files, sent
from mapae.desk.answers.answer import read_answer
from mapae.desk.answers.asked import document_of
from mapae.desk.answers.links import MOST_CONTESTS, find_link
from mapae.desk.answers.models import SellerLink
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.titles import FORCES
from mapae.desk.law import book, said
from mapae.errors import MapaeError
from mapae.workflow import document_kinds, item_after

__all__ = ["page"]

A_MINUTE = 40  # calls of one link, or of one guesser, in a minute


def page(request: HttpRequest, token: str) -> HttpResponse:
    """Shown to whoever holds the address; 404 where it is forged, expired or void, 429 where it is called too often."""
    link = find_link(token)
    if _too_often(f"link:{link.pk}" if link else request.META.get("REMOTE_ADDR", "")):
        context = {"heading": _("Too many calls"), "text": _("Please wait a minute and try again.")}
        response = render(request, "desk/plain.html", context, status=429)
        response.headers["Retry-After"] = "60"
        return response
    if link is None:
        raise Http404
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return _page(request, link, token)
    with translation.override(link.language):
        return _page(request, link, token)


def _page(request: HttpRequest, link: SellerLink, token: str) -> HttpResponse:
    if request.method == "POST":
        try:
            _contest(request, link)
        except MapaeError as error:
            messages.error(request, f"{error.what} {error.mend}".strip())
            return _shown(request, link, 422)
        messages.success(request, _("Your objection has arrived. Its outcome will stand on this page."))
        return redirect("seller", token=token)
    if link.opened_at is None:
        SellerLink.objects.filter(pk=link.pk).update(opened_at=clock.now())
    return _shown(request, link, 200)


def _contest(request: HttpRequest, link: SellerLink) -> None:
    if link.contests.count() >= MOST_CONTESTS:
        raise Refused(_("This address has been used for %(most)s objections.") % {"most": MOST_CONTESTS})
    answer, wrong = read_answer(link.item, {**answer_cells(request), "kind": "contest"}, clock.now())
    if wrong:
        raise Refused(" ".join(wrong))
    answer, _wrong = read_answer(
        link.item, {**answer_cells(request), "kind": "contest"}, clock.now(), kept_files(request)
    )
    contact = sent(request, "contact", 300)
    run("contest", None, link.item.case, answers=[answer], link=link, contact=contact)


def _shown(request: HttpRequest, link: SellerLink, status: int) -> HttpResponse:
    item = link.item
    document = document_of(item)
    kind = document_kinds(book())[document.kind] if document else None
    contests = list(link.contests.all())
    open_still = item.state == "contested" or item_after(item.state, "contested") is not None
    context = {
        "item": item,
        "document": document,
        "kind": kind,
        "force": said(FORCES[kind.force]) if kind else "",
        "body": document.body if document else item.case.lead,
        "contests": contests,
        "may_contest": document is not None and open_still and len(contests) < MOST_CONTESTS,
        "expires_at": link.expires_at,
        "contact": sent(request, "contact", 300) if status == 422 else "",
        **why_of(item, translation.get_language() or "en"),
        **fields_for(answer_cells(request) if status == 422 else {}),
    }
    response = render(request, "desk/seller_page.html", context, status=status)
    response.headers["Referrer-Policy"] = (
        "same-origin"  # not "no-referrer": browsers would send forms with Origin: null
    )
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response


def _too_often(caller: str) -> bool:
    """Counted by link; by the network address where the link is none."""
    key = f"seller:{caller}"
    cache.add(key, 0, 60)
    try:
        return bool(cache.incr(key) > A_MINUTE)
    except ValueError:  # it ended between the two calls
        return False
