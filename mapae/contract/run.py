"""Batch → findings: binds checks to a context, scans all their terms at once, hands each check its own hits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pyarrow as pa

from mapae.contract.batch import Batch
from mapae.contract.check import Bound, Check, Context
from mapae.detect.lexicon import Lexicon
from mapae.model.finding import Finding
from mapae.model.records import KINDS
from mapae.text.fold import fold_cells

__all__ = ["Prepared", "make_batch", "prepare"]


@dataclass(frozen=True)
class Prepared:
    """Checks bound to a context for one record kind, with the lexicon of all their terms."""

    kind: str
    checks: tuple[Check, ...]
    bounds: tuple[Bound, ...]
    lexicon: Lexicon

    def findings(self, records: pa.RecordBatch) -> Iterator[Finding]:
        """Findings of one batch of records (the kind's schema), check by check in card order."""
        return self.judge(make_batch(self.kind, records))

    def judge(self, batch: Batch) -> Iterator[Finding]:
        """The same for a batch at hand. A check on trial marks its findings `shadow`."""
        every = self.lexicon.scan(batch.text, max(1, len(batch.kind.text)))
        for check, bound, hits in zip(self.checks, self.bounds, every, strict=True):
            try:
                for finding in bound.run(batch, hits):
                    yield replace(finding, shadow=True) if check.shadow else finding
            except Exception as error:
                error.add_note(f"in check {check.key}, on {len(batch)} records of kind {self.kind}")
                raise


def prepare(checks: Iterable[Check], context: Context, kind: str) -> Prepared:
    """Bind those of `checks` that read single records of `kind` and build their common lexicon."""
    bound = [(check, check.bind(context)) for check in checks if kind in check.kinds and check.bind]
    chosen, bounds = tuple(check for check, _ in bound), tuple(one for _, one in bound)
    return Prepared(kind, chosen, bounds, Lexicon.build([one.terms for one in bounds]))


def make_batch(kind: str, records: pa.RecordBatch) -> Batch:
    """Fold the kind's text columns of these records."""
    shape = KINDS[kind]
    return Batch(shape, records, fold_cells([records.column(name) for name in shape.text]))
