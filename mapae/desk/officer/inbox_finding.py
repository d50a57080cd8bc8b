"""A finding's page with its evidence in place, and deciding on it there or from its line in the queue."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.desk import clock
from mapae.desk.cases import evidence
from mapae.desk.cases.titles import matter, severity
from mapae.desk.findings.accept import accept, name_operator, open_cases
from mapae.desk.findings.decide import merge, reject, undo
from mapae.desk.findings.models import FINDING_STATES, REASONS, Finding
from mapae.desk.findings.reference import cited, reference_of
from mapae.desk.findings.settled import settled_by
from mapae.desk.findings.show import PICTURES, facts, field_word, pictures, reasons, rows, texts
from mapae.desk.findings.subjects import record_of
from mapae.desk.law import said
from mapae.desk.numbers import wholes
from mapae.desk.officer.inbox import back_to, came_from, why
from mapae.desk.parties.models import Operator
from mapae.desk.scope import cases_for
from mapae.errors import MapaeError

__all__ = ["finding_page", "finding_picture", "finding_verb"]

_OTHERS = 20


@require_safe
def finding_page(request: HttpRequest, number: int) -> HttpResponse:
    """All that is known of a finding, and what can be decided."""
    finding = get_object_or_404(Finding.objects.select_related("operator", "case", "run"), pk=number)
    return render(request, "desk/officer_finding.html", _context(request, finding))


@require_safe
def finding_picture(request: HttpRequest, number: int, sha256: str) -> HttpResponse:
    """A picture of the item or of what it was held against; only those that the page of the finding shows."""
    finding = get_object_or_404(Finding, pk=number)
    reference = reference_of(finding.reference_id)
    own, other = pictures(finding, record_of(finding), reference.url if reference else "")
    kept = next((each for each in (*own, *other) if each.sha256 == sha256), None)
    if kept is None or kept.media_type not in PICTURES:
        raise Http404
    response = HttpResponse(evidence.read(kept), content_type=kept.media_type)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@require_POST
def finding_verb(request: HttpRequest, number: int, verb: str) -> HttpResponse:
    """Do a verb; answers with the finding's line to htmx, else goes back to where the person was."""
    finding = get_object_or_404(Finding.objects.select_related("operator"), pk=number)
    if verb not in _VERBS:
        raise Http404
    refused = ""
    try:
        text = _VERBS[verb](request, finding)
    except MapaeError as error:
        refused, text = f"{error.what} {error.mend}".strip(), ""
    if request.htmx:
        return _line(request, finding, refused)
    messages.add_message(request, messages.ERROR if refused else messages.SUCCESS, refused or text)
    if "back" in request.POST and verb != "operator" and not refused:
        return back_to(request)
    here = came_from(request)
    return redirect(f"{reverse('finding', args=[number])}?{here.address(after=here.after)}".rstrip("?"))


def _line(request: HttpRequest, finding: Finding, refused: str) -> HttpResponse:
    """The finding's line in the queue as it is now."""
    finding.refresh_from_db()
    context = {
        "row": rows([finding], request.user)[0],
        "tick": came_from(request).state == "new",
        "may_decide": True,
        "why": why(),
        "refused": refused,
        "fresh": True,
        "here": request.POST.get("back", ""),
    }
    return render(request, "desk/officer_inbox_row.html", context)


def _accept(request: HttpRequest, finding: Finding) -> str:
    wanted = request.POST.get("case", "")
    case = cases_for(request.user).filter(number=wanted).first() if wanted not in ("", "new") else None
    if wanted not in ("", "new") and case is None:
        raise Http404
    title = request.POST.get("title", "").strip()
    (taken,) = accept(request.user, [finding], case=case, new=wanted == "new", title=title)
    return _("Accepted into case %(case)s.") % {"case": taken.number}


def _reject(request: HttpRequest, finding: Finding) -> str:
    reason = request.POST.get("reason", "")
    reject(request.user, [finding], reason, request.POST.get("note", ""))
    return _("Rejected: %(reason)s.") % {"reason": said(REASONS[reason])}


def _merge(request: HttpRequest, finding: Finding) -> str:
    numbers = wholes(request.POST.getlist("ids"))
    others = list(Finding.objects.filter(pk__in=numbers))
    merge(request.user, finding, others)
    return _("Findings merged into this one: %(number)s.") % {"number": len(others)}


def _undo(request: HttpRequest, finding: Finding) -> str:
    standing = finding.decisions.filter(undone_at__isnull=True).first()
    if standing is None:
        raise MapaeError(_("There is no decision to undo."))
    undo(request.user, standing)
    return _("Undone; the finding is new again.")


def _operator(request: HttpRequest, finding: Finding) -> str:
    operator = get_object_or_404(Operator, key=request.POST.get("operator", ""))
    named = name_operator(request.user, finding, operator)
    return _("Findings that are of %(operator)s now: %(number)s.") % {"number": named, "operator": operator}


_VERBS: dict[str, Callable[[HttpRequest, Finding], str]] = {
    "accept": _accept,
    "reject": _reject,
    "merge": _merge,
    "undo": _undo,
    "operator": _operator,
}


def _context(request: HttpRequest, finding: Finding) -> dict[str, object]:
    record, reference = record_of(finding), reference_of(finding.reference_id)
    own, other = pictures(finding, record, reference.url if reference else "")
    visible = finding.case is not None and cases_for(request.user).filter(pk=finding.case_id).exists()
    beside = Finding.objects.filter(subject_id=finding.subject_id, platform=finding.platform)
    law = cited(finding, clock.today())
    officer = request.user.is_officer
    cases = open_cases(request.user, finding) if officer and finding.state == "new" else []
    return {
        "finding": finding,
        "state": said(FINDING_STATES[finding.state]),
        "matter": matter(finding.measure),
        "severity": severity(finding.severity),
        "score": round(100 * finding.score),
        "url": finding.subject_url if finding.subject_url.startswith(("http://", "https://")) else "",
        "texts": texts(finding, record),
        "facts": facts(finding, record, personal=officer),
        "whole": set(record) - {"title", "headline", "text"},
        "language": record.get("language") or "",
        "reasons": reasons(finding),
        "law": law,
        "reference": reference,
        "reference_facts": [(_fact(name), value) for name, value in reference.facts.items()]
        if reference
        else [],
        "own_pictures": own,
        "other_pictures": other,
        "beside": rows(list(beside.exclude(pk=finding.pk).order_by("state", "pk")[:_OTHERS])),
        "case": finding.case if visible else None,
        "elsewhere": finding.case is not None and not visible,
        "settled_by": settled_by(finding) if finding.state == "settled" else None,
        "decisions": finding.decisions.select_related("by"),
        "cases": cases,
        "chosen": next((case.number for case in cases if getattr(case, "sure", True)), ""),
        "operators": Operator.objects.all() if finding.operator_id is None else (),
        "why": [(key, said(title)) for key, title in REASONS.items()],
        "may_decide": officer,
        "inbox": reverse("inbox"),
    }


_FACTS: dict[str, dict[str, str]] = {
    "date": {"ko": "날짜", "en": "date"},
    "products": {"ko": "제품", "en": "products"},
    "brands": {"ko": "상표", "en": "brands"},
    "models": {"ko": "모델", "en": "models"},
    "gtins": {"ko": "상품 코드", "en": "GTINs"},
    "scope": {"ko": "대상 범위", "en": "scope"},
    "keywords": {"ko": "특징", "en": "features"},
    "hazard": {"ko": "위해 요인", "en": "hazard"},
    "remedy": {"ko": "조치", "en": "remedy"},
    "sold_at": {"ko": "판매처", "en": "sold at"},
    "countries": {"ko": "제조국", "en": "made in"},
    "name_en": {"ko": "영문 이름", "en": "name in English"},
    "name_ko": {"ko": "한글 이름", "en": "name in Korean"},
    "name_zh": {"ko": "중문 이름", "en": "name in Chinese"},
    "names_en": {"ko": "영문 이름", "en": "names in English"},
    "names_ko": {"ko": "한글 이름", "en": "names in Korean"},
    "names_zh": {"ko": "중문 이름", "en": "names in Chinese"},
    "aliases": {"ko": "다른 이름", "en": "other names"},
    "status": {"ko": "상태", "en": "status"},
    "law": {"ko": "근거", "en": "law"},
    "owner": {"ko": "상표권자", "en": "owner"},
    "sectors": {"ko": "분야", "en": "sectors"},
    "luxury": {"ko": "고가 상표", "en": "luxury"},
    "generic": {"ko": "일반 단어이기도 함", "en": "also a common word"},
    "recorded_at_customs": {"ko": "세관 신고 상표", "en": "recorded at customs"},
}


def _fact(name: str) -> str:
    return said(_FACTS[name]) if name in _FACTS else field_word(name)
