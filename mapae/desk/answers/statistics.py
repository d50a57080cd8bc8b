"""How a firm answers for an operator: in time, how fast, and how its contests fare."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.utils import timezone

from mapae.desk.answers.figures import Share
from mapae.desk.answers.models import Contest, ItemAnswer
from mapae.desk.cases.clocks import wanted
from mapae.desk.cases.models import CaseEvent
from mapae.desk.documents.models import Document
from mapae.desk.law import book
from mapae.desk.parties.models import Mandate, Operator
from mapae.workflow.clocks import Clock, clocks

__all__ = ["Statistics", "statistics_of"]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of one firm for one operator, since its mandate began. in_time: periods of law kept, of those ended or run out;
    targets: the same of our own targets; days: median calendar days from service to the first answer of an item; items:
    answered of asked; contests: accepted of decided."""

    operator: Operator
    documents: int
    in_time: Share
    targets: Share
    days: float | None
    items: Share
    contests: Share


def statistics_of(mandate: Mandate, today: date) -> Statistics:
    """The figures of the mandate's firm; what was served before the mandate began counts from the day it began."""
    documents = list(
        Document.objects.filter(case__operator=mandate.operator, served_at__isnull=False)
        .filter(served_at__date__gte=mandate.starts_on)
        .exclude(state="withdrawn")
        .prefetch_related("items")
    )
    ended = [each for each in _clocks(documents, today) if each.state != "running"]
    contests = Contest.objects.filter(
        firm=mandate.firm, source="agent", item__case__operator=mandate.operator
    )
    verdicts = list(contests.exclude(verdict="").values_list("verdict", flat=True))
    asked, took = _first_answers(documents, mandate)
    return Statistics(
        operator=mandate.operator,
        documents=len(documents),
        in_time=_kept([each for each in ended if each.statutory and not each.kind.right]),
        targets=_kept([each for each in ended if not each.statutory]),
        days=float(median(took)) if took else None,
        items=Share(len(took), asked),
        contests=Share(verdicts.count("accepted"), len(verdicts)),
    )


def _kept(found: list[Clock]) -> Share:
    return Share(sum(each.state == "done_in_time" for each in found), len(found))


def _clocks(documents: list[Document], today: date) -> list[Clock]:
    """Clocks of the operator that these documents started; two queries for all."""
    by_case = defaultdict(list)
    for document in documents:
        by_case[document.case_id].append((document.code, document.kind))
    events = defaultdict(list)
    for event in CaseEvent.objects.filter(case__in=by_case).order_by("case_id", "seq"):
        events[event.case_id].append(event.plain())
    found: list[Clock] = []
    for case, pairs in by_case.items():
        refs = wanted((), pairs)
        found += [each for each in clocks(events[case], refs, book(), today) if each.kind.whose == "operator"]
    return found


def _first_answers(documents: list[Document], mandate: Mandate) -> tuple[int, list[int]]:
    """(items asked about, days to the first answer of each that has one)."""
    first: dict[tuple[int, str], date] = {}
    told = ItemAnswer.objects.filter(firm=mandate.firm, ref__in=[each.code for each in documents])
    for item, ref, at in told.exclude(kind="time").order_by("at").values_list("item_id", "ref", "at"):
        first.setdefault((item, ref), timezone.localtime(at).date())
    asked, took = 0, []
    for document in documents:
        assert document.served_at is not None
        served = timezone.localtime(document.served_at).date()
        for item in document.items.all():
            asked += 1
            if (day := first.get((item.pk, document.code))) is not None:
                took.append((day - served).days)
    return asked, took
