"""The case page: the working screen of an officer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import reasons
from mapae.desk.cases.actions.add_evidence import RUNGS
from mapae.desk.cases.actions.close import OUTCOMES
from mapae.desk.cases.actions.publish_violation import grounds, opinion_on
from mapae.desk.cases.clocks import told_clocks
from mapae.desk.cases.follow import left_over
from mapae.desk.cases.loaded import read_whole
from mapae.desk.cases.models import Case, Evidence
from mapae.desk.cases.story import story
from mapae.desk.cases.titles import FORCES, ITEM_KINDS, matter, rung, severity
from mapae.desk.citing import cited, title_of
from mapae.desk.documents.ladder import ladder
from mapae.desk.documents.models import DOCUMENT_STATES
from mapae.desk.law import book, said
from mapae.desk.numbers import whole
from mapae.desk.officer.cases_clocks import clock_views, lawful_reasons, unruled_views
from mapae.desk.officer.cases_items import item_page
from mapae.desk.officer.cases_links import link
from mapae.desk.officer.cases_operator import operator_view
from mapae.desk.scope import cases_for
from mapae.desk.uploads import ACCEPT, download
from mapae.workflow.clocks import Clock
from mapae.workflow.force import document_kinds
from mapae.workflow.states import VERBS

__all__ = ["case_or_404", "case_page", "evidence_file"]

_FORMS = (
    "note",
    "join",
    "assign",
    "hold",
    "resume",
    "transfer",
    "escalate",
    "publish_violation",
    "correct_publication",
    "close",
    "reopen",
)
_CLOCK_VERBS = ("extend", "pause_clock", "resume_clock", "end_clock")
# verbs that have pages of their own: verb → routes by case, the first that exists
_ELSEWHERE = {
    "draft": ("document-new",),
    "verify": ("case-verify", "verify-case"),
    "decide_contest": ("contests",),
}
_EVENTS = 40


@require_safe
def case_page(request: HttpRequest, key: str) -> HttpResponse:
    """Everything of a case, and what the person may do with it now."""
    case = case_or_404(request.user, key)
    read_whole(case)
    user, today = request.user, clock.today()
    documents = _documents(case)
    labels = {each["code"]: each["label"] for each in documents}
    why = reasons(user, case)
    running, without_rule = told_clocks(case, today)
    context = {
        "case": case,
        "matter": matter(case.matter),
        "severity": severity(case.severity),
        "outcome": said(OUTCOMES[case.outcome]) if case.outcome in OUTCOMES else case.outcome,
        "joint": list(case.joint.all()),
        "operator": operator_view(case.operator, today),
        "clocks": clock_views(case, running, labels, today),
        "unruled": unruled_views(without_rule, labels),
        "documents": documents,
        "rungs": _rungs(case, user, why, running),
        "story": story(case, before=_number(request, "before"), most=_EVENTS, notes=user.role == "officer"),
        "left": left_over(case).count() if case.state in ("asked", "answered") else 0,
        "items": item_page(case, _number(request, "items"), people=user.role == "officer"),
    }
    return render(request, "desk/officer_case.html", context | _doing(case, user, why))


@require_safe
def evidence_file(request: HttpRequest, key: str, evidence: int) -> HttpResponse:
    """A kept file of one of the case's items, as an attachment."""
    case = case_or_404(request.user, key)
    found = Evidence.objects.filter(pk=evidence, items__case=case).first()
    if found is None:
        raise Http404
    found.name = found.called()
    return download(found)


def case_or_404(user: User, key: str) -> Case:
    """The case by its number (2026-KFTC-000123), or by its row's number; 404 where it is not the person's to see."""
    found = cases_for(user).select_related("operator", "lead", "owner")
    return get_object_or_404(
        found, **({"pk": int(key)} if key.isdigit() and len(key) < 19 else {"number": key})
    )


def _doing(case: Case, user: User, why: dict[str, str]) -> dict[str, Any]:
    """What can be done, what cannot and why, and the choices of the forms."""
    open_now = {verb for verb, reason in why.items() if not reason}
    bodies = [case.lead, *case.joint.all()]
    return {
        "may": {verb: verb in open_now for verb in VERBS},
        "forms": [verb for verb in _FORMS if verb in open_now],
        "elsewhere": [
            (verb, url) for verb in _ELSEWHERE if verb in open_now and (url := _elsewhere(verb, case))
        ],
        "closed_verbs": [(verb, why[verb]) for verb in (*_FORMS, *_ELSEWHERE) if why[verb]],
        "clock_verbs": any(verb in open_now for verb in _CLOCK_VERBS),
        "pause_reasons": lawful_reasons("pause"),
        "extend_reasons": lawful_reasons("extend"),
        "colleagues": User.objects.filter(role="officer", is_active=True, body__in=bodies).order_by("name"),
        "bodies": type(case.lead).objects.exclude(pk=case.lead_id),
        "outcomes": [(key, said(title)) for key, title in OUTCOMES.items()],
        "item_kinds": [(key, said(title)) for key, title in ITEM_KINDS.items()],
        "rungs_to_add": [(key, rung(key)) for key in RUNGS],
        "accept": ",".join(ACCEPT),
        "publishing": _publishing(case) if "publish_violation" in open_now else None,
    }


def _publishing(case: Case) -> dict[str, Any]:
    """By which articles a violation may be published, what was proposed, whether an opinion was given."""
    proposed, published = (
        case.events.filter(kind=kind).last() for kind in ("publication_proposed", "published")
    )
    waits = proposed is not None and (published is None or published.data != proposed.data)
    return {
        "grounds": [(key, f"{cited(key)} {title_of(key)}") for key in grounds(case)],
        "opinion": opinion_on(case),
        "proposed": proposed.data if proposed and waits else {},
    }


def _elsewhere(verb: str, case: Case) -> str:
    for name in _ELSEWHERE[verb]:
        if url := link(name, case.number) or link(name, case.pk) or link(name):
            return url
    return ""


def _rungs(case: Case, user: User, why: dict[str, str], running: list[Clock]) -> list[dict[str, Any]]:
    """The legal ladder: every kind of document of the matter, weakest first, open or closed with the reason."""
    found, base = [], _elsewhere("draft", case)
    for kind, open_now, reason in ladder(case, user, running):
        found.append(
            {
                "key": kind.key,
                "title": said(kind.title),
                "force": said(FORCES[kind.force]),
                "provision": kind.provision,
                "consequence": said(kind.consequence),
                "approvals": kind.approvals,
                "open": open_now,
                "reason": reason,
                "url": f"{base}?kind={kind.key}" if base and open_now and not why["draft"] else "",
            }
        )
    return found


def _documents(case: Case) -> list[dict[str, Any]]:
    kinds = document_kinds_by_key()
    return [
        {
            "document": each,
            "code": each.code,
            "label": " ".join(filter(None, (kinds[each.kind][0], each.number))),
            "force": kinds[each.kind][1],
            "state": said(DOCUMENT_STATES.get(each.state, {"en": each.state})),
            "services": list(each.services.all()),
            "url": link("document", each.code),
        }
        for each in case.documents.all()
    ]


def document_kinds_by_key() -> dict[str, tuple[str, str]]:
    """Kind of document → (title, force) in words."""
    return {key: (said(kind.title), said(FORCES[kind.force])) for key, kind in document_kinds(book()).items()}


def _number(request: HttpRequest, name: str) -> int:
    value = request.GET.get(name, "")
    return whole(value, 11)
