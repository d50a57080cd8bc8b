"""Campaigns of a screening of adverts or posts: which belong together, and how many of each were found unlawful."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mapae.detect.links import LinkReader
from mapae.measures.illegal_ads.aggregate import campaign_table, link_campaigns
from mapae.pack import Pack

__all__ = ["KINDS_LINKED", "write_campaigns"]

KINDS_LINKED = ("advert", "post")


def write_campaigns(batches: Iterable[pa.RecordBatch], pack: Pack, out: Path) -> int:
    """Read the records once more and write OUT/campaigns.parquet beside the findings; how many campaigns there are."""
    table = pq.read_table(out / "findings.parquet", columns=["subject_id", "shadow", "measure"])
    mine = table.filter(
        pc.and_(pc.equal(table["measure"], "illegal_ads"), pc.invert(pc.fill_null(table["shadow"], False)))
    )
    flagged = frozenset(mine["subject_id"].to_pylist())
    reader = LinkReader.of(pack.data("lexicons/adverts_links.yaml"))
    campaigns = link_campaigns(batches, reader, flagged)
    draft = out / "campaigns.draft"
    pq.write_table(campaign_table(campaigns), draft, compression="zstd")
    draft.replace(out / "campaigns.parquet")
    return len(campaigns)
