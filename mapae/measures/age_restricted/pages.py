"""Searches the text of captured pages too, as one more column of the batch."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from mapae.contract import Batch, Hits, Row
from mapae.detect.lexicon import Lexicon
from mapae.detect.page import read_page
from mapae.model.finding import Reason
from mapae.text.fold import fold_cells, fold_text

__all__ = ["page_reason", "with_pages"]

_LONGEST = 20_000  # characters of a page's text that are searched


def with_pages(batch: Batch, hits: Hits, lexicon: Lexicon) -> Hits:
    """The hits, with those of the pages' texts added under the column number behind the kind's text columns."""
    pages = batch.column("page_html")
    if pages.null_count == len(pages):
        return hits
    rows = np.flatnonzero(np.asarray(pages.is_valid()))
    texts = pa.array([_text(pages[int(row)].as_py()) for row in rows])
    found = lexicon.scan(fold_cells([texts]), 1)[0]
    if not len(found):
        return hits
    column = np.full(len(found), len(batch.kind.text), np.int32)
    moved = Hits(
        rows[found.row].astype(np.int32), column, *(getattr(found, name) for name in Hits.__slots__[2:])
    )
    joined = Hits(*(np.concatenate([getattr(hits, name), getattr(moved, name)]) for name in Hits.__slots__))
    return joined.take(
        np.lexsort((joined.entry, -joined.end, joined.start, joined.channel, joined.field, joined.row))
    )


def _text(html: str) -> str:
    page = read_page(html)
    return " · ".join([*page.titles[:400], page.text])[:_LONGEST]


def page_reason(row: Row, hits: Hits, i: int, name: str, detail: str) -> Reason:
    """The reason of a hit in the page: its place is that of the words in the page's source, where they stand there."""
    html = row.text("page_html")
    text = _text(html)
    first, last = fold_text(text, int(hits.channel[i])).original(int(hits.start[i]), int(hits.end[i]))
    seen = text[first:last]
    at = html.find(seen)
    return Reason("page_html", max(at, 0), max(at, 0) + len(seen) if at >= 0 else 0, seen, name, detail, 0.8)
