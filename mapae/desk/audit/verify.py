"""Walks the audit log from its first entry and finds what was changed, removed or inserted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from mapae.desk.audit.models import START, AuditEntry, AuditHead, link

__all__ = ["FAULTS", "Entry", "Fault", "Head", "Report", "stored", "verify"]

# seq, at (None: the row cannot be read), actor, kind, subject, data, chain
Entry = tuple[int, datetime | None, str, str, str, dict[str, Any], str]

FAULTS = {
    "changed": {"ko": "바뀜", "en": "changed"},
    "removed": {"ko": "빠짐", "en": "removed"},
    "inserted": {"ko": "끼어듦", "en": "inserted"},
    "rewritten": {"ko": "따로 보관한 끝값과 다름", "en": "differs from a head kept outside"},
    "stamp": {"ko": "시점확인이 맞지 않음", "en": "its time-stamp does not hold"},
}

_UNREADABLE = (AttributeError, TypeError, ValueError)  # SQLite keeps any text in a column of moments
_FIELDS = ("seq", "at", "actor", "kind", "subject", "data", "chain")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place. kind: changed, removed, inserted, rewritten (differs from a head kept outside) or stamp (a
    head's time-stamp does not hold)."""

    seq: int
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain stood once, as kept outside the database. where: the file that says so."""

    seq: int
    chain: str
    where: str


@dataclass(frozen=True, slots=True)
class Report:
    """entries: how many were read; last: the number of the last; heads: how many outside heads agreed."""

    entries: int
    last: int
    heads: int
    faults: tuple[Fault, ...]


def verify(heads: Iterable[Head] = (), *, most: int = 50, rows: Iterable[Entry] | None = None) -> Report:
    """Read every entry; at most `most` faults are told. Entries may be added meanwhile.

    A row that was altered breaks its own link; where its link was made anew, the next row's; where all later links were
    made anew, only a head kept outside the database tells. rows: a copy of the log to be read in its place.
    """
    kept = sorted(heads, key=lambda head: head.seq)
    faults: list[Fault] = []
    before = _head()[0]
    walk = _Walk({head.seq for head in kept})
    for fault in chain(
        walk.faults(stored() if rows is None else rows), _ends(walk, before), _outside(walk, kept)
    ):
        faults.append(fault)
        if len(faults) == most:
            break
    agreed = sum(walk.seen.get(head.seq) == head.chain for head in kept)
    return Report(walk.entries, walk.last, agreed, tuple(faults))


def stored() -> Iterator[Entry]:
    """The log as it stands, in order; from a row on that cannot be read, one row at a time."""
    rows = AuditEntry.objects.order_by("seq", "pk")
    last = 0
    try:
        for row in rows.values_list(*_FIELDS).iterator(5000):
            last = row[0]
            yield row
    except _UNREADABLE:
        for pk, seq, value in rows.filter(seq__gt=last).values_list("pk", "seq", "chain"):
            yield _alone(pk, seq, value)


def _alone(pk: int, seq: int, value: str) -> Entry:
    try:
        return AuditEntry.objects.values_list(*_FIELDS).get(pk=pk)
    except _UNREADABLE:
        return seq, None, "", "", "", {}, value


def _head() -> tuple[int, str]:
    return AuditHead.objects.filter(pk=1).values_list("seq", "chain").first() or (0, START)


class _Walk:
    """One pass over the entries; remembers the links at the places that outside heads name."""

    def __init__(self, wanted: set[int]) -> None:
        self.wanted, self.seen = wanted, {0: START}
        self.entries, self.last, self.chain = 0, 0, START

    def faults(self, rows: Iterable[Entry]) -> Iterator[Fault]:
        """What is wrong inside the row of entries."""
        for seq, at, actor, kind, subject, data, value in rows:
            self.entries += 1
            if seq <= self.last:
                yield Fault(seq, "inserted", "stands beside an entry of the same number")
                continue
            if seq > self.last + 1:
                yield Fault(self.last + 1, "removed", f"no entries {self.last + 1} to {seq - 1}")
            elif at is None or link(self.chain, seq, at, actor, kind, subject, data) != value:
                yield Fault(seq, "changed", _unlike(self.last, seq))
            self.last, self.chain = seq, value
            if seq in self.wanted:
                self.seen[seq] = value


def _ends(walk: _Walk, before: int) -> Iterator[Fault]:
    """What is wrong where the log ends: it must reach the head of before the walk and not pass the one of now."""
    now, value = _head()
    if walk.last < before:
        yield Fault(walk.last + 1, "removed", f"no entries {walk.last + 1} to {before}")
    elif walk.last > now:
        yield Fault(now + 1, "inserted", f"the log ends at {now}, and entries stand behind it")
    elif walk.last == now and walk.chain != value:
        yield Fault(now, "changed", "is not the entry that the head names")


def _outside(walk: _Walk, heads: list[Head]) -> Iterator[Fault]:
    """Heads that disagree; `why` names the entries between which the log was written anew."""
    agreed = 0
    for head in heads:
        if walk.seen.get(head.seq) == head.chain:
            agreed = head.seq
        elif head.seq > walk.last:
            yield Fault(
                walk.last + 1, "removed", f"{head.where} names entry {head.seq}; the log ends at {walk.last}"
            )
        else:
            yield Fault(
                head.seq, "rewritten", f"differs from {head.where}; first somewhere from {agreed + 1} on"
            )


def _unlike(before: int, seq: int) -> str:
    """A link that does not fit says that one of two was altered; which one, the two alone do not tell."""
    return f"does not follow from entry {before}" if before else "is not the first entry that was written"
