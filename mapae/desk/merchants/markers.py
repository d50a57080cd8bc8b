"""Whether something changed after the report: dated values read from what the merchant gives, and what they show."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused
from mapae.desk.law import said
from mapae.desk.merchants.events import locked, log
from mapae.desk.merchants.matters import series_kinds
from mapae.desk.merchants.models import MerchantReport, ReportSeries
from mapae.detect.before_after import Change, events_changed, levels_changed
from mapae.errors import InputError
from mapae.sources.dates import iso_date

__all__ = ["SOURCES", "add_series", "markers", "read_series"]

_MOST = 2_000  # values of one series
_CELLS = re.compile(r"[,;\t]|\s{2,}|(?<=\d)\s+(?=[-+\d.]+\s*%?\s*$)")
_HEADS = ("date", "day", "날짜", "일자", "日期", "일")
SOURCES = {
    "merchant": {"ko": "신고자가 낸 값", "en": "given by the merchant", "zh": "举报人提供"},
    "platform": {
        "ko": "플랫폼 정산서·화면의 값",
        "en": "from the platform's own statement",
        "zh": "平台自身报表",
    },
}


def read_series(kind: str, text: str) -> list[tuple[date, float]]:
    """Lines of `day, value` (levels) or of days (events), a heading allowed. InputError names a line that cannot be read."""
    if kind not in series_kinds():
        raise InputError(_("Choose what the values are."))
    events = series_kinds()[kind]["way"] == "events"
    rows = []
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    for number, line in lines:
        cells = [cell.strip() for cell in _CELLS.split(line) if cell.strip()]
        if number == lines[0][0] and cells[0].casefold() in _HEADS:
            continue
        rows.append((_day(cells[0], number), 1.0 if events else _value(cells, number)))
    if not rows:
        raise InputError(_("There are no values. Write one a line: day, value."))
    if len(rows) > _MOST:
        raise InputError(_("At most %(most)s values.") % {"most": _MOST}, mend=_("Leave out the oldest."))
    return sorted(rows)


def add_series(
    report: MerchantReport, kind: str, text: str, *, source: str = "merchant", user: User | None = None,
    first: date | None = None, last: date | None = None,
) -> ReportSeries:  # fmt: skip
    """Keep a series. first, last: of the days watched, for events; else the first and last day with a value."""
    rows = read_series(kind, text)
    began, ended = (
        first or rows[0][0],
        last or (clock.today() if series_kinds()[kind]["way"] == "events" else rows[-1][0]),
    )
    if ended < began:
        raise InputError(_("The first day lies behind the last."))
    with transaction.atomic():
        held = locked(report)
        if held.series.count() >= 20:
            raise Refused(_("A report holds at most 20 series."), where=held.number)
        made = ReportSeries.objects.create(
            report=held, kind=kind, source=source if user else "merchant", first=began, last=ended, at=clock.now(),
            rows=json.dumps([[at.isoformat(), value] for at, value in rows]),
        )  # fmt: skip
        log(held, "series", user, series=kind, n=len(rows))
    return made


def markers(report: MerchantReport) -> list[dict[str, Any]]:
    """Each series with what it shows about the time after the report, in words of the page's language."""
    day = timezone.localtime(report.received_at).date()
    return [_marker(row, day) for row in report.series.all()]


def _marker(row: ReportSeries, day: date) -> dict[str, Any]:
    kind = series_kinds()[row.kind]
    points = [(date.fromisoformat(at), float(value)) for at, value in json.loads(row.rows)]
    if kind["way"] == "events":
        found = events_changed([at for at, _value in points], day, row.first, row.last)
    else:
        found = levels_changed(points, day, np.random.default_rng(row.pk))
    worse = _worse(found, kind)
    look = {"changed": "bad" if worse else "warn", "unclear": "", "too_little": ""}[found.verdict]
    return {"series": row, "title": said(kind["title"]), "source": said(SOURCES[row.source]), "change": found, "look": look,
            "verdict": _verdict(found, worse), "working": _working(found, kind["way"])}  # fmt: skip


def _worse(found: Change, kind: dict[str, Any]) -> bool:
    """Whether the change harms the merchant."""
    if found.before is None or found.after is None:
        return False
    up = found.after > found.before if kind["way"] == "events" or not found.change else found.change > 0
    return up == (kind["worse"] == "up")


def _verdict(found: Change, worse: bool) -> str:
    if found.verdict == "too_little":
        return _("Too little is known: whatever so few values showed, it could be chance.")
    if found.verdict == "unclear":
        return _("No change that could be told from chance.")
    return _("Worse after the report.") if worse else _("Better after the report.")


def _working(found: Change, way: str) -> str:
    """Numbers behind the verdict, in one line."""
    said_of = {
        "n": f"{found.n_before} → {found.n_after}", "before": _number(found.before), "after": _number(found.after),
        "change": _number(found.change), "low": _number(found.low), "high": _number(found.high), "p": _number(found.p),
        "ways": f"{found.ways:,}", "block": found.block,
    }  # fmt: skip
    if way == "events":
        line = _("events %(n)s; in 30 days %(before)s → %(after)s") % said_of
        if found.p is None:
            return line
        return (
            line
            + " · "
            + _("times %(change)s (95 %%: %(low)s to %(high)s); p %(p)s, exact binomial") % said_of
        )
    line = _("values %(n)s; median %(before)s → %(after)s") % said_of
    if found.p is None:
        return line
    test = _("shift %(change)s (95 %%: %(low)s to %(high)s); p %(p)s over %(ways)s arrangements") % said_of
    kept = " · " + _("%(block)s days in a row kept together") % said_of if found.block > 1 else ""
    return f"{line} · {test}{kept}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def _day(cell: str, number: int) -> date:
    plain = iso_date(cell)
    try:
        return date.fromisoformat(plain[:10] if plain else "")
    except ValueError:
        raise InputError(
            _("Line %(line)s: %(cell)s is no day.") % {"line": number, "cell": cell[:40]},
            mend=_("Write days as 2026-05-31."),
        ) from None


def _value(cells: Sequence[str], number: int) -> float:
    told = (
        "".join(cells[1:]).replace(",", "").removesuffix("%").removesuffix("위").strip()
        if len(cells) > 1
        else ""
    )
    try:
        found = float(told)
    except ValueError:
        found = float("nan")
    if not abs(found) < 1e12:
        raise InputError(
            _("Line %(line)s: there is no value.") % {"line": number}, mend=_("Write one a line: day, value.")
        )
    return found
