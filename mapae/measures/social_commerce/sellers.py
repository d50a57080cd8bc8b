"""Sellers joined across pages, shops, adverts, payees and complaints: by ties they share, then by names across scripts."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pyarrow as pa

from mapae.contract import Check, Context, Records, Whole, titled
from mapae.measures.social_commerce.mentions import Account, Reader, gather
from mapae.text.names import compare
from mapae.text.names.aliases import name_key
from mapae.text.names.phonetic import sounds

__all__ = ["SELLERS", "SELLER_SCHEMA", "Joined", "join_accounts", "reader_of", "seller_table"]

SELLER_SCHEMA = pa.schema(
    [
        ("seller_key", pa.string()), ("kind", pa.string()), ("record_id", pa.string()), ("platform", pa.string()),
        ("account", pa.string()), ("names", pa.string()), ("records", pa.int32()), ("accounts_of_seller", pa.int32()),
        ("tie", pa.string()), ("value", pa.string()), ("field", pa.string()), ("start", pa.int32()),
        ("end", pa.int32()), ("seen", pa.string()), ("score", pa.float32()), ("detail", pa.string()),
    ]
)  # fmt: skip
_TITLES = {
    "seller_key": {"ko": "판매자", "en": "seller"},
    "kind": {"ko": "자료", "en": "record"},
    "record_id": {"ko": "번호", "en": "number"},
    "platform": {"ko": "플랫폼", "en": "platform"},
    "account": {"ko": "계정", "en": "account"},
    "names": {"ko": "이름", "en": "names"},
    "tie": {"ko": "연결 근거", "en": "joined by"},
    "value": {"ko": "값", "en": "value"},
    "detail": {"ko": "설명", "en": "why"},
}


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two accounts are one seller's: kind (phone, payee, domain, …, name), value, score 0–1, in words."""

    one: int
    other: int
    kind: str
    value: str
    score: float
    detail: str


@dataclass(frozen=True)
class Joined:
    """Sellers as groups of account numbers, largest first, and the ties of each account that joined it."""

    accounts: Sequence[Account]
    groups: tuple[tuple[int, ...], ...]
    ties: Mapping[int, tuple[Tie, ...]]


def reader_of(context: Context) -> Reader:
    """The reader of the pack's tables."""
    return Reader.of(
        context.pack.data("lexicons/adverts_links.yaml"), context.pack.data("social/sellers.yaml")
    )


def join_accounts(accounts: Iterable[Account], table: Mapping[str, Any]) -> Joined:
    """Join accounts that share a tie, then those whose names are one name and fit one seller only.

    A value that more than `common` accounts share joins nobody. Where two shops of one platform have a name, the name
    joins nobody: shops of one name are many.
    """
    every = sorted(accounts, key=lambda one: (one.kind, one.platform, one.account, one.record))
    parent = list(range(len(every)))
    ties = list(_by_ties(every, int(table["common"])))
    for tie in ties:
        _join(parent, tie.one, tie.other)
    for tie in list(_by_names(every, parent, float(table["sure"]), int(table["pairs"]))):
        ties.append(tie)
        _join(parent, tie.one, tie.other)
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(every)):
        members[_root(parent, number)].append(number)
    by: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        by[tie.one].append(tie)
        by[tie.other].append(tie)
    groups = sorted(members.values(), key=lambda group: (-len(group), group))
    return Joined(every, tuple(map(tuple, groups)), {number: tuple(found) for number, found in by.items()})


def _by_ties(accounts: Sequence[Account], common: int) -> Iterator[Tie]:
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, account in enumerate(accounts):
        for key in account.ties:
            owners[key].append(number)
        if account.account:
            owners["handle", f"{_host(account.platform)}/{account.account.lstrip('@')}".casefold()].append(
                number
            )
    for (kind, value), rows in sorted(owners.items()):
        distinct = list(dict.fromkeys(rows))
        if 2 <= len(distinct) <= common:
            for other in distinct[1:]:
                yield Tie(distinct[0], other, kind, value, 0.95, f"both give the {kind} {value}")


_HOSTS = {
    "instagram": "instagram.com", "인스타그램": "instagram.com", "facebook": "facebook.com", "페이스북": "facebook.com",
    "threads": "threads.net", "tiktok": "tiktok.com", "youtube": "youtube.com", "x": "x.com", "twitter": "twitter.com",
}  # fmt: skip


def _host(platform: str) -> str:
    """The host under which a platform's accounts are linked to."""
    return _HOSTS.get(platform.casefold(), platform)


def _by_names(accounts: Sequence[Account], parent: list[int], sure: float, most: int) -> Iterator[Tie]:
    """Names that are one join what holds them, unless two shops of one place hold them: then nobody knows which."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, account in enumerate(accounts):
        for name in {name.text for name in account.names.values()}:
            holders[name].append(number)
    ties = [
        Tie(one, other, "name", f"{left} = {right}", round(score, 3), why)
        for left, right, score, why in _same(sorted(holders), most)
        if score >= sure
        for one in holders[left]
        for other in holders[right]
        if one < other and _root(parent, one) != _root(parent, other)
    ]
    component = list(parent)
    for tie in ties:
        _join(component, tie.one, tie.other)
    places: dict[int, dict[tuple[str, str], set[int]]] = defaultdict(lambda: defaultdict(set))
    for number in {number for tie in ties for number in (tie.one, tie.other)}:
        account = accounts[number]
        if account.kind != "complaint":  # several people complain of one seller
            place = (account.kind, account.platform.casefold())
            places[_root(component, number)][place].add(_root(parent, number))
    for tie in ties:
        if all(len(found) < 2 for found in places[_root(component, tie.one)].values()):
            yield tie


def _same(names: Sequence[str], most: int) -> Iterator[tuple[str, str, float, str]]:
    """Pairs of names that are one: equal ones, and among those that begin alike in sound (all, where they are few)."""
    for name in names:
        yield name, name, 1.0, "the same name"
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in names:
        blocks["" if len(names) <= most else sounds(name_key(name))[:2]].append(name)
    for block in blocks.values():
        for left, right in combinations(block, 2):
            match = compare(left, right, "person_seller")
            if match.same:
                yield left, right, match.score, "; ".join(match.reasons)


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _join(parent: list[int], one: int, other: int) -> None:
    left, right = sorted((_root(parent, one), _root(parent, other)))
    parent[right] = left


def seller_table(joined: Joined, *, alone: bool = False) -> pa.Table:
    """A row an account and tie, sellers with most accounts first (OUT/sellers.parquet). alone: sellers of one account too."""
    rows = list(_rows(joined, alone))
    title = {"ko": "한 판매자로 이어지는 계정", "en": "Accounts that are one seller's"}
    return titled(pa.Table.from_pylist(rows, schema=SELLER_SCHEMA), title, _TITLES)


def _rows(joined: Joined, alone: bool) -> Iterator[dict[str, Any]]:
    for group in joined.groups:
        if len(group) < 2 and not alone:
            continue
        key = _key(joined, group)
        for number in group:
            account = joined.accounts[number]
            base = {
                "seller_key": key, "kind": account.kind, "record_id": account.record, "platform": account.platform,
                "account": account.account, "names": " / ".join(sorted({one.text for one in account.names.values()})),
                "records": account.records, "accounts_of_seller": len(group),
            }  # fmt: skip
            ties = joined.ties.get(number, ())
            yield from ({**base, **_told(account, tie)} for tie in ties)
            if not ties:
                yield base


def _told(account: Account, tie: Tie) -> dict[str, Any]:
    link, record = account.ties.get((tie.kind, tie.value), (None, account.record))
    place = link or next(
        (one for one in account.names.values() if tie.kind == "name" and one.text in tie.value.split(" = ")),
        None,
    )
    return {
        "record_id": record, "tie": tie.kind, "value": tie.value, "field": place.field if place else "",
        "start": place.start if place else 0, "end": place.end if place else 0,
        "seen": link.seen if link else getattr(place, "text", ""), "score": tie.score, "detail": tie.detail,
    }  # fmt: skip


def _key(joined: Joined, group: Sequence[int]) -> str:
    """16 hex digits over the accounts: the same seller keeps its key however the records are ordered."""
    parts = sorted(
        f"{one.kind}\x1f{one.platform}\x1f{one.account or one.record}"
        for one in (joined.accounts[n] for n in group)
    )
    return hashlib.sha256("\x1e".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def judge(records: Records, context: Context) -> Whole:
    """The sellers of posts that are under several accounts, as a table (OUT/sellers.parquet)."""
    found: dict[str, Account] = {}
    gather("post", records(), reader_of(context), found)
    joined = join_accounts(found.values(), context.pack.data("social/sellers.yaml"))
    return Whole((), {"sellers": seller_table(joined)})


SELLERS = Check(
    key="social_commerce.sellers",
    measure="social_commerce",
    kinds=("post",),
    whole=judge,
    provisions=("ECA 9-2", "ECA 13"),
)
