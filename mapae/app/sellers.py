"""Sellers joined over files of several kinds: posts, adverts, listings, complaints and pages, into OUT/sellers.parquet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq

from mapae.contract import Context
from mapae.errors import UsageError
from mapae.measures.social_commerce.mentions import Account, gather
from mapae.measures.social_commerce.sellers import Joined, join_accounts, reader_of, seller_table
from mapae.sources import open_source

__all__ = ["join_sellers"]


def join_sellers(
    inputs: Sequence[tuple[str | None, Path]], context: Context, out: Path
) -> tuple[Joined, int]:
    """Read every file as its kind (None: what its columns fit) and write OUT/sellers.parquet; rows no reader could take.

    UsageError for a kind of record that names no seller.
    """
    reader, table = reader_of(context), context.pack.data("social/sellers.yaml")
    found: dict[str, Account] = {}
    rejected = 0
    for kind, path in inputs:
        source = open_source(path, kind)
        if source.kind not in reader.records:
            raise UsageError(
                f"records of kind {source.kind} name no seller",
                where=str(path),
                mend=f"kinds are: {', '.join(reader.records)}; say one as KIND=FILE",
            )
        gather(source.kind, source.batches(), reader, found)
        rejected += source.rows_rejected
    joined = join_accounts(found.values(), table)
    out.mkdir(parents=True, exist_ok=True)
    draft = out / "sellers.draft"
    pq.write_table(seller_table(joined, alone=True), draft, compression="zstd")
    draft.replace(out / "sellers.parquet")
    return joined, rejected
