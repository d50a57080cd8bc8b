"""Agents by mandate: appoint, replace, report, end; consents to electronic service; the firms that act as agents."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk import clock
from mapae.desk.agent.forms import told
from mapae.desk.audit.models import record
from mapae.desk.cases.models import Evidence
from mapae.desk.numbers import whole
from mapae.desk.officer.operators import mandate_view
from mapae.desk.parties.days import day, day_or_none
from mapae.desk.parties.mandates import appoint, consent, end, report, withdraw_consent
from mapae.desk.parties.models import AgentFirm, Mandate
from mapae.desk.parties.titles import options, table, word
from mapae.desk.scope import operators_for
from mapae.desk.uploads import ACCEPT, download, keep_upload
from mapae.errors import InputError

__all__ = ["mandate", "mandate_do", "mandate_file", "mandate_new", "mandate_save"]


def mandate_new(request: HttpRequest, key: str) -> HttpResponse:
    """The form of a new mandate; ?replaces= names the one it takes over from."""
    found = get_object_or_404(operators_for(request.user), key=key)
    today = clock.today()
    context = {
        "operator": found,
        "firms": AgentFirm.objects.order_by("name_ko"),
        "regimes": options("regimes"),
        "scopes": options("scopes"),
        "firm_kinds": options("kinds"),
        "replaceable": [each for each in found.mandates.select_related("firm") if each.live(today)],
        "replaces": request.GET.get("replaces", ""),
        "accept": ",".join(ACCEPT),
        "today": today.isoformat(),
    }
    return render(request, "desk/officer_mandate_new.html", context)


@require_POST
@told(lambda key: reverse("mandate-new", args=[key]))
def mandate_save(request: HttpRequest, key: str) -> HttpResponse:
    """Appoint; with a firm that is new, make it first."""
    found = get_object_or_404(operators_for(request.user), key=key)
    sent = request.POST
    with transaction.atomic():
        made = appoint(
            request.user,
            found,
            _firm(request),
            regime=sent.get("regime", ""),
            starts_on=day(sent.get("starts_on", "")),
            ends_on=day_or_none(sent.get("ends_on", "")),
            scope=sent.getlist("scope"),
            in_writing=bool(sent.get("in_writing")),
            document=_document(request),
            replaces=found.mandates.filter(pk=_number(sent.get("replaces", ""))).first(),
        )
    messages.success(request, _("The mandate is recorded."))
    return redirect("mandate", made.pk)


def mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """One mandate: agent, law, tasks, document, report, publication, consents."""
    found = _mandate(request, pk)
    today = clock.today()
    context = {
        **mandate_view(found, today),
        "operator": found.operator,
        "consents": [
            (each, word("channels", each.channel), each.holds(today))
            for each in found.consents.order_by("-consented_on")
        ],
        "checks": found.publicationcheck_set.all()[:10],
        "accept": ",".join(ACCEPT),
        "may": request.user.is_officer,
        "today": today.isoformat(),
    }
    return render(request, "desk/officer_mandate.html", context)


@require_POST
@told(lambda pk, verb: reverse("mandate", args=[pk]))
def mandate_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """report, end, consent or withdraw."""
    found, sent = _mandate(request, pk), request.POST
    if verb == "report":
        told_on, shown_on = (day_or_none(sent.get(name, "")) for name in ("reported_on", "published_on"))
        report(request.user, found, reported_on=told_on, published_on=shown_on)
    elif verb == "end":
        end(request.user, found, day(sent.get("ends_on", "")))
    elif verb == "consent":
        channel, address, on = sent.get("channel", ""), sent.get("address", ""), day(sent.get("on", ""))
        consent(request.user, found, channel=channel, address=address, on=on, document=_document(request))
    elif verb == "withdraw":
        given = get_object_or_404(found.consents, pk=_number(sent.get("consent", "")), withdrawn_on=None)
        withdraw_consent(request.user, given, clock.today())
    else:
        raise Http404
    messages.success(request, _("Recorded."))
    return redirect("mandate", pk)


def mandate_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The mandate's document."""
    found = _mandate(request, pk)
    if found.document is None:
        raise Http404
    return download(found.document)


def _mandate(request: HttpRequest, pk: int) -> Mandate:
    mine = Mandate.objects.filter(operator__in=operators_for(request.user))
    found: Mandate = get_object_or_404(
        mine.select_related("firm", "operator", "document", "replaces__firm"), pk=pk
    )
    return found


def _firm(request: HttpRequest) -> AgentFirm:
    """The chosen firm, or a new one from the form."""
    sent = request.POST
    if number := _number(sent.get("firm", "")):
        return get_object_or_404(AgentFirm, pk=number)
    names = ("name_ko", "name_en", "representative", "address", "phone", "email")
    new = {name: sent.get(name, "").strip()[:200] for name in names}
    kind = sent.get("kind", "")
    if not all(new[name] for name in ("name_ko", "address", "phone", "email")) or kind not in table("kinds"):
        raise InputError(_("Choose a firm, or give name, address, telephone and e-mail of a new one."))
    try:
        validate_email(new["email"])
    except ValidationError:
        raise InputError(_("That is no e-mail address.")) from None
    limits = {"name_ko": 120, "name_en": 120, "representative": 80, "phone": 40}
    new = {name: value[: limits.get(name, 200)] for name, value in new.items()}
    made: AgentFirm = AgentFirm.objects.create(
        **{**new, "name_en": new["name_en"] or new["name_ko"]}, kind=kind
    )
    record(request.user, "agent_firm", f"firm:{made.pk}", kind=kind)
    return made


def _document(request: HttpRequest) -> Evidence | None:
    sent = request.FILES.get("document")
    return keep_upload(sent, by=request.user) if sent else None


def _number(text: str) -> int:
    return whole(text, 11)
