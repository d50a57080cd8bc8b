"""Campaigns as a report shows them: those with a finding first, what ties each together, and its adverts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

__all__ = ["Campaigns", "Member", "ShownCampaign", "read_campaigns"]

_SHOWN, _MEMBERS, _LINKS = 50, 12, 8  # campaigns in a report; adverts and links of each


@dataclass(frozen=True, slots=True)
class Member:
    """An advert or post of a campaign. finding_id: its finding shown in the same report, or empty."""

    record_id: str
    advertiser: str
    title: str
    flagged: bool
    finding_id: str = ""


@dataclass(frozen=True, slots=True)
class ShownCampaign:
    """A campaign: how many records, how many of them found unlawful, links as (kind, value, records that have it), members
    with the unlawful ones first, and how many links and members are left out.
    """

    campaign_id: str
    records: int
    flagged: int
    links: tuple[tuple[str, str, int], ...]
    members: tuple[Member, ...]
    links_left: int = 0
    members_left: int = 0


@dataclass(frozen=True, slots=True)
class Campaigns:
    """Campaigns with a finding that are shown, how many more there are, how many have none; record → campaign shown."""

    shown: tuple[ShownCampaign, ...] = ()
    left: int = 0
    quiet: int = 0
    of: Mapping[str, str] = field(default_factory=dict)


def read_campaigns(path: Path, findings: Sequence[Mapping[str, Any]]) -> Campaigns:
    """Campaigns of OUT/campaigns.parquet. findings: those the report shows, which members are linked to."""
    table = pq.read_table(path)
    every = len(pc.unique(table["campaign_id"]))
    table = table.filter(pc.greater(table["flagged_in_campaign"], 0))
    order = _gravest_first(table)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in order[:_SHOWN]}
    wanted = pc.is_in(table["campaign_id"], value_set=pa.array(list(rows), pa.string()))
    for row in table.filter(wanted).to_pylist():
        rows[row["campaign_id"]].append(row)
    found = {row["subject_id"]: row["finding_id"] for row in findings if row["measure"] == "illegal_ads"}
    return Campaigns(
        tuple(_campaign(name, members, found) for name, members in rows.items()),
        len(order) - len(rows),
        every - len(order),
        {row["record_id"]: name for name, members in rows.items() for row in members},
    )


def _gravest_first(table: pa.Table) -> list[str]:
    """Campaigns by records found unlawful, then by size."""
    sizes = table.group_by("campaign_id").aggregate(
        [("flagged_in_campaign", "max"), ("records_in_campaign", "max")]
    )
    by = [
        ("flagged_in_campaign_max", "descending"),
        ("records_in_campaign_max", "descending"),
        ("campaign_id", "ascending"),
    ]
    order: list[str] = sizes.sort_by(by)["campaign_id"].to_pylist()
    return order


def _campaign(name: str, rows: Sequence[Mapping[str, Any]], found: Mapping[str, str]) -> ShownCampaign:
    links = Counter((link["kind"], link["value"]) for row in rows for link in row["links"])
    ordered = sorted(links.items(), key=lambda item: (-item[1], item[0]))
    members = sorted(rows, key=lambda row: not row["flagged"])
    return ShownCampaign(
        name,
        len(rows),
        sum(row["flagged"] for row in rows),
        tuple((kind, value, count) for (kind, value), count in ordered[:_LINKS]),
        tuple(
            Member(
                row["record_id"],
                row["advertiser"],
                row["title"],
                row["flagged"],
                found.get(row["record_id"], ""),
            )
            for row in members[:_MEMBERS]
        ),
        max(0, len(links) - _LINKS),
        max(0, len(members) - _MEMBERS),
    )
