"""Numbers of complaints, reports and rights holders: counted by the year, none twice and none left out."""

from __future__ import annotations

from django.db.models import Model

from mapae.desk import clock

__all__ = ["numbered"]


def numbered(counts: type[Model], letter: str) -> str:
    """The next number of the year, as `2026-H-000123`.

    counts: the model that keeps the last number (`last`) of each `year`; its row is held until the transaction ends.
    """
    year = clock.today().year
    counts.objects.get_or_create(year=year)
    count = counts.objects.select_for_update().get(year=year)
    count.last += 1
    count.save(update_fields=["last"])
    return f"{year}-{letter}-{count.last:06d}"
