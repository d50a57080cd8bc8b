"""Sheets of inspected documents and apps: every item with its status, the words it rests on, the provision, the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import get_language

from mapae.app.app_sheets import Compared, compared, title_of
from mapae.app.context import make_context
from mapae.app.inspections import inspect
from mapae.desk.findings.models import Finding, Run, Subject
from mapae.desk.findings.show import Said, reasons
from mapae.desk.law import book, said
from mapae.report.inspection import Inspection, inspection_words

__all__ = ["KINDS", "Line", "compared_app", "inspected", "language", "lines", "of_finding", "sheets"]

KINDS = ("policy", "app")
_ORDER = ("item", "cross_border", "clause")
_RUNS = 300  # the newest runs whose documents are listed
LOOKS = {"present": "good", "partial": "warn", "missing": "bad", "not_applicable": ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One item. status: present, partial, missing, not_applicable, or empty where the check gives none; place: the line of
    the text, from 1; 0 where nothing is quoted."""

    finding: Finding
    title: str
    status: str
    said: str
    look: str
    place: int
    reasons: Sequence[Said]


def sheets(kinds: Sequence[str] = KINDS) -> list[Subject]:
    """Documents and apps of the newest runs, newest first, without their texts."""
    runs = [
        run.pk
        for run in Run.objects.order_by("-id").only("manifest")[:_RUNS]
        if run.manifest.get("kind") in kinds
    ]
    return list(
        Subject.objects.filter(run__in=runs)
        .select_related("run")
        .order_by("-run", "subject_id")
        .defer("record")[:300]
    )


def of_finding(finding: Finding) -> Subject | None:
    """The document or app a finding is about, as its run kept it."""
    return Subject.objects.filter(
        run=finding.run_id,
        kind=finding.subject_kind,
        subject_id=finding.subject_id,
        platform=finding.platform,
    ).first()


def lines(subject: Subject) -> list[Line]:
    """The findings on this version of the document, one a check and reference, in the order of the law.

    A finding that came again stays with its first run: of several the one whose words stand in this version counts, the
    newest first.
    """
    found = Finding.objects.filter(
        subject_id=subject.subject_id,
        subject_kind=subject.kind,
        platform=subject.platform,
        run__lte=subject.run_id,
    )
    newest: dict[tuple[str, str, int], Finding] = {}
    for finding in found.select_related("case").order_by("-run", "-pk")[:2_000]:
        if _fits(finding, subject.record):
            key = (finding.check_key, finding.reference_id, _clause(finding))
            newest.setdefault(key, finding)
    ordered = sorted(newest.values(), key=_place)
    return [_line(finding, str(subject.record.get("text") or "")) for finding in ordered]


def inspected(subject: Subject, as_of: date) -> Inspection:
    """The sheet that screening writes, made anew from the kept document by the rules of today and the law of the day."""
    return inspect(subject.record, make_context("kr", as_of, "none"))


def compared_app(subject: Subject, as_of: date) -> list[Compared]:
    """What app, store label and policy each say of a kind of data."""
    return compared(subject.record, make_context("kr", as_of, "none"))


def _fits(finding: Finding, record: Mapping[str, Any]) -> bool:
    """Whether the words of every reason stand where it says."""
    return all(
        str(record.get(reason["field"]) or "")[reason["start"] : reason["end"]] == reason["seen"]
        for reason in finding.reasons
        if reason["end"] > reason["start"]
    )


def _clause(finding: Finding) -> int:
    """Clauses of one type stand several times in a document, everything else once."""
    return int(finding.reasons[0]["start"]) if finding.reference_id.startswith("clause:") else 0


def _place(finding: Finding) -> tuple[int, int, int, str]:
    group, _, name = finding.reference_id.partition(":")
    number = int(name[1:]) if group == "item" and name[1:].isdigit() else 0
    return (
        _ORDER.index(group) if group in _ORDER else len(_ORDER),
        -finding.severity * (group not in _ORDER[:2]),
        number,
        name,
    )


def _line(finding: Finding, text: str) -> Line:
    first = finding.reasons[0] if finding.reasons else {}
    status = str(first.get("matched") or "")
    known = status if status in LOOKS and not finding.reference_id.startswith("clause:") else ""
    at = (
        text.count("\n", 0, first["start"]) + 1
        if text and first.get("seen") and first["field"] == "text"
        else 0
    )
    words = inspection_words()[known] if known else {}
    return Line(
        finding,
        _title(finding),
        known,
        said(words) if known else "",
        LOOKS.get(known, ""),
        at,
        reasons(finding),
    )


def _title(finding: Finding) -> str:
    group, _, name = finding.reference_id.partition(":")
    own = _titles().get(group, {}).get(name)
    if finding.subject_kind == "app":
        own = title_of(finding.reference_id, book().pack)
    return f"{name} {said(own)}" if own and group == "item" else said(own) if own else ""


@cache
def _titles() -> dict[str, dict[str, dict[str, str]]]:
    table = book().pack.data("privacy/evaluation.yaml")
    clauses = book().pack.data("privacy/terms.yaml")["clauses"]
    named = {key: row["name"] for key, row in clauses.items()}
    return {"item": table["items"], "cross_border": table["cross_border"], "clause": named}


def language() -> str:
    """Of the sheets: Korean or English."""
    return "ko" if (get_language() or "ko").startswith("ko") else "en"
