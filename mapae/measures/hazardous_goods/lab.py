"""The check `hazardous_goods.lab`: laboratory results against dated limits, with the multiple of the limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import orjson

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.law import LawBook
from mapae.law.questions.limit import LimitVerdict, judge
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK"]

_CRITICAL = 10.0  # times the limit
_NO_LIMIT = "PSF 9-4"


@dataclass(frozen=True)
class _Bound:
    book: LawBook
    as_of: date

    @property
    def terms(self) -> tuple[Term, ...]:
        """None: results have no text that is searched."""
        return ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """A finding for every result beyond its limit, and a note for every one that cannot be judged."""
        for row in batch.rows(np.arange(len(batch))):
            verdict = self._verdict(row)
            if verdict.outcome == "fail":
                yield self._beyond(row, verdict)
            elif verdict.outcome == "unknown":
                yield self._unjudged(row, verdict)

    def _verdict(self, row: Row) -> LimitVerdict:
        """Of the number; where there is none, of the word that the reader set aside (불검출, ND, < 0.001)."""
        verdict = self._of(row, row["value"])
        if row["value"] is not None:
            return verdict
        for word in _set_aside(row):
            under = word.startswith(("<", "≤"))
            read = self._of(row, word.lstrip("<≤ ") if under else word)
            if read.outcome == "pass" or (read.outcome == "fail" and not under):
                return read
        return verdict

    def _of(self, row: Row, value: object) -> LimitVerdict:
        texts = [row.text(name) for name in ("product_class", "substance", "unit")]
        return judge(texts[0], texts[1], value, texts[2], self.as_of, self.book)

    def _beyond(self, row: Row, verdict: LimitVerdict) -> Finding:
        severity: Severity = "critical" if (verdict.multiple or 0) >= _CRITICAL else "high"
        seen = _seen(row)
        detail = f"{row.text('substance')}: {seen}; {_limit(verdict)}"
        return self._finding(
            row, verdict, severity, 1.0, Reason("value", 0, len(seen), seen, _limit(verdict), detail, 1.0)
        )

    def _unjudged(self, row: Row, verdict: LimitVerdict) -> Finding:
        seen = _seen(row)
        if verdict.limit is None:
            why = f"no limit on record for {row.text('substance')} in {row.text('product_class')}"
        elif row["value"] is None:
            why = "no value that can be read"
        else:
            why = f"the unit does not fit: {_limit(verdict)}"
        return self._finding(
            row, verdict, "info", 0.1, Reason("value", 0, len(seen), seen, "not judged", why, 0.1)
        )

    def _finding(
        self, row: Row, verdict: LimitVerdict, severity: Severity, score: float, reason: Reason
    ) -> Finding:
        provision = verdict.provision or _NO_LIMIT
        dated = self.book.provision(provision, self.as_of)
        parameter = verdict.parameter or "none"
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="lab_result",
            subject_id=row.text("sample_id"),
            reference_id=f"limit:{parameter}/{row.text('substance')}",
            severity=severity,
            score=score,
            provision=provision,
            provision_from=dated.valid_from if dated else None,
            reasons=(reason, *_beside(row, verdict, self.book)),
            subject_title=row["product_class"],
        )


def _set_aside(row: Row) -> Iterator[str]:
    """Words that stood in columns that are no number, kept in `extra`; plain numbers there mean something else."""
    kept = orjson.loads(row["extra"]) if row["extra"] else {}
    for word in kept.values():
        if isinstance(word, str) and not word.replace(".", "").replace(",", "").isdigit():
            yield word.strip()


def _seen(row: Row) -> str:
    """The value as it is shown: the number with its unit, or the word that was set aside."""
    if row["value"] is not None:
        return f"{row['value']:g} {row.text('unit')}".strip()
    return next(_set_aside(row), "")


def _limit(verdict: LimitVerdict) -> str:
    """The limit in words, with the multiple where there is one."""
    if verdict.low is not None:
        return f"the limit is {verdict.low:g} to {verdict.limit:g} {verdict.unit}"
    if verdict.unit == "presence":
        return "none may be found"
    times = f", {verdict.multiple:.3g} times the limit" if verdict.multiple is not None else ""
    return f"the limit is {verdict.limit:g} {verdict.unit}{times}"


def _beside(row: Row, verdict: LimitVerdict, book: LawBook) -> Iterator[Reason]:
    """The class of goods, the laboratory and its day, the listing the sample came from, the parameter."""
    for name, detail in (
        ("product_class", "class of goods"),
        ("lab", "tested by"),
        ("tested_on", "tested on"),
        ("listing_id", "sample of this listing"),
    ):
        if text := row.text(name):
            yield Reason(name, 0, len(text), text, text, detail, 0.1)
    if verdict.parameter:
        title = book.pack.parameters[verdict.parameter].title["en"]
        yield Reason(
            "substance", 0, len(row.text("substance")), row.text("substance"), verdict.parameter, title, 0.3
        )


def _bind(context: Context) -> _Bound:
    return _Bound(context.book, context.as_of)


CHECK = Check(
    key="hazardous_goods.lab",
    measure="hazardous_goods",
    kinds=("lab_result",),
    bind=_bind,
    provisions=("CHM 10", "COS 15", "KID 2", "PSF 9-4"),
)
