"""Operators: who has which duty, who acts for them in Korea, what is missing. List and page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.law import book, said
from mapae.desk.parties.duties import ANSWERS, latest
from mapae.desk.parties.facts import facts_on, kinds, shown, title
from mapae.desk.parties.fitness import breaches_of, eligible, live_on
from mapae.desk.parties.inquiries import figures_of
from mapae.desk.parties.mandates import handed_over
from mapae.desk.parties.models import DutyDecision, Mandate, Operator
from mapae.desk.parties.titles import act_name, options, word
from mapae.desk.scope import operators_for

__all__ = ["mandate_view", "operator", "operators"]


def operators(request: HttpRequest) -> HttpResponse:
    """Every operator with duties and agents today; ?q= narrows by name, domain or agent."""
    today, asked = clock.today(), request.GET.get("q", "").strip()[:60]
    found = operators_for(request.user).prefetch_related("mandates__firm", "duties")
    if asked:
        named = Q(name_ko__icontains=asked) | Q(name_en__icontains=asked) | Q(name_zh__icontains=asked)
        firms = Q(mandates__firm__name_ko__icontains=asked) | Q(mandates__firm__name_en__icontains=asked)
        found = found.filter(named | firms | Q(key__icontains=asked)).distinct()
    context = {
        "rows": [_line(each, today) for each in found[:500]],
        "asked": asked,
        "may": request.user.is_officer,
        "roles": options("roles"),
    }
    return render(request, "desk/officer_operators.html", context)


def operator(request: HttpRequest, key: str) -> HttpResponse:
    """One operator: duties limb by limb, facts with history, mandates, first pages, test inquiries."""
    found = get_object_or_404(operators_for(request.user), key=key)
    today = clock.today()
    facts = facts_on(found, today)
    mandates = [mandate_view(each, today) for each in found.mandates.select_related("firm", "replaces")]
    context = {
        "operator": found,
        "role": word("roles", found.role),
        "duties": [_duty(each) for each in latest(found).values()],
        "history": [_duty(each) for each in found.duties.order_by("-decided_at", "-id")[:50]],
        "breaches": breaches_of(found, today),
        "facts": [_fact(each) for each in facts.values()],
        "older": [_fact(each) for each in found.facts.all() if facts.get(each.name) != each],
        "kinds": [(name, title(name)) for name in kinds()],
        "mandates": mandates,
        "live": [each for each in mandates if each["live"]],
        "open_items": handed_over(found),
        "checks": found.publication_checks.select_related("mandate__firm")[:20],
        "inquiries": [_inquiry(each) for each in found.inquiries.select_related("mandate__firm")[:30]],
        "inquiry_figures": figures_of(found),
        "channels": options("channels"),
        "outcomes": options("outcomes"),
        "may": request.user.is_officer,
        "today": today.isoformat(),
    }
    return render(request, "desk/officer_operator.html", context)


def mandate_view(mandate: Mandate, today: date) -> dict[str, Any]:
    """A mandate with its law, tasks, and whether the agent may be one."""
    fit, reasons = eligible(mandate, today)
    return {
        "mandate": mandate,
        "regime": word("regimes", mandate.regime),
        "scope": [word("scopes", each) for each in mandate.scope],
        "kind": word("kinds", mandate.firm.kind),
        "live": mandate.live(today),
        "fit": fit,
        "fit_word": word("words", fit),
        "reasons": reasons,
    }


def _line(found: Operator, today: date) -> dict[str, Any]:
    duties: dict[str, DutyDecision] = {}
    for each in sorted(found.duties.all(), key=lambda row: (row.decided_at, row.pk)):
        duties[each.regime] = each
    return {
        "operator": found,
        "duties": [
            (regime, each.answer, said(ANSWERS[each.answer])) for regime, each in sorted(duties.items())
        ],
        "agents": live_on(found, today),
    }


def _duty(decision: DutyDecision) -> dict[str, Any]:
    limbs = [
        {
            **limb,
            "title": _criterion(limb["fact"]),
            "shown": _told(limb["fact"], limb["value"]),
            "line": "" if limb["threshold"] is None else shown(limb["fact"], limb["threshold"]),
            "word": word("words", limb["met"]),
        }
        for limb in decision.limbs
    ]
    return {
        "decision": decision,
        "regime": act_name(decision.regime),
        "answer": said(ANSWERS.get(decision.answer, {"en": decision.answer})),
        "limbs": limbs,
        "begins": _begins(decision) if decision.answer == "not_in_force" else None,
        "lacking": [limb["title"] for limb in limbs if limb["met"] == "unknown" and limb["value"] is None],
    }


def _begins(decision: DutyDecision) -> date | None:
    """The day the article comes into force."""
    coming = [each.valid_from for each in book().find(decision.article).versions]
    return next((day for day in sorted(coming) if day > decision.as_of), None)


def _criterion(name: str) -> str:
    """The fact as a criterion: what counts is to have no address in Korea."""
    return _("No address or place of business in Korea") if name == "korean_address" else title(name)


def _told(name: str, value: Any) -> str:
    if name == "korean_address" and value is not None:
        return _("has one") if value else _("has none")
    return shown(name, value)


def _fact(fact: Any) -> dict[str, Any]:
    return {"fact": fact, "title": title(fact.name), "shown": shown(fact.name, fact.value)}


def _inquiry(inquiry: Any) -> dict[str, Any]:
    outcome = word("outcomes", inquiry.outcome) if inquiry.outcome else ""
    return {"inquiry": inquiry, "channel": word("channels", inquiry.channel), "outcome": outcome}
