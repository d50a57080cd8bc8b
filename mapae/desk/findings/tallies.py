"""Counts of findings for the queues, read from what the database's triggers keep; never counted row by row for a page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Sum

from mapae.desk import clock
from mapae.desk.findings.models import DecisionTally, Finding, SellerRank, Tally

__all__ = ["counts", "know_the_table", "put_together", "rank_sellers", "round_of_work"]

_FOLD = """
WITH gone AS (DELETE FROM {table} RETURNING {keys}, n)
INSERT INTO {table} ({keys}, n) SELECT {keys}, sum(n) FROM gone GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0
"""
_KEYS: dict[type[Tally] | type[DecisionTally], str] = {
    Tally: "state, shadow, measure, severity, operator",
    DecisionTally: "measure, check_key, verdict, reason, bulk",
}
_LONG = 2_000  # rows from which they are put together
_RANKED = 200


def counts(by: str, **where: Any) -> dict[Any, int]:
    """How many findings there are by `state`, `measure`, `severity`, `operator` or `shadow`, of those that fit `where`."""
    rows = Tally.objects.filter(**where).values_list(by).annotate(total=Sum("n")).order_by()
    return {key: total for key, total in rows if total}


def put_together(*, at_least: int = _LONG) -> None:
    """Add up rows of the same key (PostgreSQL keeps differences), once there are many."""
    if connection.vendor != "postgresql":
        return
    for model, keys in _KEYS.items():
        if model.objects.count() >= at_least:
            with connection.cursor() as cursor:
                cursor.execute(_FOLD.format(table=model._meta.db_table, keys=keys))


def round_of_work(now: datetime) -> None:
    """What `mapae desk work` does each round: put counts together once their rows are many."""
    put_together()


def know_the_table() -> None:
    """Let the database look at the table anew, so that it chooses the right index for each queue."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 2000")
        cursor.execute("ANALYZE findings_finding")


def rank_sellers() -> None:
    """Count the sellers with the most open findings anew."""
    rows = (
        Finding.objects.filter(state="new", shadow=False)
        .exclude(seller_id="")
        .values("operator_id", "seller_id")
        .annotate(n=Count("id"))
        .order_by("-n", "seller_id")[:_RANKED]
    )
    at = clock.now()
    with transaction.atomic():
        SellerRank.objects.all().delete()
        SellerRank.objects.bulk_create(SellerRank(counted_at=at, **row) for row in rows)
