"""Agreements and their commitments as the pack holds them: metric, events, time, threshold or yardstick, reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from mapae.errors import PackError, UsageError
from mapae.law import LawBook
from mapae.pack import Pack
from mapae.text.names.aliases import alias_group, name_key

__all__ = ["METRICS", "Agreement", "Commitment", "Within", "load_agreements", "operator_key"]

METRICS = ("within", "lasting", "truth", "time")
_FOLDER = "agreements"


@dataclass(frozen=True, slots=True)
class Within:
    """A period: so many days or business days; basis: agreement, law, reference or target (ours)."""

    count: int
    business: bool
    basis: str


@dataclass(frozen=True)
class Commitment:
    """One promise or duty as a metric of events.

    against: {share} or {each} or {most}: what the value is read against; basis: whose it is (agreement, law, reference,
    target); words: patterns of terms that speak of it.
    """

    key: str
    title: Mapping[str, str]
    says: Mapping[str, str]
    metric: str
    of: tuple[str, ...]
    done: tuple[str, ...]
    not_done: tuple[str, ...]
    within: Within
    quantile: float
    against: Mapping[str, Any]
    basis: str
    provision: str
    words: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Agreement:
    """An agreement, a reference or a set of duties, with its commitments in order; role: whose duties, where it is said."""

    key: str
    title: Mapping[str, str]
    kind: str
    signed_on: date | None
    text_seen: bool
    reference: Mapping[str, str]
    checked_on: date
    operators: Mapping[str, tuple[str, ...]]
    announced: tuple[Mapping[str, Any], ...]
    commitments: tuple[Commitment, ...]
    role: str = ""

    @cached_property
    def parties(self) -> frozenset[str]:
        """Keys of every name of its operators."""
        return frozenset(operator_key(name) for names in self.operators.values() for name in names)

    def binds(self, operator: str) -> bool:
        """Whether it is about this operator; one without a list is about any."""
        return not self.operators or operator_key(operator) in self.parties


def operator_key(name: str) -> str:
    """One key for all names of a known operator (AliExpress, 알리익스프레스), else the folded name."""
    group = alias_group(name)
    return f"#{group}" if group is not None else name_key(name)


def load_agreements(
    pack: Pack, book: LawBook, as_of: date, keys: Iterable[str] = ()
) -> tuple[Agreement, ...]:
    """The pack's agreements (`agreements/register.yaml`), or those of these keys, with periods of law as of the day.

    UsageError for a key that is not there, PackError for data that says nothing measurable.
    """
    listed = pack.data(f"{_FOLDER}/register.yaml")["agreements"]
    wanted = tuple(keys) or tuple(listed)
    for key in wanted:
        if key not in listed:
            raise UsageError(
                f"there is no agreement {key!r}",
                where="--agreement",
                mend=f"agreements are: {', '.join(listed)}",
            )
    return tuple(_agreement(pack, key, book, as_of) for key in wanted)


def _agreement(pack: Pack, key: str, book: LawBook, as_of: date) -> Agreement:
    row = pack.data(f"{_FOLDER}/{key}.yaml")
    return Agreement(
        key,
        row["title"],
        row["kind"],
        row.get("signed_on"),
        row["text_seen"],
        row["reference"],
        row["checked_on"],
        {one["key"]: (one["key"], *one["names"]) for one in row["operators"]},
        tuple(row["announced"]),
        tuple(_commitment(one, f"{_FOLDER}/{key}.yaml", book, as_of) for one in row["commitments"]),
        row.get("role", ""),
    )


def _commitment(row: Mapping[str, Any], file: str, book: LawBook, as_of: date) -> Commitment:
    where = f"{file}: {row['key']}"
    known = {item["key"] for item in book.pack.data(f"{_FOLDER}/events.yaml")["events"]}
    events = [*row["of"], *row["done"], *row.get("not_done", ())]
    if row["metric"] not in METRICS:
        raise PackError(
            f"there is no metric {row['metric']!r}", where=where, mend=f"metrics are: {', '.join(METRICS)}"
        )
    if strange := [name for name in events if name not in known]:
        raise PackError(
            f"there is no event {strange[0]!r}",
            where=where,
            mend="events are those of agreements/events.yaml",
        )
    against = row.get("threshold") or row.get("yardstick") or {}
    own = "law" if row["within"]["basis"] == "law" else "agreement"
    return Commitment(
        row["key"],
        row["title"],
        row["says"],
        row["metric"],
        tuple(row["of"]),
        tuple(row["done"]),
        tuple(row.get("not_done", ())),
        _within(row["within"], where, book, as_of),
        float(row.get("quantile", 0.5)),
        {name: value for name, value in against.items() if name in ("share", "each", "most")},
        own if "threshold" in row else str(against.get("basis", "")),
        row["provision"],
        tuple(re.compile(rule, re.IGNORECASE) for rule in row["words"]),
    )


def _within(row: Mapping[str, Any], where: str, book: LawBook, as_of: date) -> Within:
    business = "business_days" in row
    told = row.get("business_days", row.get("days"))
    if "law" in row:
        told = book.value(row["law"], as_of) or told
    if not isinstance(told, int) or told < 0:
        raise PackError(
            "the period is no number of days", where=where, mend="within: {business_days: 3, basis: law}"
        )
    return Within(told, business, row["basis"])
