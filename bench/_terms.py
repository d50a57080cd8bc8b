"""A measure of the bench: every term of the list `terms`, in both channels, as a plug-in adds one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mapae.contract import Batch, Check, Context, Hits, MeasureCard
from mapae.detect.lexicon import Term
from mapae.model.finding import Finding, Reason

__all__ = ["CARD", "plugged"]

_SHORTEST = 6  # bytes of a squeezed hit that is believed


@dataclass(frozen=True)
class Bound:
    """Terms with their ids; ordinary words are scanned like the others but are no finding."""

    terms: tuple[Term, ...]
    listed: npt.NDArray[np.bool_]

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """One finding a row: the first listed term that stands whole."""
        whole = (hits.left == 1) & (hits.right == 1) & self.listed[hits.entry]
        good = whole & ((hits.channel == 0) | (hits.end - hits.start >= _SHORTEST))
        kept = hits.take(np.flatnonzero(good))
        first = np.unique(kept.row, return_index=True)[1]
        for at in first:
            row = batch.row(int(kept.row[at]))
            field = int(kept.field[at])
            span = row.span(field, int(kept.channel[at]), int(kept.start[at]), int(kept.end[at]))
            term = self.terms[int(kept.entry[at])]
            reason = Reason(
                batch.kind.text[field], span.start, span.end, span.seen, term.text, "A listed term."
            )
            yield Finding(
                "bench.terms", "bench", "listing", row.text("listing_id"), term.ref, "low", 0.6, "", (reason,)
            )


def bind(context: Context) -> Bound:
    """All terms of the lists."""
    table = context.lists.table("terms")
    terms = tuple(
        Term(text, key, channels="both")
        for text, key in zip(table["term"].to_pylist(), table["id"].to_pylist(), strict=True)
    )
    return Bound(terms, np.array([cls == "listed" for cls in table["cls"].to_pylist()], dtype=bool))


CHECK = Check("bench.terms", "bench", ("listing",), bind, lists=("terms",))
CARD = MeasureCard("bench", {"en": "Terms"}, "bench", "listing", (), ("listing",), (CHECK,))


def plugged(folder: Path) -> str:
    """A PYTHONPATH on which an installed plug-in offers this measure under the group `mapae.measures`."""
    place = folder / "mapae_bench-1.dist-info"
    place.mkdir(parents=True, exist_ok=True)
    (place / "METADATA").write_text("Metadata-Version: 2.1\nName: mapae-bench\nVersion: 1\n", "utf-8")
    (place / "entry_points.txt").write_text("[mapae.measures]\nbench = bench._terms:CARD\n", "utf-8")
    return f"{folder}:{Path(__file__).resolve().parents[1]}"
