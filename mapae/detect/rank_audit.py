"""Does an operator rank its own goods higher? The effect of own brand on position within queries, adjusted for attributes.

Position is regressed on own brand and attributes with an effect for each query (and day). The test shuffles what
position is left after the attributes within each query (Freedman and Lane 1983); its variance over all such shuffles is
known in closed form (Strasser and Weber 1999), so that ten million rows need no
Memory grows with the number of queries, not of rows.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mapae.detect.kernels.rank_audit import add_moments, add_scores, permuted
from mapae.detect.rank_columns import Columns, Part, attribute_names, read_parts

__all__ = ["Audit", "audit"]

Numbers = npt.NDArray[np.float64]
Records = Callable[[], Iterator[pa.RecordBatch]]
LEVEL = 0.05
LEAST = 0.1  # places; with millions of rows less than that can still be told from chance, and harms nobody
_KEPT = 200_000  # rows whose shuffles are counted
_SHUFFLES = 1_999
_FEWEST = 999  # shuffles from which p is counted instead of taken from the normal law
_WORK = 60_000_000  # rows × shuffles
_SEED = 20240313
_TINY = 1e-9


@dataclass(frozen=True)
class Audit:
    """What came out. effect, plain: places gained (−) or lost (+) by own brand, adjusted and not; error: its standard
    error under shuffling; p: two-sided, by shuffles where `shuffles` > 0, else by the normal law; false_alarms: share of
    shuffled data in which own brand would have been alarmed; worst: queries by what own brand gained in them.
    """

    rows: int
    queries: int
    own_rows: int
    attributes: tuple[str, ...]
    effect: float
    plain: float
    error: float
    p: float
    shuffles: int
    false_alarms: float | None
    worst: tuple[tuple[str, str, float, int], ...]
    unusable: tuple[tuple[int, str], ...] = ()
    unusable_count: int = 0

    @property
    def alarm(self) -> bool:
        """Whether own brand stands higher than chance explains, at the 5 % level, and by more than a tenth of a place."""
        return self.effect <= -LEAST and self.p <= LEVEL


@dataclass
class _Sums:
    """Counts and sums by query, made larger as queries come; cross products of all columns."""

    width: int
    counts: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(1024, np.int64))
    sums: Numbers = field(default_factory=lambda: np.zeros((0, 0)))
    cross: Numbers = field(default_factory=lambda: np.zeros((0, 0)))

    def __post_init__(self) -> None:
        self.sums = np.zeros((len(self.counts), self.width))
        self.cross = np.zeros((self.width, self.width))

    def add(self, part: Part, queries: int) -> None:
        while queries > len(self.counts):
            self.counts = np.concatenate([self.counts, np.zeros_like(self.counts)])
            self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
        add_moments(part.values, part.codes, self.counts, self.sums, self.cross)

    def within(self) -> Numbers:
        """Cross products of the columns less their means by query."""
        whole = self.cross + np.triu(self.cross, 1).T
        met = self.counts > 0
        means = self.sums[met] / self.counts[met][:, None]
        return np.asarray(whole - self.sums[met].T @ means)


def audit(records: Records) -> Audit | None:
    """Audit all rows. None where there is no own brand, or nothing else, within any query."""
    first = next(records(), None)
    if first is None:
        return None
    columns = Columns(attribute_names(first))
    sums = _Sums(len(columns.names))
    unusable: list[tuple[int, str]] = []
    with tempfile.TemporaryFile() as file:
        aside = _Aside(file, len(columns.names))
        for part in read_parts(records(), columns):
            sums.add(part, len(columns.queries))
            aside.put(part)
            unusable.extend(part.unusable[: max(0, 1000 - len(unusable))])
        spread = sums.within()
        fit = _fit(spread)
        if fit is None:
            return None
        return _tested(aside.parts(), columns, sums, spread, fit, tuple(unusable))


@dataclass
class _Aside:
    """Numbers of all rows on disk, for the second pass, so that text is read but once; half precision of a float64."""

    file: IO[bytes]
    width: int
    sizes: list[int] = field(default_factory=list)

    def put(self, part: Part) -> None:
        self.file.write(part.codes.astype(np.int32).tobytes())
        self.file.write(part.values.astype(np.float32).tobytes())
        self.sizes.append(len(part.codes))

    def parts(self) -> Iterator[Part]:
        self.file.seek(0)
        for rows in self.sizes:
            codes = np.frombuffer(self.file.read(4 * rows), np.int32).astype(np.int64)
            values = np.frombuffer(self.file.read(4 * rows * self.width), np.float32).astype(np.float64)
            yield Part(values.reshape(rows, self.width), codes)


@dataclass(frozen=True)
class _Fit:
    """own less what attributes explain = row · left; position less that = row · right; Σ of left², of left·right."""

    left: Numbers
    right: Numbers
    own: float
    both: float


def _fit(spread: Numbers) -> _Fit | None:
    """Regress position and own brand on the attributes by the within-query cross products."""
    width = len(spread)
    inner = spread[2:, 2:]
    scale = np.sqrt(np.maximum(np.diag(inner), 0))
    use = np.flatnonzero(scale > _TINY * max(1.0, float(scale.max(initial=0.0))))
    left, right = np.zeros(width), np.zeros(width)
    left[1], right[0] = 1.0, 1.0
    if len(use):
        some = inner[np.ix_(use, use)] / np.outer(scale[use], scale[use])
        solve = np.linalg.pinv(some, rcond=1e-10, hermitian=True)
        for side, column in ((left, 1), (right, 0)):
            side[2 + use] = -(solve @ (spread[2 + use, column] / scale[use])) / scale[use]
    own = float(left @ spread @ left)
    if own <= _TINY * max(1.0, float(spread[1, 1])) or spread[1, 1] <= 0:
        return None
    return _Fit(left, right, own, float(left @ spread @ right))


def _tested(
    parts: Iterator[Part],
    columns: Columns,
    sums: _Sums,
    spread: Numbers,
    fit: _Fit,
    unusable: tuple[tuple[int, str], ...],
) -> Audit:
    met = len(columns.queries)
    scores = np.zeros((met, 5))
    kept = _Kept()
    own_rows = 0
    for part in parts:
        a, b = np.empty(len(part.codes)), np.empty(len(part.codes))
        add_scores(part.values, part.codes, fit.left, fit.right, scores, a, b)
        own_rows += int(part.values[:, 1].sum())
        kept.add(part.codes, a, b)
    counts = sums.counts[:met]
    some = counts > 1
    left = scores[some, 2] - scores[some, 0] ** 2 / counts[some]
    right = scores[some, 3] - scores[some, 1] ** 2 / counts[some]
    variance = float((left * right / (counts[some] - 1)).sum())
    spot = fit.both / math.sqrt(variance) if variance > 0 else 0.0
    rows = int(counts.sum())
    drawn = kept.shuffled() if kept.rows else np.zeros(0)
    whole = rows == kept.rows and len(drawn) >= _FEWEST
    p = _shuffled_p(drawn, fit.both) if whole else math.erfc(abs(spot) / math.sqrt(2))
    return Audit(
        rows, int((counts > 0).sum()), own_rows, columns.attributes,
        fit.both / fit.own, float(spread[0, 1] / spread[1, 1]), math.sqrt(variance) / fit.own, p,
        len(drawn) if whole else 0, _false_alarms(drawn), _worst(columns, scores, counts), unusable, len(unusable),
    )  # fmt: skip


def _shuffled_p(drawn: Numbers, found: float) -> float:
    """Share of shuffles at least as far from zero, the data itself counted as one (never zero)."""
    return float((1 + int((np.abs(drawn) >= abs(found) * (1 - 1e-12)).sum())) / (1 + len(drawn)))


def _false_alarms(drawn: Numbers) -> float | None:
    """How often shuffled data would be alarmed: own brand higher, and further from zero than all but 5 % of shuffles."""
    if not len(drawn):
        return None
    sizes = np.sort(np.abs(drawn))
    limit = sizes[math.ceil(len(sizes) * (1 - LEVEL)) - 1]
    return float(((drawn < 0) & (np.abs(drawn) > limit)).mean())


@dataclass
class _Kept:
    """The first rows, for shuffling."""

    parts: list[tuple[npt.NDArray[np.int64], Numbers, Numbers]] = field(default_factory=list)
    rows: int = 0

    def add(self, codes: npt.NDArray[np.int64], a: Numbers, b: Numbers) -> None:
        take = min(len(codes), max(0, _KEPT - self.rows))
        if take:
            self.parts.append((codes[:take], a[:take], b[:take]))
            self.rows += take

    def shuffled(self) -> Numbers:
        """Σ a·b for every shuffle within queries, columns less their means by query."""
        times = max(100, min(_SHUFFLES, _WORK // self.rows))
        codes, a, b = (np.concatenate(side) for side in zip(*self.parts, strict=True))
        order = np.argsort(codes, kind="stable")
        codes, a, b = codes[order], a[order], b[order]
        starts = np.concatenate([[0], np.flatnonzero(np.diff(codes)) + 1, [len(codes)]])
        counts = np.diff(starts)
        centred = [side - np.repeat(np.add.reduceat(side, starts[:-1]) / counts, counts) for side in (a, b)]
        return np.asarray(permuted(centred[0], centred[1], starts, times, _SEED))


def _worst(
    columns: Columns, scores: Numbers, counts: npt.NDArray[np.int64]
) -> tuple[tuple[str, str, float, int], ...]:
    """The 50 queries in which own brand gained most: query, day, places gained, rows."""
    safe = np.maximum(counts, 1)
    own = scores[:, 2] - scores[:, 0] ** 2 / safe
    both = scores[:, 4] - scores[:, 0] * scores[:, 1] / safe
    able = np.flatnonzero((own > 1e-6) & (both < 0))
    chosen = able[np.argsort(both[able], kind="stable")[:50]]
    names = {code: name for name, code in columns.queries.items() if code in set(chosen.tolist())}
    return tuple(
        (*names[int(at)].split("\x1f")[:2], float(both[at] / own[at]), int(counts[at]))  # type: ignore[misc]
        for at in chosen
    )
