"""Surges of the desk's own complaints, once a day: the check of `mapae screen`; its findings wait, each in a draft case."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db.models import Count
from django.utils import timezone

from mapae.app.screen import Request, screen
from mapae.desk.findings.drafts import draft_cases
from mapae.desk.findings.intake import import_run
from mapae.desk.findings.models import Finding, Run
from mapae.desk.helpline.models import Complaint
from mapae.desk.parties.models import Operator
from mapae.measures.helpline.surges_read import values_of
from mapae.model.records import KINDS

__all__ = ["look_daily"]

_LEAST = 100  # complaints from which a surge can be told from chance at all
_YEARS = 3
_AT_ONCE = 5_000
_CHECK = "helpline.surges"
_WEEK = 7  # days in which complaints are counted for the operator an alert is about
_NAMED = {"seller", "product", "category"}  # columns of a series that a complaint of the desk has


def look_daily(now: datetime) -> None:
    """Look at the complaints up to yesterday, by the worker; a day that was looked at is not looked at again.

    A surge that goes on is the finding it was (its identity does not change), so the inbox holds it once. Every one that
    nobody decided on is put into a draft case of its operator, or of the one that most complaints of the series are about,
    also those that a killed worker left.
    """
    _look(now)
    draft_cases(Finding.objects.filter(check_key=_CHECK, state="new", shadow=False), _concerned)


def _concerned(finding: Finding) -> Operator | None:
    """The operator of an alert, else that of most complaints of its series in the week up to it; None where none is known."""
    if finding.operator is not None:
        return finding.operator
    named = values_of(*(finding.subject_id.split(":", 1) if ":" in finding.subject_id else ("all", "")))
    if not named.keys() <= _NAMED:
        return None
    week = (finding.as_of - timedelta(days=_WEEK - 1), finding.as_of)
    about = Complaint.objects.filter(
        duplicate_of__isnull=True, operator__isnull=False, received_at__date__range=week,
        **{f"{column}__iexact": value for column, value in named.items()},
    )  # fmt: skip
    most = about.values("operator").annotate(n=Count("pk")).order_by("-n", "operator").first()
    return Operator.objects.get(pk=most["operator"]) if most else None


def _look(now: datetime) -> None:
    yesterday = timezone.localtime(now).date() - timedelta(days=1)
    name = f"surges-{yesterday}"
    if Run.objects.filter(path__endswith=name, finished_at__isnull=False).exists():
        return
    since = yesterday - timedelta(days=365 * _YEARS)
    if Complaint.objects.filter(received_at__date__gte=since).count() < _LEAST:
        return
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "complaints.parquet", Path(folder) / name
        _write(source, since, yesterday)
        screen(Request((source,), out, yesterday, "complaint", (_CHECK,), lists="none"))
        import_run(out)


def _write(path: Path, since: date, until: date) -> None:
    """The complaints as records: by number, without persons; `gist` is the text with what names a person masked."""
    schema = KINDS["complaint"].schema
    with pq.ParquetWriter(path, schema) as writer:
        for rows in _batches(since, until):
            writer.write_table(pa.Table.from_pylist(rows, schema))


def _batches(since: date, until: date) -> Iterator[list[dict[str, Any]]]:
    found = Complaint.objects.filter(duplicate_of__isnull=True, received_at__date__range=(since, until))
    rows: list[dict[str, Any]] = []
    for each in found.select_related("operator").order_by("received_at", "pk").iterator(chunk_size=_AT_ONCE):
        rows.append(_record(each))
        if len(rows) == _AT_ONCE:
            yield rows
            rows = []
    yield rows


def _record(each: Complaint) -> dict[str, Any]:
    return {
        "complaint_id": each.number,
        "received_on": timezone.localtime(each.received_at).date().isoformat(),
        "channel": each.channel,
        "language": each.language,
        "operator": each.operator.name_en if each.operator else each.operator_told or None,
        "seller": each.seller or None,
        "product": each.product or None,
        "category": each.category or None,
        "text": each.gist,
    }
