"""Writes the sample: one folder a record kind, as platforms would export it, and a key of what is planted."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import orjson

from mapae.app.demo_data import ordinary, planted, trade
from mapae.app.demo_data.market import Market
from mapae.model.records import KINDS

__all__ = ["BY_HAND", "ORDINARY", "SEED", "TOGETHER", "Sample", "write_first", "write_sample"]

SEED = 20240313
ORDINARY = {"listing": 5000, "advert": 560, "post": 300, "lab_result": 92}
# kinds that are judged together, whose findings are on markets, firms, searches: what makes their records
TOGETHER: dict[str, Callable[[Market], Iterator[dict[str, Any]]]] = {
    "market_share": trade.shares, "search_result": trade.searches, "fee": trade.fees,
    "settlement": trade.settlements, "event": trade.events, "figure": trade.figures,
}  # fmt: skip
BY_HAND = ("complaint", "policy", "consignment")
_Row = dict[str, Any]
_Made = list[
    tuple[_Row, tuple[str, ...] | None]
]  # a record; the references it must give, None for ordinary ones


@dataclass(frozen=True)
class Sample:
    """What was written.

    folders: kind → folder of its files; records: kind → number; expected: (kind, record id) → the references that
    must be found, none where nothing may be found; by_hand: ids of the records written by hand.
    """

    folders: dict[str, Path]
    records: dict[str, int]
    expected: dict[tuple[str, str], tuple[str, ...]]
    by_hand: frozenset[str]


def write_first(folder: Path, seed: int = SEED) -> Path:
    """Only the listings written by hand: FOLDER/listing/by_hand.jsonl, as `write_sample` writes it too."""
    path = folder / "listing" / "by_hand.jsonl"
    _jsonl(path, (row for row, _ in planted.hard_listings(Market(_chance(seed, "by hand")))))
    return path


def write_sample(folder: Path, seed: int = SEED, counts: Mapping[str, int] = ORDINARY) -> Sample:
    """The whole sample under FOLDER, `counts` ordinary records a kind; the same seed writes the same bytes.

    FOLDER/key.jsonl says what is planted where.
    """
    write_first(folder, seed)
    hand = list(planted.hard_listings(Market(_chance(seed, "by hand"))))
    made = {kind: _make(kind, seed, counts.get(kind, 0)) for kind in (*ORDINARY, *BY_HAND)}
    for kind, rows in TOGETHER.items():
        made[kind] = [(row, None) for row in rows(Market(_chance(seed, kind)))]
    _listings(folder / "listing", [row for row, _ in made["listing"]])
    for kind in ("advert", "post"):
        _jsonl(folder / kind / f"{kind}s.jsonl", (row for row, _ in made[kind]))
    _jsonl(folder / "complaint" / "complaints.jsonl", (row for row, _ in made["complaint"]))
    _jsonl(folder / "policy" / "policies.jsonl", (row for row, _ in made["policy"]))
    for kind in ("lab_result", "consignment", *TOGETHER):
        _csv(folder / kind / f"{kind}s.csv", [row for row, _ in made[kind]])
    every = {**made, "listing": [*hand, *made["listing"]]}
    expected = {
        (kind, row[KINDS[kind].key]): expect
        for kind, rows in every.items()
        for row, expect in rows
        if expect is not None
    }
    _jsonl(folder / "key.jsonl", ({"kind": k, "id": i, "expect": e} for (k, i), e in expected.items()))
    return Sample(
        folders={kind: folder / kind for kind in every},
        records={kind: len(rows) for kind, rows in every.items()},
        expected=expected,
        by_hand=frozenset(row["listing_id"] for row, _ in hand),
    )


def _chance(seed: int, what: str) -> Random:
    return Random(f"{seed} {what}")


def _make(kind: str, seed: int, count: int) -> _Made:
    """Planted and ordinary records of one kind, shuffled."""
    chance = _chance(seed, kind)
    market = Market(chance)
    plain: dict[str, Callable[[Market, int], Iterator[_Row]]] = {
        "listing": ordinary.listings,
        "advert": ordinary.adverts,
        "post": ordinary.posts,
        "lab_result": ordinary.lab_results,
    }
    marked: dict[str, tuple[Callable[[Market], Iterator[planted.Record]], ...]] = {
        "listing": (planted.planted_listings,),
        "advert": (planted.hard_adverts, planted.planted_adverts),
        "post": (planted.hard_posts,),
        "lab_result": (planted.over_limit,),
        "complaint": (planted.hard_complaints,),
        "policy": (planted.hard_policies,),
        "consignment": (trade.parcels,),
    }
    made: _Made = [item for source in marked[kind] for item in source(market)]
    made += [(row, None) for row in plain[kind](market, count)] if kind in plain else []
    chance.shuffle(made)
    return made


def _listings(folder: Path, rows: list[_Row]) -> None:
    """Lumibay exports a table, Dalmart objects line by line; captured pages travel with Dalmart's."""
    table = [row for row in rows if row["platform"] == "Lumibay" and "page_html" not in row]
    kept = {row["listing_id"] for row in table}
    _csv(folder / "lumibay.csv", table)
    _jsonl(folder / "dalmart.jsonl", (row for row in rows if row["listing_id"] not in kept))


def _jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows))


def _csv(path: Path, rows: list[_Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        names = list(dict.fromkeys(name for row in rows for name in row))
        writer = csv.DictWriter(out, names)
        writer.writeheader()
        writer.writerows(rows)
