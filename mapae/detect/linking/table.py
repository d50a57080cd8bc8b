"""One side of a linking: what its records are compared by, in columns; the bulk lies in files and is mapped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mapae.detect.kernels.units import BUCKETS, numbers, units
from mapae.detect.linking.units import CHARACTERS, character_kinds
from mapae.text.fold import fold_cells

__all__ = ["Table", "build_table"]

Array = npt.NDArray[Any]
_REST = ("description", "brand", "model")
_BULK = {"ids": np.uint32, "in_title": np.uint8, "in_all": np.uint8, "numbers": np.int64, "titled": np.bool_}


@dataclass(frozen=True)
class Table:
    """Records of one side, in order. n records, u distinct (record, bucket) pairs, m numbers.

    keys, titles, currencies, gtins: n, text or null; prices: n, NaN where there is none; ends, number_ends: n + 1;
    ids (buckets of letter runs, sorted in a record), in_title, in_all (times): u; numbers (thousandths), titled: m;
    df_title, df_all: in how many records each bucket is.
    """

    keys: pa.ChunkedArray
    titles: pa.ChunkedArray
    currencies: pa.ChunkedArray
    gtins: pa.ChunkedArray
    prices: Array
    ends: Array
    number_ends: Array
    ids: Array
    in_title: Array
    in_all: Array
    numbers: Array
    titled: Array
    df_title: Array
    df_all: Array

    def __len__(self) -> int:
        return len(self.ends) - 1


def build_table(batches: Iterable[pa.RecordBatch], folder: Path) -> Table:
    """Read listings once. folder: an empty folder for the bulk (about 900 bytes a listing); it must outlive the table."""
    folder.mkdir(parents=True, exist_ok=True)
    texts: dict[str, list[pa.Array]] = {name: [] for name in ("listing_id", "title", "currency", "gtin")}
    prices, sizes, counts = [np.zeros(0)], [np.zeros(1, np.int64)], [np.zeros(1, np.int64)]
    df_title, df_all = np.zeros(BUCKETS, np.int32), np.zeros(BUCKETS, np.int32)
    files = {name: (folder / name).open("wb") for name in _BULK}
    for batch in batches:
        for name, parts in texts.items():
            parts.append(batch.column(name))
        prices.append(_prices(batch.column("price")))
        bulk, ends, number_ends = _bulk(batch)
        df_all += np.bincount(bulk["ids"], minlength=BUCKETS).astype(np.int32)
        df_title += np.bincount(bulk["ids"][bulk["in_title"] > 0], minlength=BUCKETS).astype(np.int32)
        sizes.append(np.diff(ends))
        counts.append(np.diff(number_ends))
        for name, file in files.items():
            bulk[name].tofile(file)
    for file in files.values():
        file.close()
    columns = {name: pa.chunked_array(parts, pa.string()) for name, parts in texts.items()}
    mapped = {name: _mapped(folder / name, kind) for name, kind in _BULK.items()}
    return Table(
        keys=columns["listing_id"],
        titles=columns["title"],
        currencies=columns["currency"],
        gtins=columns["gtin"],
        prices=np.concatenate(prices),
        ends=np.cumsum(np.concatenate(sizes)),
        number_ends=np.cumsum(np.concatenate(counts)),
        ids=mapped["ids"],
        in_title=mapped["in_title"],
        in_all=mapped["in_all"],
        numbers=mapped["numbers"],
        titled=mapped["titled"],
        df_title=df_title,
        df_all=df_all,
    )


def _mapped(path: Path, kind: type) -> Array:
    return np.memmap(path, kind, "r") if path.stat().st_size else np.zeros(0, kind)


def _prices(column: pa.Array) -> Array:
    found = column.to_numpy(zero_copy_only=False).astype(np.float64)
    return np.where(found > 0, found, np.nan)


def _bulk(batch: pa.RecordBatch) -> tuple[dict[str, Array], Array, Array]:
    """Letter runs and numbers of a batch, and where each record's end."""
    rest = pc.binary_join_element_wise(*(pc.fill_null(batch.column(name), "") for name in _REST), " ")
    folded = fold_cells([batch.column("title"), rest]).channels[0]
    ids, in_title, in_all, ends = units(folded.data, folded.offsets, character_kinds(), CHARACTERS)
    values, titled, number_ends = numbers(folded.data, folded.offsets, 2 * CHARACTERS)
    bulk = {"ids": ids, "in_title": in_title, "in_all": in_all, "numbers": values, "titled": titled}
    return bulk, ends, number_ends
