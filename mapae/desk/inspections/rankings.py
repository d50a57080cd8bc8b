"""Brings rankings of consignments in, keeps what their inspection gave, and hands the results back to training."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from mapae.app.consignments import SELECTED
from mapae.app.manifest import read_manifest
from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.actions import Refused
from mapae.desk.findings.rows import cleaned
from mapae.desk.inspections.models import RESULTS, WAYS, RankedLine, Ranking
from mapae.errors import InputError
from mapae.report.safe import safe_cell
from mapae.sources.files import sha256_of

__all__ = ["import_ranking", "is_ranking", "keep_result", "results_csv", "tallied"]

_AT_ONCE = 5_000
_LABELS = {
    "clean": (0, 0),
    "fraud": (1, 1),
    "critical": (1, 2),
}  # Fraud, Critical Fraud, as customs writes them
_FOUND = ("fraud", "critical")
_LEFT_OUT = ("extra", "recipient_")  # columns that no model learns from, those on persons first


def is_ranking(folder: Path) -> bool:
    """Whether a folder holds a ranking rather than findings."""
    return (folder / "ranking.parquet").is_file() and not (folder / "findings.parquet").is_file()


def import_ranking(folder: Path) -> Ranking:
    """Bring the lines to inspect in, once for each ranking file, all or nothing. InputError where it is no ranking."""
    file = folder / "ranking.parquet"
    try:
        manifest, table = read_manifest(folder), pq.read_table(file)
        chosen = table.filter(table["selected"]).to_pylist()
        kept = _records(folder / SELECTED)
    except (OSError, ValueError, KeyError, pa.ArrowException) as error:
        raise InputError(
            f"this is no finished ranking: {error}",
            where=str(folder),
            mend="name a folder that mapae screen --model wrote with --out",
        ) from error
    with transaction.atomic():
        about = {"path": str(folder)[-500:], "manifest": cleaned(manifest), "lines": table.num_rows}
        made, new = Ranking.objects.get_or_create(
            digest=sha256_of(file), defaults={**about, "imported_at": clock.now()}
        )
        if new:
            rows = (_line(made, row, record_of) for row, record_of in zip(chosen, kept, strict=False))
            while part := list(islice(rows, _AT_ONCE)):
                RankedLine.objects.bulk_create(part)
            record("import", "import_ranking", f"ranking:{made.pk}", lines=len(chosen))
    return made


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of the lines to inspect in the order of the ranking; empty ones where an older ranking kept none."""
    if path.is_file():
        for batch in pq.ParquetFile(path).iter_batches(_AT_ONCE):
            yield from batch.to_pylist()
    while True:
        yield {}


def _line(ranking: Ranking, row: dict[str, Any], kept: dict[str, Any]) -> RankedLine:
    known = {
        name: cleaned(value[:2_000] if isinstance(value, str) else value)
        for name, value in kept.items()
        if value not in (None, "") and not name.startswith(_LEFT_OUT)
    }
    return RankedLine(
        ranking=ranking, consignment_id=cleaned(str(row["consignment_id"] or ""))[:200], place=row["rank"],
        score=row["score"], critical=row["critical_score"], way=row["selected_by"] or "",
        reasons=cleaned(list(row["reasons"] or ())), record=known,
    )  # fmt: skip


def keep_result(user: User, line: RankedLine, result: str) -> None:
    """Keep what the inspection gave; an empty result takes it back. Refused for other words and other persons."""
    if not user.is_officer:
        raise Refused(_("Only an officer keeps results of inspections."), where=str(user))
    if result not in ("", *RESULTS):
        raise Refused(_("Choose what the inspection gave."), where=line.consignment_id)
    with transaction.atomic():
        held = RankedLine.objects.select_for_update().get(pk=line.pk)
        held.result, held.by, held.at = result, user if result else None, clock.now() if result else None
        held.save(update_fields=["result", "by", "at"])
        record(user, "inspection_result", f"line:{held.pk}", result=result or "none", way=held.way)


def results_csv(ranking: Ranking) -> bytes:
    """Lines with a result as `mapae train consignments FILE --update` reads them: the record, Fraud, Critical Fraud."""
    lines = list(ranking.selected.exclude(result="").order_by("place"))
    names = list(dict.fromkeys(name for line in lines for name in line.record if name != "consignment_id"))
    text = io.StringIO()
    write = csv.writer(text)
    write.writerow(["consignment_id", *names, "Fraud", "Critical Fraud"])
    for line in lines:
        cells = [line.record.get(name, "") for name in names]
        write.writerow([line.consignment_id, *map(safe_cell, cells), *_LABELS[line.result]])
    return text.getvalue().encode("utf-8-sig")


def tallied(ranking: Ranking) -> list[dict[str, Any]]:
    """By way of selection: lines, lines with a result, of these found, and the share found (None without results)."""
    counted = ranking.selected.values("way").annotate(
        lines=Count("pk"),
        known=Count("pk", filter=~Q(result="")),
        found=Count("pk", filter=Q(result__in=_FOUND)),
    )
    return [
        {**row, "share": row["found"] / row["known"] if row["known"] else None}
        for row in sorted(counted, key=lambda row: [*WAYS, row["way"]].index(row["way"]))
    ]
