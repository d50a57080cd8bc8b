"""Looks at items by the next feed: a screening run that was imported, with the records it read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db.models import QuerySet

from mapae.desk.cases.models import CaseItem
from mapae.desk.findings.models import Run
from mapae.desk.verification.looks import Look
from mapae.model.records import KINDS
from mapae.text.names.aliases import name_key

__all__ = ["looks_from", "runs_with_records"]

_AT_ONCE = 65_536


def runs_with_records(most: int = 20) -> list[Run]:
    """The newest imported runs whose records are still there."""
    rows: QuerySet[Run] = Run.objects.filter(finished_at__isnull=False).order_by("-started_at")
    return [run for run in rows[: 3 * most] if _records(run).is_file()][:most]


def looks_from(items: Iterable[CaseItem], run: Run, *, whole: bool) -> Iterator[Look]:
    """Items that the feed holds are still up. whole: the feed is all that the platform sells, so what it lacks is removed;
    otherwise absence says nothing, and gives no look. A feed without any record of the platform says nothing either."""
    wanted = list(items)
    present, platforms = _present(run, wanted)
    for item in wanted:
        key = (name_key(item.platform), item.subject_id)
        if key in present:
            yield Look(item.pk, "still_up", "feed", f"in_feed: {run.digest[:16]}")
        elif whole and key[0] in platforms:
            yield Look(item.pk, "removed", "feed", f"not_in_feed: {run.digest[:16]}")


def _present(run: Run, items: Iterable[CaseItem]) -> tuple[set[tuple[str, str]], set[str]]:
    """(platform, id) of the items that the records hold, and all platforms of the records."""
    kind = KINDS[str(run.manifest.get("kind", "listing"))]
    ids = {item.subject_id for item in items if item.kind == kind.name}
    found: set[tuple[str, str]] = set()
    platforms: set[str] = set()
    for batch in pq.ParquetFile(_records(run)).iter_batches(_AT_ONCE, columns=[kind.key, "platform"]):
        platforms |= {name_key(name) for name in pc.unique(batch.column("platform")).to_pylist() if name}
        mask = pc.is_in(batch.column(kind.key), value_set=_array(ids, batch.column(kind.key).type))
        for row in batch.filter(mask).to_pylist():
            found.add((name_key(row["platform"] or ""), str(row[kind.key])))
    return found, platforms


def _array(ids: set[str], kind: pa.DataType) -> pa.Array:
    return pa.array(sorted(ids), kind)


def _records(run: Run) -> Path:
    return Path(run.path) / "records.parquet"
