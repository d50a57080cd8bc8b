"""Counts of reports by platform, matter and month that firms and the public see: small cells kept out, frozen once made."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from mapae.desk.merchants.matters import least, table
from mapae.desk.merchants.models import MerchantCells, MerchantReport
from mapae.measures.market_statistics.suppress import two_way, withhold

__all__ = ["cells", "make_due", "shown"]


def cells(counts: dict[tuple[str, str], int], matters: list[str], least: int) -> list[dict[str, Any]]:
    """A row for each operator and matter, and each total (empty key: all). n None where it is kept out: below `least`,
    nothing too, or one by which such a cell could be told. Operators with fewer have no row: one about whom a merchant
    reported looks like one about whom none did.
    """
    sums: Counter[str] = Counter()
    for (operator, _matter), n in counts.items():
        sums[operator] += n
    shown = sorted(key for key, n in sums.items() if n >= least)
    few = [sum(counts.get((key, matter), 0) for key in sums if key not in shown) for matter in matters]
    table = [*([counts.get((key, matter), 0) for matter in matters] for key in shown), few]
    across, down = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    every = [*(n for row in table for n in row), *across, *down, sum(across)]
    rows, width = len(shown), len(matters)
    others = {*range(rows * width, (rows + 1) * width), (rows + 1) * width + rows}
    whole = (len(every) - 1, tuple(range((rows + 1) * width)))  # what all hidden cells come to
    hidden = withhold(every, (*two_way(rows + 1, width), whole), least, others)
    keys = [
        *((operator, matter) for operator in [*shown, None] for matter in matters),
        *((operator, "") for operator in [*shown, None]), *(("", matter) for matter in matters), ("", ""),
    ]  # fmt: skip
    return [
        {"operator": operator, "matter": matter, "n": None if at in hidden else every[at]}
        for at, (operator, matter) in enumerate(keys)
        if operator is not None
    ]


def make_due(now: datetime) -> None:
    """Freeze every ended month that is not frozen yet, by the worker: later corrections do not change what was shown."""
    today = timezone.localtime(now).date()
    first = MerchantReport.objects.order_by("received_at").values_list("received_at", flat=True).first()
    if first is None:
        return
    known = set(MerchantCells.objects.values_list("month", flat=True))
    for month in _months(timezone.localtime(first).date(), today):
        if month not in known:
            MerchantCells.objects.get_or_create(
                month=month, defaults={"rows": _counted(month), "made_at": now}
            )


def shown() -> list[MerchantCells]:
    """Every frozen month, the newest first."""
    return list(MerchantCells.objects.all())


def _counted(month: str) -> list[dict[str, Any]]:
    year, number = int(month[:4]), int(month[5:])
    rows = MerchantReport.objects.filter(
        received_at__year=year, received_at__month=number, operator__isnull=False
    )
    counts = Counter(rows.values_list("operator__key", "matter"))
    return cells(dict(counts), list(table("matters")), least())


def _months(first: date, today: date) -> list[str]:
    """Months from that of the first day up to the last that has ended."""
    found, number = [], first.year * 12 + first.month - 1
    while number < today.year * 12 + today.month - 1:
        found.append(f"{number // 12}-{number % 12 + 1:02d}")
        number += 1
    return found
