"""Search results as columns of numbers: position, own brand, attributes from JSON or from columns of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

__all__ = ["Columns", "Part", "attribute_names", "read_parts"]

_MOST = 12  # attributes that are adjusted for
_LOOKED_AT = 2_000  # records in which attributes are looked for
_SHARE = 0.2  # of these records must have the attribute as a number
_BLOCK = 1 << 24

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one batch that can be used. values: n × m, in the order of Columns.names; codes: number of the query."""

    values: Numbers
    codes: npt.NDArray[np.int64]
    unusable: tuple[tuple[int, str], ...] = ()


@dataclass
class Columns:
    """What rows are turned into: `position`, `own`, then for each attribute its value, its logarithm, whether it lacks.

    queries: number of each query and day, filled as they are met. middle, spread: of the attribute columns of the first
    rows; all rows are shifted and scaled by them, which changes nothing but rounding.
    """

    attributes: tuple[str, ...]
    queries: dict[str, int] = field(default_factory=dict)
    middle: Numbers | None = None
    spread: Numbers | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns of a part."""
        more = (name for one in self.attributes for name in (one, f"log {one}", f"no {one}"))
        return ("position", "own", *more)

    def even(self, values: Numbers) -> Numbers:
        """Attribute columns shifted and scaled."""
        if self.middle is None or self.spread is None:
            self.middle = values.mean(axis=0) if len(values) else np.zeros(values.shape[1])
            found = values.std(axis=0) if len(values) else np.ones(values.shape[1])
            self.spread = np.where(found > 0, found, 1.0)
        return np.asarray((values - self.middle) / self.spread)


def attribute_names(batch: pa.RecordBatch) -> tuple[str, ...]:
    """Numeric attributes of the first records, those in `attributes` before columns of their own (`extra`)."""
    counts: dict[str, int] = {}
    looked = min(_LOOKED_AT, batch.num_rows)
    for column in ("attributes", "extra"):
        for cell in batch.column(column).slice(0, looked).to_pylist():
            for name, value in _object(cell).items():
                if _is_number(value):
                    counts[name] = counts.get(name, 0) + 1
    found = [name for name, count in counts.items() if count >= _SHARE * looked]
    return tuple(found[:_MOST])


def _object(cell: str | None) -> dict[str, Any]:
    try:
        found = orjson.loads(cell) if cell else {}
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _is_number(value: Any) -> bool:
    if isinstance(value, bool | int | float):
        return True
    return isinstance(value, str) and value.strip().lstrip("+-").replace(".", "", 1).isdigit()


def read_parts(batches: Iterator[pa.RecordBatch], columns: Columns) -> Iterator[Part]:
    """Each batch as numbers; a row without position or without word on own brand cannot be used."""
    start = 0
    for batch in batches:
        yield _part(batch, columns, start)
        start += batch.num_rows


def _part(batch: pa.RecordBatch, columns: Columns, start: int) -> Part:
    position = batch.column("position").to_numpy(zero_copy_only=False)
    own = pc.cast(batch.column("own_brand"), pa.float64()).to_numpy(zero_copy_only=False)
    with np.errstate(invalid="ignore"):
        lost = ~(position >= 0)  # some sources count from 0; only differences matter
    usable = ~lost & ~np.isnan(own) & batch.column("query").is_valid().to_numpy(zero_copy_only=False)
    values = np.zeros((batch.num_rows, len(columns.names)))
    values[:, 0], values[:, 1] = position, own
    if columns.attributes:
        _fill(values, _attributes(batch, columns.attributes))
    values = values[usable]
    if columns.attributes:
        values[:, 2:] = columns.even(values[:, 2:])
    codes = _codes(batch, columns.queries)[usable]
    wrong = [
        (start + int(at), "position" if lost[at] else "own_brand") for at in np.flatnonzero(~usable)[:1000]
    ]
    return Part(np.ascontiguousarray(values), codes, tuple(wrong))


def _fill(values: Numbers, attributes: Numbers) -> None:
    for at in range(attributes.shape[1]):
        cell = attributes[:, at]
        lacks = ~np.isfinite(cell)
        given = np.where(lacks, 0.0, cell)
        values[:, 2 + 3 * at] = given
        values[:, 3 + 3 * at] = np.sign(given) * np.log1p(np.abs(given))
        values[:, 4 + 3 * at] = lacks


def _codes(batch: pa.RecordBatch, queries: dict[str, int]) -> npt.NDArray[np.int64]:
    """Number of each row's query and day; a query seen on another day is another ranking."""
    day = pc.fill_null(pc.utf8_slice_codeunits(batch.column("seen_at"), 0, 10), "")
    coded = pc.binary_join_element_wise(
        pc.fill_null(batch.column("query"), ""), day, "\x1f"
    ).dictionary_encode()
    numbers = [queries.setdefault(name, len(queries)) for name in coded.dictionary.to_pylist()]
    return np.asarray(np.array(numbers, np.int64)[coded.indices.to_numpy()])


def _attributes(batch: pa.RecordBatch, names: tuple[str, ...]) -> Numbers:
    """The attributes by name, NaN where they lack; both JSON columns, the first that has it."""
    found = np.full((batch.num_rows, len(names)), np.nan)
    for column in ("attributes", "extra"):
        cells = batch.column(column)
        if cells.null_count == len(cells):
            continue
        fresh = _parsed(cells, names)
        found = np.where(np.isnan(found), fresh, found)
    return found


def _parsed(cells: pa.Array, names: tuple[str, ...]) -> Numbers:
    """Numbers of a column of flat JSON objects, by Arrow's reader; object by object where that cannot read them."""
    lines = pc.fill_null(cells, "{}")
    schema = pa.schema([(name, pa.float64()) for name in names])
    options = pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")
    try:
        if pc.any(pc.match_substring(lines, "\n")).as_py():
            raise pa.ArrowInvalid("a line break inside")
        table = pj.read_json(pa.BufferReader(_lines(lines)), pj.ReadOptions(block_size=_BLOCK), options)
        if table.num_rows != len(cells):
            raise pa.ArrowInvalid("rows got lost")
        return np.column_stack([table.column(name).to_numpy() for name in names])
    except pa.ArrowInvalid:
        return _one_by_one(cells, names)


def _lines(lines: pa.Array) -> pa.Buffer:
    """The cells as one buffer, a line each."""
    ended = pc.binary_join_element_wise(lines, "\n", "")
    first = ended.offset
    offsets = np.frombuffer(ended.buffers()[1], np.int32)
    return ended.buffers()[2].slice(int(offsets[first]), int(offsets[first + len(ended)] - offsets[first]))


def _one_by_one(cells: pa.Array, names: tuple[str, ...]) -> Numbers:
    found = np.full((len(cells), len(names)), np.nan)
    for row, cell in enumerate(cells.to_pylist()):
        held = _object(cell)
        for at, name in enumerate(names):
            if name in held and _is_number(held[name]):
                found[row, at] = float(held[name])
    return found
