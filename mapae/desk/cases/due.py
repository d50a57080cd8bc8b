"""Due dates of running clocks in a table, so that lists need not count: what was counted otherwise is counted anew.

A clock's last day follows from its events, the pack and the holidays. `stamp` names the latter two; an event empties the
case's stamp. Whoever reads the table calls `refresh_stale` first. A clock that stands still is never overdue, nor is a
right that lapsed: nobody is late who did not use it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from mapae.desk import clock
from mapae.desk.cases.models import Case, CaseEvent, Counted, Due
from mapae.desk.law import book
from mapae.law import LawBook
from mapae.workflow.clocks import Clock, clock_kinds, clocks, counted_by

__all__ = ["forget", "refresh", "refresh_stale", "rights", "round_of_work", "stale", "stamp", "unknown"]

_BATCH = 500
_STAMP: list[object] = []  # the book last read, and its mark


def stamp() -> str:
    """By what due dates are counted now: the pack's clocks and lengths, and the holidays."""
    law = book()
    if not _STAMP or _STAMP[0] is not law:
        _STAMP[:] = law, counted_by(law)
    return str(_STAMP[1])


def forget(case: Case, kind: str) -> None:
    """After an event: where its kind touches clocks, the case's due dates are no longer known (same transaction)."""
    if kind in _touching():
        Counted.objects.update_or_create(case_id=case.pk, defaults={"stamp": ""})


def unknown(case: Case) -> None:
    """The case's due dates are to be counted anew: it was closed or opened again (same transaction)."""
    Counted.objects.filter(case=case).update(stamp="")


def refresh(case: Case) -> None:
    """Count the case's running clocks and keep their last days, unless they are known."""
    if not Counted.objects.filter(case=case, stamp=stamp()).exists():
        _keep([case.pk], book(), stamp())


def rights() -> frozenset[str]:
    """Clocks that give somebody time to do something; they lapse."""
    return frozenset(key for key, kind in clock_kinds(book()).items() if kind.right)


def _touching() -> frozenset[str]:
    """Kinds of event that start, end or move a clock."""
    ends = {kind for clock in clock_kinds(book()).values() for kind in (clock.starts, clock.stops)}
    return frozenset(ends | {"paused", "resumed", "extended", "document_withdrawn", "notice_withdrawn"})


def stale(limit: int | None = None) -> list[int]:
    """Cases whose due dates are not known or were counted otherwise; without a limit also those never counted."""
    now = stamp()
    older = Counted.objects.filter(stamp__lt=now).values_list("case_id", flat=True)
    newer = Counted.objects.filter(stamp__gt=now).values_list("case_id", flat=True)
    found = [pk for rows in (older, newer) for pk in rows[:limit]]
    if limit is None:  # no action leaves such a case: only what was written past the actions
        found += Case.objects.filter(counted__isnull=True).values_list("pk", flat=True)
    return found


def refresh_stale(limit: int | None = None) -> int:
    """Count anew what must be; how many cases. limit: at most so many of each kind (a page does some, the worker all)."""
    found = stale(limit)
    for batch in _batches(found):
        with transaction.atomic():
            locked = Case.objects.select_for_update().filter(pk__in=batch).values_list("pk", flat=True)
            _keep(list(locked), book(), stamp())
    return len(found)


def round_of_work(now: datetime) -> None:
    """What `mapae desk work` does each round: count anew all that must be, after a holiday, say, or a bulk import."""
    refresh_stale()


def _keep(cases: Sequence[int], law: LawBook, counted: str) -> None:
    rows = [row for case, found in _clocks(cases, law) for row in _rows(case, found)]
    Due.objects.filter(case_id__in=cases).delete()
    Due.objects.bulk_create(rows)
    Counted.objects.bulk_create(
        [Counted(case_id=case, stamp=counted) for case in cases],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["stamp"],
    )


def _clocks(cases: Sequence[int], law: LawBook) -> Iterator[tuple[int, list[Clock]]]:
    """Clocks of each live case that may have some: three queries, whatever the number of cases. Closed ones are in no list of
    due dates; of years of work they are most."""
    from mapae.desk.cases.clocks import wanted
    from mapae.desk.cases.loaded import served_documents

    live = list(Case.objects.filter(pk__in=cases).exclude(state="closed").values_list("pk", flat=True))
    documents = defaultdict(list)
    for case, code, kind in served_documents().filter(case__in=live).values_list("case_id", "code", "kind"):
        documents[case].append((code, kind))
    handed: QuerySet[CaseEvent] = CaseEvent.objects.filter(case__in=live, kind="complaint_handed_over")
    some = {*documents, *handed.values_list("case_id", flat=True)}
    events = defaultdict(list)
    for event in CaseEvent.objects.filter(case__in=some, kind__in=_touching()).order_by("case", "seq"):
        events[event.case_id].append(event.plain())
    today = clock.today()
    for case in sorted(some):
        yield case, clocks(events[case], wanted(events[case], documents[case]), law, today)


def _rows(case: int, found: Iterable[Clock]) -> Iterator[Due]:
    for each in found:
        if each.ended_on is None:
            yield Due(
                case_id=case, key=each.kind.key, ref=each.ref, statutory=each.statutory, whose=each.kind.whose,
                started_on=each.started_on, due=each.due, paused=each.paused,
            )  # fmt: skip


def _batches(found: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(found), _BATCH):
        yield found[at : at + _BATCH]
