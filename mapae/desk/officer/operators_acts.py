"""What officers do on an operator's page: facts, duties, first pages, test inquiries, new operators."""

from __future__ import annotations

import re

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk import clock
from mapae.desk.agent.forms import told
from mapae.desk.audit.models import record
from mapae.desk.numbers import whole
from mapae.desk.parties.days import day, day_or_none
from mapae.desk.parties.duties import decide
from mapae.desk.parties.facts import add_fact
from mapae.desk.parties.first_page import check_page, page_text, read_upload
from mapae.desk.parties.inquiries import ask, settle
from mapae.desk.parties.models import Operator, PublicationCheck, TestInquiry
from mapae.desk.parties.titles import options, table
from mapae.desk.scope import operators_for
from mapae.errors import InputError

__all__ = ["decide_duties", "first_page", "inquiry", "inquiry_answer", "new", "publication", "record_fact"]


@require_POST
@told(lambda: reverse("operators"))
def new(request: HttpRequest) -> HttpResponse:
    """A new operator; its duties are decided at once, most of them as not known."""
    sent = {
        name: request.POST.get(name, "").strip()[:120]
        for name in ("key", "name_ko", "name_en", "name_zh", "country", "role")
    }
    if not re.fullmatch(r"[a-z0-9-]{2,60}", sent["key"]) or not sent["name_ko"] or not sent["name_en"]:
        raise InputError(_("Give a short name in small letters, and the names in Korean and English."))
    if not re.fullmatch(r"[A-Za-z]{2}", sent["country"]) or sent["role"] not in table("roles"):
        raise InputError(_("Give the country by two letters and choose a role."))
    if Operator.objects.filter(key=sent["key"]).exists():
        raise InputError(_("There is an operator of that short name."))
    sent["country"] = sent["country"].upper()
    with transaction.atomic():
        made = Operator.objects.create(
            **sent, overseas=sent["country"] != "KR", platforms=[sent["name_en"], sent["name_ko"]]
        )
        record(request.user, "operator", f"operator:{made.pk}")
        decide(made, clock.today())
    return redirect("operator", made.key)


@require_POST
@told(lambda key: reverse("operator", args=[key]), typed=("name", "value", "source", "as_of"))
def record_fact(request: HttpRequest, key: str) -> HttpResponse:
    """Add a fact; the duties are decided anew."""
    found = get_object_or_404(operators_for(request.user), key=key)
    sent = request.POST
    add_fact(
        request.user,
        found,
        sent.get("name", ""),
        sent.get("value", ""),
        source=sent.get("source", ""),
        as_of=day(sent.get("as_of", "")),
    )
    messages.success(request, _("Recorded. The duties were decided anew."))
    return redirect("operator", key)


@require_POST
@told(lambda key: reverse("operator", args=[key]))
def decide_duties(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the law again as of today: facts may have stayed while the law changed."""
    found = get_object_or_404(operators_for(request.user), key=key)
    with transaction.atomic():
        decide(found, clock.today())
        record(request.user, "duties", f"operator:{found.pk}")
    messages.success(request, _("The duties were decided as of today."))
    return redirect("operator", key)


@require_POST
@told(lambda key: reverse("operator", args=[key]))
def first_page(request: HttpRequest, key: str) -> HttpResponse:
    """Hold a saved first page against the live mandate."""
    found = get_object_or_404(operators_for(request.user), key=key)
    today = clock.today()
    mandates = found.mandates.filter(pk=_number(request.POST.get("mandate", "")))
    mandate = next((each for each in mandates.select_related("firm") if each.live(today)), None)
    content = read_upload(request.FILES.get("page"), request.POST.get("text", ""))
    language = request.POST.get("language", "")
    check = check_page(
        request.user, found, mandate, content, url=request.POST.get("url", "")[:500], language=language
    )
    return redirect("publication", check.pk)


def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """A first page as it was read: the parts of the contact marked in its text, and what is missing."""
    check = get_object_or_404(
        PublicationCheck.objects.filter(operator__in=operators_for(request.user)).select_related(
            "operator", "mandate__firm", "evidence"
        ),
        pk=pk,
    )
    corporation = bool(check.mandate and check.mandate.firm.representative)
    parts = [
        {"title": title, "found": check.found.get(key), "differs": key in check.differs}
        for key, title in options("parts")
        if key != "representative" or corporation or key in check.found
    ]
    spans = [
        {"field": "page", **{end: part[end] for end in ("start", "end")}} for part in check.found.values()
    ]
    context = {"check": check, "parts": parts, "spans": spans, "text": page_text(check)}
    return render(request, "desk/officer_operator_page.html", context)


@require_POST
@told(lambda key: reverse("operator", args=[key]))
def inquiry(request: HttpRequest, key: str) -> HttpResponse:
    """Record a test inquiry."""
    found = get_object_or_404(operators_for(request.user), key=key)
    sent = request.POST
    ask(
        request.user,
        found,
        channel=sent.get("channel", ""),
        language=sent.get("language", ""),
        about=sent.get("about", ""),
        asked_on=day(sent.get("asked_on", "")),
    )
    messages.success(request, _("Recorded."))
    return redirect(reverse("operator", args=[key]) + "#inquiries")


@require_POST
@told(lambda key, pk: reverse("operator", args=[key]))
def inquiry_answer(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Record what came of a test inquiry."""
    mine = TestInquiry.objects.filter(operator__in=operators_for(request.user), operator__key=key)
    sent = request.POST
    settle(
        request.user,
        get_object_or_404(mine, pk=pk),
        outcome=sent.get("outcome", ""),
        answered_on=day_or_none(sent.get("answered_on", "")),
        note=sent.get("note", ""),
    )
    messages.success(request, _("Recorded."))
    return redirect(reverse("operator", args=[key]) + "#inquiries")


def _number(text: str) -> int:
    return whole(text, 11)
