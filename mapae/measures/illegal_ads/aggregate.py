"""Campaigns: adverts of one hand, joined by what they share, with the links that joined them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from mapae.detect.links import Link, LinkReader
from mapae.measures.illegal_ads.pictures import near_pairs

__all__ = ["CAMPAIGN_SCHEMA", "Campaign", "campaign_table", "link_campaigns"]

_COMMON = 1000  # a value that more adverts share belongs to a service, not to an advertiser
_COLUMNS = ("advert_id", "post_id", "headline", "text", "landing_text", "advertiser_name", "landing_url", "url",
            "links", "image_hash", "platform", "advertiser_id", "account_id")  # fmt: skip
CAMPAIGN_SCHEMA = pa.schema(
    [
        ("campaign_id", pa.string()),
        ("record_id", pa.string()),
        ("flagged", pa.bool_()),
        ("records_in_campaign", pa.int32()),
        ("flagged_in_campaign", pa.int32()),
        (
            "links",
            pa.list_(
                pa.struct(
                    [
                        ("kind", pa.string()),
                        ("value", pa.string()),
                        ("field", pa.string()),
                        ("start", pa.int32()),
                        ("end", pa.int32()),
                        ("seen", pa.string()),
                    ]
                )
            ),
        ),
        ("detail", pa.string()),
        ("advertiser", pa.string()),
        ("title", pa.string()),
    ]
)
_TITLE = 120  # characters kept of a headline, or of a post


@dataclass(frozen=True, slots=True)
class Campaign:
    """Records of one hand, in order of reading; the links of each that another of them has too; those found unlawful;
    advertiser and title of each.
    """

    campaign_id: str
    records: tuple[str, ...]
    links: tuple[tuple[Link, ...], ...]
    flagged: frozenset[str]
    names: tuple[tuple[str, str], ...]


def link_campaigns(
    batches: Iterable[pa.RecordBatch],
    reader: LinkReader,
    flagged: frozenset[str] = frozenset(),
    *,
    common: int = _COMMON,
) -> list[Campaign]:
    """Join adverts or posts that share a link. flagged: ids found unlawful.

    Only ids, links, advertisers and the beginnings of titles are kept. A value that more than `common` records share
    joins nothing.
    The result does not depend on how the records are cut into batches.
    """
    ids: list[str] = []
    names: list[tuple[str, str]] = []
    links: list[list[Link]] = []
    for batch in batches:
        columns = [name for name in _COLUMNS if name in batch.schema.names]
        for record in batch.select(columns).to_pylist():
            ids.append(str(record.get("advert_id") or record.get("post_id") or ""))
            names.append(_named(record))
            links.append(_links(record, reader))
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, found in enumerate(links):
        for link in found:
            owners[link.kind, link.value].append(number)
    shared = {key: rows for key, rows in owners.items() if 2 <= len(rows) <= common}
    shared |= _alike(owners, common)
    return _groups(ids, names, links, shared, flagged)


def campaign_table(campaigns: Iterable[Campaign]) -> pa.Table:
    """A row a record: its campaign, its links, and in plain words how many of the campaign were found unlawful."""
    rows = []
    for campaign in campaigns:
        bad = len(campaign.flagged)
        for record, found, (advertiser, title) in zip(
            campaign.records, campaign.links, campaign.names, strict=True
        ):
            others = bad - (record in campaign.flagged)
            kinds = ", ".join(sorted({link.kind for link in found}))
            rows.append(
                {
                    "campaign_id": campaign.campaign_id,
                    "record_id": record,
                    "flagged": record in campaign.flagged,
                    "records_in_campaign": len(campaign.records),
                    "flagged_in_campaign": bad,
                    "links": [{name: getattr(link, name) for name in Link.__slots__} for link in found],
                    "detail": f"same campaign as {others} flagged adverts, by {kinds}",
                    "advertiser": advertiser,
                    "title": title,
                }
            )
    return pa.Table.from_pylist(rows, schema=CAMPAIGN_SCHEMA)


def _named(record: Mapping[str, Any]) -> tuple[str, str]:
    title = record.get("headline") or record.get("text") or ""
    return str(record.get("advertiser_name") or record.get("account_id") or ""), str(title)[:_TITLE]


def _links(record: Mapping[str, Any], reader: LinkReader) -> list[Link]:
    found = reader.read(record)
    account = record.get("advertiser_id") or record.get("account_id")
    if account:
        found.append(Link("account", f"{record.get('platform') or ''}/{account}".casefold()))
    if picture := record.get("image_hash"):
        found.append(Link("image", str(picture).casefold(), "image_hash", 0, len(picture), picture))
    return found


def _alike(owners: dict[tuple[str, str], list[int]], common: int) -> dict[tuple[str, str], list[int]]:
    """Pictures that differ a little join as well: both hashes get the records of both."""
    hashes = sorted(value for kind, value in owners if kind == "image")
    found: dict[tuple[str, str], list[int]] = {}
    for left, right in near_pairs(hashes):
        rows = [*owners["image", hashes[left]], *owners["image", hashes[right]]]
        if len(rows) <= common:
            for value in (hashes[left], hashes[right]):
                found.setdefault(("image", value), []).extend(rows)
    return found


def _groups(
    ids: list[str],
    names: list[tuple[str, str]],
    links: list[list[Link]],
    shared: dict[tuple[str, str], list[int]],
    flagged: frozenset[str],
) -> list[Campaign]:
    parent = list(range(len(ids)))
    for rows in shared.values():
        for row in rows[1:]:
            _join(parent, rows[0], row)
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(ids)):
        members[_root(parent, number)].append(number)
    found = []
    for rows in members.values():
        if len(rows) > 1:
            records = tuple(ids[row] for row in rows)
            joined = tuple(
                tuple(link for link in links[row] if (link.kind, link.value) in shared) for row in rows
            )
            called = tuple(names[row] for row in rows)
            found.append(Campaign(_name(joined), records, joined, flagged & frozenset(records), called))
    return found


def _name(joined: tuple[tuple[Link, ...], ...]) -> str:
    """16 hex digits of the links: the same campaign keeps its name however its adverts are ordered."""
    keys = sorted({f"{link.kind}\x1f{link.value}" for found in joined for link in found})
    return hashlib.sha256("\x1e".join(keys).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _join(parent: list[int], one: int, other: int) -> None:
    left, right = sorted((_root(parent, one), _root(parent, other)))
    parent[right] = left
