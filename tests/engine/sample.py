"""Two small checks and a feed that the engine's tests hand to it; importable by name, so that workers find them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from mapae.contract.batch import Batch, Hits
from mapae.contract.check import Check, Context, MeasureCard
from mapae.detect.lexicon import Term
from mapae.model.finding import Finding, Reason
from mapae.model.records import KINDS

LISTING = KINDS["listing"]
WORDS = ("dragon", "나이키", "违禁", "replica")


@dataclass(frozen=True)
class Bound:
    """Finds WORDS; the array stands for the large index of a real check."""

    terms: tuple[Term, ...]
    severity: str
    key: str
    index: Any = field(default_factory=lambda: np.arange(100_000, dtype=np.int64))

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        if not int(self.index[-1]) == 99_999:
            raise AssertionError("the index was not carried over")
        for at in range(len(hits)):
            row = batch.row(int(hits.row[at]))
            span = row.span(
                int(hits.field[at]), int(hits.channel[at]), int(hits.start[at]), int(hits.end[at])
            )
            word = self.terms[int(hits.entry[at])].text
            name = LISTING.text[int(hits.field[at])]
            reason = Reason(name, span.start, span.end, span.seen, word, f"The word {word} stands here.")
            yield Finding(
                self.key, self.key.partition(".")[0], "listing", row.text("listing_id"), f"term:{word}",
                self.severity, 0.9, "", (reason,),
            )  # fmt: skip


def bind_words(context: Context) -> Bound:
    return Bound(tuple(Term(word) for word in WORDS), "high", "sample.words")


def bind_replica(context: Context) -> Bound:
    return Bound((Term("replica"),), "low", "sample.replica")


WORDS_CHECK = Check("sample.words", "sample", ("listing",), bind_words)
REPLICA_CHECK = Check("sample.replica", "sample", ("listing",), bind_replica, shadow=True)
CHECKS = (WORDS_CHECK, REPLICA_CHECK)


def bind_terms(context: Context) -> Bound:
    """Whatever the list `terms` holds."""
    return Bound(
        tuple(Term(term) for term in context.lists.table("terms")["term"].to_pylist()),
        "medium",
        "sample.terms",
    )


TERMS_CHECK = Check("sample.terms", "sample", ("listing",), bind_terms, lists=("terms",))
CARD = MeasureCard(
    "sample", {"en": "Sample", "ko": "표본"}, "authority", "seller", (), ("listing",), (*CHECKS, TERMS_CHECK)
)


def listing(number: int) -> dict[str, Any]:
    """An invented listing; every 7th has a word of WORDS, every 50th has the id of the one before."""
    word = WORDS[number // 7 % len(WORDS)] if number % 7 == 0 else "lamp"
    return {
        "listing_id": f"L{number - (number % 50 == 49)}",
        "platform": "Lumibay",
        "title": f"Nice {word} number {number}",
        "description": "replica of nothing" if number % 31 == 0 else None,
        "seller_id": "S1",
    }


def records(first: int, last: int) -> pa.RecordBatch:
    """Listings first:last as the kind's schema."""
    rows = [
        {name: listing(number).get(name) for name in LISTING.schema.names} for number in range(first, last)
    ]
    return pa.RecordBatch.from_pylist(rows, schema=LISTING.schema)


@dataclass(frozen=True)
class Rows:
    """A slice that workers load by themselves."""

    first: int
    last: int
    rejected: int = 0
    rejects: tuple[dict[str, Any], ...] = ()

    def load(self) -> Iterator[pa.RecordBatch]:
        yield records(self.first, self.last)


@dataclass(frozen=True)
class SampleFeed:
    """Listings in batches of `step`; `sliced` feeds are read by the workers."""

    count: int
    step: int = 100
    sliced: bool = False
    name: str = "sample"
    size: int = 0
    pause: float = 0.0

    def rows(self) -> int:
        return self.count

    def slices(self) -> Sequence[Rows]:
        return (
            [Rows(at, min(at + self.step, self.count)) for at in range(0, self.count, self.step)]
            if self.sliced
            else []
        )

    def batches(self) -> Iterator[pa.RecordBatch]:
        for at in range(0, self.count, self.step):
            time.sleep(self.pause)
            yield records(at, min(at + self.step, self.count))

    def lines(self) -> Iterator[int]:
        return iter(range(2, self.count + 2))

    def rejected(self) -> int:
        return 1

    def rejects(self) -> list[dict[str, Any]]:
        return [{"input": self.name, "line": 3, "reason": "too short"}]


@dataclass(frozen=True)
class ManyRows:
    """Listings first:last made of columns, quick to make in any number; readable by workers themselves."""

    first: int
    last: int
    rejected: int = 0
    rejects: tuple[dict[str, Any], ...] = ()

    def load(self) -> Iterator[pa.RecordBatch]:
        numbers = [str(number) for number in range(self.first, self.last)]
        titles = [f"{_ODD[number % len(_ODD)]} {number}" for number in range(self.first, self.last)]
        columns: dict[str, Any] = {
            "listing_id": [f"L{number}" for number in numbers],
            "platform": ["Lumibay"] * len(numbers),
            "title": titles,
            "description": [f"replica {number}" if number.endswith("3") else number for number in numbers],
        }
        blank = pa.nulls(len(numbers), pa.string())
        arrays = [pa.array(columns.get(item.name, blank), item.type) for item in LISTING.schema]
        yield pa.RecordBatch.from_arrays(arrays, schema=LISTING.schema)


_ODD = (
    "lamp", "Dragon", "d\u200bragon", "나이키 신발", "낯선 글", "𝐫𝐞𝐩𝐥𝐢𝐜𝐚",
    "違禁 品", "ㄴㅏ이키", "r-e-p-l-i-c-a", "½ cup", "rеplica",
)  # fmt: skip


@dataclass(frozen=True)
class ManyListings:
    """A feed of many listings in slices, some with words in odd spelling."""

    count: int
    step: int = 50_000
    name: str = "many"
    size: int = 0

    def rows(self) -> int:
        return self.count

    def slices(self) -> Sequence[ManyRows]:
        return [ManyRows(at, min(at + self.step, self.count)) for at in range(0, self.count, self.step)]

    def batches(self) -> Iterator[pa.RecordBatch]:
        for part in self.slices():
            yield from part.load()

    def lines(self) -> Iterator[int]:
        return iter(range(2, self.count + 2))

    def rejected(self) -> int:
        return 0

    def rejects(self) -> list[dict[str, Any]]:
        return []
