"""From a block of source columns to a batch of a kind's schema: text, money, dates, flags, ids, and all else as `extra`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from mapae.model.records import Kind
from mapae.sources.blocks import Block, Column
from mapae.sources.carry import Carrier
from mapae.sources.cells import coalesced, joined, text_of
from mapae.sources.dates import iso_date, iso_moment
from mapae.sources.headings import basis_above, counted, unit_above, unit_of
from mapae.sources.identity import currencies, with_identity
from mapae.sources.joins import member, run_on, spaced, wrap
from mapae.sources.layouts import Layout, Plan, plan
from mapae.sources.money import MOST, currency_named, parse_money
from mapae.sources.nested import from_nested
from mapae.sources.recipients import HIDDEN, hidden
from mapae.sources.rejects import RejectLog
from mapae.sources.specs import from_specs

__all__ = ["Shaper"]

_DATES = frozenset(
    "first_seen last_seen first_shown last_shown seen_at fetched_at date received_on purchased_on delivered_on "
    "valid_from tested_on closed_on paid_on".split()
)
_JOINED = {
    "category": " > ",
    "image_urls": " ",
    "links": " ",
    "text": "\n",
    "headline": "\n",
    "platform": ", ",
    "landing_url": " ",
}
_MONEY = ("price", "spend", "amount", "value")  # amounts whose sign tells the record's currency
_COUNTED = ("value",)  # amounts whose cells may count in words of their own
_PLAIN_NUMBER = r"^[+-]?\d{1,15}(\.\d+)?([eE][+-]?\d{1,2})?$"
_GROUPED = r"^\d{1,3}\.\d{3}$"
_TRUE = frozenset("true yes y 1 t 예 네 o 是 있음".split())
_FALSE = frozenset("false no n 0 f 아니오 아니요 x 否 없음".split())
_BOUND = re.compile(
    r"[<>≤≥＜＞]|미만|이하|이상|초과|以下|以上|\b(?:under|below|less|up to|at most|over|above|more|at least)\b",
    re.I,
)
# cells by which a table of shares says that an amount is not known
_UNTOLD = re.compile(
    r"[-–—―?.…·x*]{1,3}|비공개|미공개|비밀|미상|불명|알\s*수\s*없음|(?:해당|자료)\s*없음|미집계|미제출|"
    r"not (?:disclosed|available|known)|undisclosed|confidential|unknown|missing|withheld|na|n\.a\.|"
    r"未知|不详|未披露|未公开|保密",
    re.I,
)
_SHORTENED = r"^\d(\.\d+)?[eE]\+\d{2}$"


@dataclass
class Shaper:
    """Applies a layout to blocks. One for each reading of a source; it logs the cells that it sets aside.

    above: the lines above the header, where a unit may stand that holds for all amounts.
    """

    kind: Kind
    layout: Layout
    mapping: Mapping[str, str]
    log: RejectLog
    above: str = ""
    _plans: dict[tuple[str, ...], Plan] = field(default_factory=dict)
    carrier: Carrier | None = None

    def __post_init__(self) -> None:
        if self.layout.carries is not None:
            self.carrier = Carrier(self.layout.carries[1])

    def batch(self, block: Block) -> pa.RecordBatch:
        """The block's rows in the kind's schema."""
        columns = tuple(block.columns)
        if columns not in self._plans:
            self._plans[columns] = plan(self.layout, columns, self.mapping)
        return _Shaping(self, block, self._plans[columns]).batch()


class _Shaping:
    """One block on its way. `done`: finished columns; `aside`: raw cells that go to `extra` by source name."""

    def __init__(self, shaper: Shaper, block: Block, plan: Plan) -> None:
        self.kind, self.layout, self.log = shaper.kind, shaper.layout, shaper.log
        self.block, self.plan, self.above = block, plan, shaper.above
        self.constants, self.carrier = _constants(shaper, plan), shaper.carrier
        self.texts: dict[str, pa.Array] = {}
        self.done: dict[str, pa.Array] = {}
        self.aside: dict[str, pa.Array] = {}
        self.guess: pa.Array | None = None

    def batch(self) -> pa.RecordBatch:
        schema = self.kind.schema
        for name in (name for name in self.kind.columns if not _is_float(schema, name)):
            self.done[name] = self._column(name, schema.field(name).type)
        if self.carrier is not None and self.layout.carries and self.layout.carries[0] in self.block.columns:
            self.carrier.fill(self.done, self.text(self.layout.carries[0]))
        for name, said in self.constants.items():
            self.done[name] = pc.fill_null(self.done[name], said)
        if self.plan.specs is not None:
            from_specs(self.done, self.text(self.plan.specs))
        self.done = with_identity(self.kind, self.done, self.layout.constants)
        self.guess = self._heading() or currencies(self.kind, self.done)
        for name in (name for name in self.kind.columns if _is_float(schema, name)):
            self.done[name] = self._number(name)
        from_nested(self.layout.nested, self.block.columns, self.done)
        if self.guess is not None:
            self.done["currency"] = pc.coalesce(self.done["currency"], self.guess)
        self.done["extra"] = self._extra()
        self._key()
        return pa.RecordBatch.from_arrays([self.done[name] for name in schema.names], schema=schema)

    def _heading(self) -> pa.Array | None:
        """The currency that the heading of the amounts or the lines above it name, for rows that say none."""
        source = next((self.plan.targets[name][0] for name in _MONEY if self.plan.targets.get(name)), None)
        if "currency" not in self.done or source is None:
            return None
        code = currency_named(source, unit_of(source) or unit_above(self.above))
        return pa.repeat(pa.scalar(code, pa.string()), len(self.block)) if code else None

    def text(self, source: str) -> pa.Array:
        """A source column as trimmed text, made once."""
        if source not in self.texts:
            self.texts[source] = text_of(self.block.columns[source])
        return self.texts[source]

    def _list(self, source: str, separator: str) -> pa.Array:
        """A source's texts, those of a list with the separator between, whether it came as a list or as its JSON."""
        return pc.replace_substring(joined(self.text(source), separator), "\n", separator)

    def _column(self, name: str, kind: pa.DataType) -> pa.Array:
        sources = self.plan.targets.get(name, ())
        if not sources:
            return pa.nulls(len(self.block), kind)
        if name == "image_urls":
            return spaced([self._list(source, " ") for source in sources])
        if name in _JOINED:
            column = coalesced([self._list(source, _JOINED[name]) for source in sources])
        elif name in HIDDEN:
            column = coalesced([hidden(self.text(source), source, name) for source in sources])
        else:
            column = coalesced([self.text(source) for source in sources])
        if name in _DATES:
            return self._each(
                column, name, iso_date, "no date of the calendar, or day and month cannot be told apart"
            )
        if name == "at":  # of an event; what is no moment is told by who reads events
            return self._each(column, name, lambda text: iso_moment(text) or text, "")
        if name == "gtin":
            return self._gtin(column)
        if name == "currency":
            return self._each(column, name, lambda text: currency_named("", text) or text.upper(), "")
        return self._flags(column, name) if pa.types.is_boolean(kind) else column

    def _each(self, column: pa.Array, name: str, read: Callable[[str], str | None], why: str) -> pa.Array:
        """Each distinct cell through `read`; what it cannot read is set aside."""
        coded = column.dictionary_encode()
        values = coded.dictionary.to_pylist()
        fresh = [read(value) for value in values]
        if fresh == values:
            return column
        result = pa.array(fresh, pa.string()).take(coded.indices)
        self._set_aside(name, pc.and_(pc.is_valid(column), pc.is_null(result)), column, why)
        return result

    def _gtin(self, column: pa.Array) -> pa.Array:
        if not pc.any(pc.match_substring_regex(column, r"[^0-9]")).as_py():
            return column
        column = pc.replace_substring_regex(column, r"\.0$", "")
        short = pc.fill_null(pc.match_substring_regex(column, _SHORTENED), False)
        if short.true_count:
            self._set_aside(
                "gtin", short, column, "a spreadsheet shortened the number; export the column as text"
            )
            column = pc.if_else(short, pa.scalar(None, pa.string()), column)
        return pc.replace_substring_regex(
            column, r"[\s\-'‘’`=\"]", ""
        )  # ="880…" keeps a spreadsheet from rounding

    def _flags(self, column: pa.Array, name: str) -> pa.Array:
        folded = pc.utf8_lower(column)
        yes, no = (pc.is_in(folded, pa.array(sorted(words))) for words in (_TRUE, _FALSE))
        known = pc.or_(yes, no)
        self._set_aside(name, pc.and_(pc.is_valid(column), pc.invert(known)), column, "neither yes nor no")
        return pc.if_else(known, yes, pa.scalar(None, pa.bool_()))

    def _number(self, name: str) -> pa.Array:
        """Numbers and money. The first source that is not null is read; its currency fills an empty one."""
        sources = self.plan.targets.get(name, ())
        if not sources:
            return pa.nulls(len(self.block), pa.float64())
        quick = [self.block.columns[source] for source in sources]
        if len(quick) == 1 and (numbers := _numbers(quick[0])) is not None:
            return numbers
        return self._money(name, joined(coalesced([self.text(source) for source in sources]), " - "))

    def _money(self, name: str, cells: pa.Array) -> pa.Array:
        currency = self._said()
        plain = pc.fill_null(pc.match_substring_regex(cells, _PLAIN_NUMBER), False)
        whole = _whole(currency) if currency is not None else None
        if whole is not None and whole.true_count:
            grouped = pc.fill_null(pc.match_substring_regex(cells, _GROUPED), False)
            plain = pc.and_not(plain, pc.and_(grouped, whole))
        numbers = pc.cast(pc.if_else(plain, cells, pa.scalar(None, pa.string())), pa.float64())
        odd = pc.and_not(pc.is_valid(cells), plain)
        if not odd.true_count:
            return numbers
        places = np.flatnonzero(odd.to_numpy(zero_copy_only=False))
        self._read_odd(name, cells, places, (fresh := numbers.to_numpy(zero_copy_only=False).copy()), odd)
        return pa.array(fresh, pa.float64(), from_pandas=True)

    def _said(self) -> pa.Array | None:
        """The currency of each row as far as it is known before its price is read."""
        stated = self.done.get("currency")
        return stated if stated is None or self.guess is None else pc.coalesce(stated, self.guess)

    def _read_odd(
        self,
        name: str,
        cells: pa.Array,
        places: npt.NDArray[np.int64],
        numbers: npt.NDArray[np.float64],
        odd: pa.Array,
    ) -> None:
        """Cells that are no plain number, one by one; ranges and what is no amount stay in `extra`."""
        said = self.done["currency"].to_pylist() if "currency" in self.done else None
        known = self._said()
        hints = None if known is None else known.to_pylist()
        kept = np.zeros(len(cells), bool)
        wrong = np.zeros(len(cells), bool)
        units = self.done["unit"].to_pylist() if name in _COUNTED and "unit" in self.done else None
        for place, cell in zip(places.tolist(), cells.take(pa.array(places)).to_pylist(), strict=True):
            whole = counted(cell, units[place]) if units and units[place] else None
            if units and whole:
                cell, units[place] = whole
            money = parse_money(cell, hints[place] if hints else None)
            wrong[place] = money is None and not self._untold(cell)
            kept[place] = money is not None and (money.more or self._bounds(cell))
            if money is not None:
                numbers[place] = np.nan if money.low is None else money.low
                if said and money.currency and name in _MONEY:
                    said[place] = said[place] or money.currency
        if said is not None:
            self.done["currency"] = pa.array(said, pa.string())
        if units is not None:
            self.done["unit"] = pa.array(units, pa.string())
        self._set_aside(name, pa.array(wrong), cells, "no number that can be understood", also=pa.array(kept))

    def _bounds(self, cell: str) -> bool:
        """Whether a cell of a table of shares gives a bound, which its number alone would lose."""
        return self.kind.name == "market_share" and _BOUND.search(cell) is not None

    def _untold(self, cell: str) -> bool:
        """Whether a cell of a table of shares says that its amount is not known, which leaves it open."""
        return self.kind.name == "market_share" and _UNTOLD.fullmatch(cell.strip("()[] ")) is not None

    def _set_aside(
        self, name: str, wrong: pa.Array, cells: pa.Array, why: str, also: pa.Array | None = None
    ) -> None:
        """Log the wrong cells and keep them, and those of `also`, in `extra` under the source's name."""
        mask = pc.fill_null(wrong, False)
        keep = mask if also is None else pc.or_(mask, also)
        if not keep.true_count:
            return
        source = self.plan.targets[name][0]
        self.aside[source] = pc.if_else(keep, cells, pa.scalar(None, pa.string()))
        for place in np.flatnonzero(mask.to_numpy(zero_copy_only=False)).tolist():
            self.log.cell(int(self.block.lines[place]), source, why, cells[place].as_py() or "")

    def _extra(self) -> pa.Array:
        """Columns that fill nothing, as one JSON object a row; null where there are none."""
        parts = [member(name, self.text(name)) for name in self.plan.rest]
        parts += [member(name, column) for name, column in self.aside.items() if name not in self.plan.rest]
        if not parts:
            return pa.nulls(len(self.block), pa.string())
        inside = run_on(parts)
        return pc.if_else(
            pc.equal(inside, ""),
            pa.scalar(None, pa.string()),
            wrap(pc.binary_replace_slice(inside, 0, 1, "{"), "", "}"),
        )

    def _key(self) -> None:
        """Rows without a key get one from their content."""
        key = self.done[self.kind.key]
        if key.null_count == 0:
            return
        self.done[self.kind.key] = _from_content(key, self.done)


def _constants(shaper: Shaper, plan: Plan) -> Mapping[str, str]:
    """What headings say for rows that say nothing; the unit and the basis of the lines above where no heading has one."""
    if "unit" not in shaper.layout.aliases or "value" not in plan.targets:
        return plan.constants
    said = f"{shaper.above}\n{plan.targets['value'][0]}"
    told = {"unit": unit_above(shaper.above), "basis": basis_above(said, shaper.layout.heads)}
    return {name: said for name, said in told.items() if said and name in shaper.layout.aliases} | dict(
        plan.constants
    )


def _from_content(key: pa.Array, done: Mapping[str, pa.Array]) -> pa.Array:
    """The keys, null ones filled with `row-` and 16 hex digits of the SHA-256 of the row's cells."""
    missing = key.is_null()
    columns = [column.filter(missing).to_pylist() for column in done.values()]
    fresh = [
        "row-" + hashlib.sha256(orjson.dumps(cells)).hexdigest()[:16] for cells in zip(*columns, strict=True)
    ]
    return pc.replace_with_mask(key, missing, pa.array(fresh, pa.string()))


def _is_float(schema: pa.Schema, name: str) -> bool:
    return bool(pa.types.is_floating(schema.field(name).type))


def _numbers(column: Column) -> pa.Array | None:
    """The column as float64 where it holds numbers already and none too large to be an amount, else None."""
    if isinstance(column, list):
        if not set(map(type, column)) <= {int, float, type(None)}:
            return None
        try:
            return _finite(pa.array(column, pa.float64()))
        except (pa.ArrowInvalid, OverflowError):
            return None
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _finite(column.cast(pa.float64(), safe=False))
    return None


def _finite(column: pa.Array) -> pa.Array | None:
    found = pc.if_else(pc.is_finite(column), column, pa.scalar(None, pa.float64()))
    return None if pc.any(pc.greater(pc.abs(found), MOST)).as_py() else found


@cache
def _whole_currencies() -> pa.Array:
    return pa.array("KRW JPY IDR VND CLP HUF COP MNT KHR".split())


def _whole(currency: pa.Array) -> pa.Array:
    return pc.is_in(currency, _whole_currencies())
