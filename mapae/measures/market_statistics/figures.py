"""The check of published figures: what their series does not give, two series mixed, unlike periods, growth misstated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.measures.market_statistics.catalogue import Catalogue, catalogue
from mapae.measures.market_statistics.series import Series, Value
from mapae.model.finding import Finding, Reason, Severity
from mapae.text.periods import Period, named_period, period

__all__ = ["CHECK"]

_PROVISION = "CON 13"  # what authorities tell consumers; nothing binds everybody else who publishes a figure
_ROUNDED = 0.005  # share of a value by which a rounded figure may differ from it
_POINTS = 1.0  # percentage points by which stated growth may differ
_SEVERITY: Mapping[str, Severity] = {"mixed": "high", "differs": "high", "growth": "medium", "unlike_periods": "medium",
                                     "not_given": "low"}  # fmt: skip


@dataclass(frozen=True)
class _Bound:
    known: Catalogue
    names: Mapping[str, str]
    as_of: date
    since: date | None

    @property
    def terms(self) -> tuple[Term, ...]:
        return ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """At most one finding a fault of a figure; a figure of no series of the catalogue is not judged."""
        for index in range(len(batch)):
            row = batch.row(index)
            series = self._series(row.text("series"))
            if series is not None:
                yield from self._of_figure(row, series)

    def _series(self, name: str) -> Series | None:
        key = self.names.get(_fold(name))
        return self.known.series[key] if key else None

    def _of_figure(self, row: Row, series: Series) -> Iterator[Finding]:
        day, at = self._day(row), _period(row.text("period"))
        base = self._series(row.text("base_series") or row.text("series"))
        base_at = _period(row.text("base_period"))
        yield from self._value(row, series, at, row["value"], "value", day)
        if base is not None and row["base_value"] is not None:
            yield from self._value(row, base, base_at, row["base_value"], "base_value", day)
        if base is not None and base.key != series.key:
            yield from self._mixed(row, series, base)
        if at and base_at and at.months != base_at.months:
            said = f"{at} has {at.months} months and {base_at} has {base_at.months}: their figures are not to be compared"
            yield self._finding(row, "unlike_periods", [_reason(row, "period", "unlike periods", said)])
        yield from self._growth(row)

    def _day(self, row: Row) -> date:
        try:
            return date.fromisoformat(row.text("published_on")[:10])
        except ValueError:
            return self.as_of

    def _value(
        self, row: Row, series: Series, at: Period | None, value: float | None, column: str, day: date
    ) -> Iterator[Finding]:
        if at is None or value is None:
            return
        known = [one for one in series.revisions(at) if one.value is not None]
        if not known:
            said = f"the catalogue has no figure of {series.key} for {at}: its source is to be shown"
            yield self._finding(row, "not_given", [_reason(row, column, series.key, said)])
            return
        then = [one for one in known if one.known_on <= day] or known[:1]
        if _same(value, then[-1]):
            return
        said = f"{series.source['en']} gives {then[-1].value:,.12g} for {at} ({then[-1].reference}), not {value:,.12g}"
        reasons = [_reason(row, column, series.key, said)]
        if earlier := next((one for one in then if _same(value, one)), None):
            said = f"it was the figure known from {earlier.known_on}, revised on {then[-1].known_on}"
            reasons.append(Reason(column, 0, 0, "", "revised", said, 0.5))
        yield self._finding(row, "differs", reasons)

    def _mixed(self, row: Row, series: Series, base: Series) -> Iterator[Finding]:
        """Two series set against each other that count in different ways."""
        why = next((words["en"] for group, words in self.known.apart if {series.key, base.key} <= group), "")
        if why or series.unit != base.unit or series.source != base.source:
            said = why or f"{series.key} and {base.key} are counted by different bodies or in different units"
            yield self._finding(
                row, "mixed", [_reason(row, "base_series", f"{base.key} → {series.key}", said)]
            )

    def _growth(self, row: Row) -> Iterator[Finding]:
        value, base, stated = row["value"], row["base_value"], row["growth"]
        if not base or value is None or stated is None:
            return
        real = (value / base - 1) * 100
        if abs(real - stated) > max(_POINTS, abs(real) * _ROUNDED):
            said = f"from {base:,.12g} to {value:,.12g} is {real:+.1f} %, not {stated:+.1f} %"
            yield self._finding(row, "growth", [_reason(row, "growth", "growth", said)])

    def _finding(self, row: Row, fault: str, reasons: Sequence[Reason]) -> Finding:
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="figure",
            subject_id=row.text("figure_id"),
            reference_id=f"figure:{fault}",
            severity=_SEVERITY[fault],
            score=0.9,
            provision=_PROVISION,
            provision_from=self.since,
            reasons=tuple(reasons),
            operator=row["operator"],
            subject_title=row["text"],
            subject_url=row["url"],
        )


def _same(stated: float, known: Value) -> bool:
    value = known.value or 0.0
    return abs(stated - value) <= abs(value) * _ROUNDED


def _period(text: str) -> Period | None:
    """A period as data or people write it; None where it is none."""
    try:
        return period(text)
    except ValueError:
        return named_period(text)


def _reason(row: Row, column: str, matched: str, detail: str) -> Reason:
    """A reason on a column; where the sentence that was published holds the number, on its place there."""
    cell = row[column]
    text = row.text("text")
    if isinstance(cell, float):
        number = re.search(rf"(?<![\d,.]){re.escape(f'{cell:,.12g}')}(?![\d,])", text)
        plain = number or re.search(rf"(?<![\d,.]){re.escape(f'{cell:.12g}')}(?![\d,])", text)
        if plain:
            return Reason("text", *plain.span(), plain.group(), matched, detail)
        return Reason(column, 0, 0, "", matched, detail)
    seen = "" if cell is None else str(cell)
    return Reason(column, 0, len(seen), seen, matched, detail)


def _fold(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _bind(context: Context) -> _Bound:
    known = catalogue(context.pack)
    names = {_fold(name): key for key, one in known.series.items() for name in (*one.title.values(), key)}
    found = context.book.provision(_PROVISION, context.as_of)
    return _Bound(known, names, context.as_of, found.valid_from if found else None)


CHECK = Check(
    key="market_statistics.figures",
    measure="market_statistics",
    kinds=("figure",),
    bind=_bind,
    provisions=(_PROVISION,),
)
