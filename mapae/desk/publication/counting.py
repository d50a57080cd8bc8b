"""What counts for the monthly figures, from the desk's own rows: (operator, month, outcome) of every item that counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from mapae.desk.answers.models import ItemAnswer
from mapae.desk.cases.models import CaseEvent
from mapae.desk.documents.models import Document
from mapae.desk.findings.models import Decision, Run
from mapae.desk.findings.operators import operator_finder
from mapae.desk.helpline.models import Complaint, ComplaintEvent
from mapae.desk.publication.cells import Counted
from mapae.desk.verification import counted
from mapae.desk.verification.figures import asked_items

__all__ = ["count"]


def count(until: date) -> Iterator[Counted]:
    """Every item of every figure up to that day; operators and months as they come."""
    for source in (
        _screened,
        _complaints,
        _findings,
        _takedowns,
        _restorations,
        _answers,
        _complaint_answers,
    ):
        yield from source(until)


def _month(day: date) -> str:
    return f"{day.year}-{day.month:02d}"


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _screened(until: date) -> Iterator[Counted]:
    """What screenings read, as it was told when they were imported (mapae.desk.findings.subjects). What came into the inbox
    another way, such as claims of rights holders, read no rows."""
    find = operator_finder()
    for at, manifest in Run.objects.filter(finished_at__isnull=False).values_list("finished_at", "manifest"):
        if "rows_read" in manifest and (day := _day(at)) <= until:
            for platform, n in manifest.get("screened", {}).items():
                if operator := find(platform):
                    yield Counted("screened", operator, _month(day), 1, n)


def _complaints(until: date) -> Iterator[Counted]:
    rows = Complaint.objects.filter(operator__isnull=False, duplicate_of__isnull=True)
    for operator, at in rows.values_list("operator", "received_at").iterator():
        if (day := _day(at)) <= until:
            yield Counted("complaints", operator, _month(day), 1)


def _findings(until: date) -> Iterator[Counted]:
    rows = Decision.objects.filter(
        verdict="accepted", undone_at__isnull=True, finding__operator__isnull=False, finding__shadow=False
    )
    for operator, at in rows.order_by().values_list("finding__operator", "at").iterator():
        if (day := _day(at)) <= until:
            yield Counted("findings", operator, _month(day), 1)


def _takedowns(until: date) -> Iterator[Counted]:
    for operator, item in asked_items():
        if item.served > until:
            continue
        month = _month(item.served)
        yield Counted("takedowns", operator, month, 1)
        for figure, answer in (
            ("removed_5", counted.removed_within(item, 5, until)),
            ("wrongful", counted.wrongful(item)),
        ):
            if answer is not None:
                yield Counted(figure, operator, month, float(answer))


def _restorations(until: date) -> Iterator[Counted]:
    rows = CaseEvent.objects.filter(kind="restored", item__isnull=False)
    for operator, at in rows.order_by().values_list("case__operator", "at").iterator():
        if (day := _day(at)) <= until:
            yield Counted("restorations", operator, _month(day), 1)


def _answers(until: date) -> Iterator[Counted]:
    """From service to the first answer on each item of a document; asking for time is no answer."""
    first: dict[tuple[int, str], date] = {}
    rows = ItemAnswer.objects.exclude(kind="time").exclude(ref="").order_by("at", "id")
    for item, ref, at in rows.values_list("item", "ref", "at").iterator():
        first.setdefault((item, ref), _day(at))
    served = dict(
        Document.objects.filter(served_at__isnull=False).values_list("code", "served_at").iterator()
    )
    operators = dict(Document.objects.filter(code__in=served).values_list("code", "case__operator"))
    for (_, ref), day in first.items():
        if ref in served and day <= until:
            begun = _day(served[ref])
            yield Counted("answer_days", operators[ref], _month(begun), float((day - begun).days))


def _complaint_answers(until: date) -> Iterator[Counted]:
    """From the first hand-over of a complaint to the first result after it."""
    begun: dict[int, date] = {}
    done: set[int] = set()
    rows = ComplaintEvent.objects.filter(
        kind__in=("complaint_handed_over", "result_told"), complaint__operator__isnull=False
    ).order_by("complaint", "seq")
    for pk, operator, kind, at in rows.values_list(
        "complaint", "complaint__operator", "kind", "at"
    ).iterator():
        day = _day(at)
        if kind == "complaint_handed_over":
            begun.setdefault(pk, day)
        elif pk in begun and pk not in done and day <= until:
            done.add(pk)
            yield Counted("complaint_days", operator, _month(begun[pk]), float((day - begun[pk]).days))
