"""Adds tables of market shares, and judges them by the law of a day as screening does."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.evidence import read
from mapae.desk.law import book
from mapae.desk.markets.models import MarketFile
from mapae.desk.uploads import keep_upload
from mapae.detect.markets.judged import JudgedFirm, JudgedMarket
from mapae.detect.markets.read import Read, read_markets
from mapae.detect.markets.tables import markets_table
from mapae.errors import InputError
from mapae.measures.market_power.consequences import consequences
from mapae.sources import open_source
from mapae.sources.rejects import Reject

__all__ = ["File", "add_file", "files_for", "judged_file"]

_MOST = 2_000  # rows that a page judges; larger tables are for `mapae screen`
_ENDINGS = (".csv", ".jsonl", ".xlsx", ".txt")


@dataclass(frozen=True)
class File:
    """A table as judged: markets, faulty rows, for each firm of a market's last period what may follow.

    lines: the line of each row in the file; unread: cells that could not be read, which count as not known.
    changes: by number of the market the least and greatest change of HHI since the period before, and that period.
    """

    read: Read
    lines: tuple[int, ...]
    unread: tuple[Reject, ...]
    changes: dict[int, tuple[float, float, str]]
    follows: dict[tuple[int, str], list[dict[str, Any]]]

    def of(self, number: int, firm: JudgedFirm) -> list[dict[str, Any]]:
        """What may follow for a firm of the market of that number."""
        return self.follows.get((number, firm.name), [])


@dataclass(frozen=True)
class _Table:
    rows: list[dict[str, Any]]
    lines: tuple[int, ...]
    unread: tuple[Reject, ...]


def files_for(user: User) -> QuerySet[MarketFile]:
    """Tables of the user's own body; auditors see all."""
    rows = MarketFile.objects.select_related("evidence", "added_by", "body")
    return rows if user.role == "auditor" else rows.filter(body=user.body)


def add_file(user: User, upload: UploadedFile, title: str) -> MarketFile:
    """Keep a table. InputError where it is no table of market shares."""
    kept = keep_upload(upload, by=user, rung="stated")
    _table(read(kept), kept.name)
    file, made = MarketFile.objects.get_or_create(
        body=user.body,
        evidence=kept,
        defaults={
            "name": kept.name,
            "title": (title.strip() or kept.name)[:120],
            "added_by": user,
            "added_at": clock.now(),
        },
    )
    if made:
        record(user, "market_file", f"market_file:{file.pk}", sha256=kept.sha256)
    return file


def judged_file(file: MarketFile, as_of: date) -> File:
    """Judge the table anew from its evidence. InputError where it is too large for a page."""
    table = _table(read(file.evidence), file.name)
    found = read_markets(table.rows, book().pack.data("markets/words.yaml"), book(), as_of)
    last: dict[tuple[str, str, str], int] = {}
    for number, one in enumerate(found.judged):
        last[_series(one)] = number
    follows = {
        (number, firm.name): [
            row
            for row in consequences(found.judged[number], firm, book(), as_of)
            if not row["step"].startswith("agreed remedy:")
        ]
        for number in last.values()
        for firm in found.judged[number].firms
        if firm.verdict.answer != "no"
    }
    return File(found, table.lines, table.unread, _changes(found), follows)


def _changes(found: Read) -> dict[int, tuple[float, float, str]]:
    rows = markets_table(found.judged).to_pylist()
    return {
        number: (row["hhi_change_low"], row["hhi_change_high"], row["since"] or "")
        for number, row in enumerate(rows)
        if row["hhi_change_low"] is not None
    }


def _series(judged: JudgedMarket) -> tuple[str, str, str]:
    key = judged.market.key
    return key.market, key.definition, key.basis


def _table(content: bytes, name: str) -> _Table:
    ending = Path(name).suffix.lower()
    if ending not in _ENDINGS:
        raise InputError(_("Tables of shares come as CSV, JSON Lines or XLSX."), where=name, mend="")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"shares{'.csv' if ending == '.txt' else ending}")
        path.write_bytes(content)
        source = open_source(path, "market_share")
        rows = list(islice((row for batch in source.batches() for row in batch.to_pylist()), _MOST + 1))
        lines, unread = tuple(islice(source.lines(), len(rows))), tuple(islice(source.rejects(), _MOST))
    if len(rows) > _MOST:
        raise InputError(
            _("The table has more than %(rows)s rows.") % {"rows": _MOST},
            where=name,
            mend=_("Screen it with mapae screen --kind market_share."),
        )
    return _Table(rows, lines, unread)
