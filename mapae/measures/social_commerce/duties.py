"""The duties of a network as its documents together show them: met, not met, or cannot tell, each with its places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import pyarrow as pa

from mapae.measures.social_commerce.reading import Element, Elements, Place, is_board, load_elements
from mapae.text.names.aliases import alias_group, name_key

__all__ = ["STATUSES", "Duty", "Network", "judge_networks"]

STATUSES = {
    "met": {"ko": "이행", "en": "Met", "zh": "已履行"},
    "not_met": {"ko": "불이행", "en": "Not met", "zh": "未履行"},
    "cannot_tell": {"ko": "판단 불가", "en": "Cannot tell", "zh": "无法判断"},
}
_HEAD, _TITLE = 600, 200  # characters at the head of a document that name its operator, and its kind
_BOARD = frozenset({"board_provider", "bulletin_board", "bulletin_board_provider", "social", "sns"})


@dataclass(frozen=True)
class Duty:
    """One duty of one network. lacks: elements that no document has; places: element → where it is told; note: why."""

    key: str
    status: str
    lacks: tuple[str, ...]
    places: Mapping[str, Place]
    note: str


@dataclass(frozen=True)
class Network:
    """A provider of a board, how it is known to be one, the documents read, and its duties in order."""

    operator: str
    known_by: str
    documents: tuple[str, ...]
    duties: tuple[Duty, ...]


@dataclass
class _Seen:
    """What was read of one operator so far."""

    name: str
    role: bool = False
    signs: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    documents: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # kind → ids
    places: dict[tuple[str, str], Place] = field(default_factory=dict)  # (element, any | terms) → first place
    items: dict[str, frozenset[str]] = field(default_factory=dict)


def judge_networks(
    batches: Iterable[pa.RecordBatch], table: Mapping[str, Any], services: Mapping[str, Any], period: int
) -> list[Network]:
    """Judge every operator of these policy records that runs a board.

    table: `social/duties.yaml`; services: `helpline/operators.yaml`; period: business days in which an application must
    be forwarded. Documents are read one by one; only the first place of each element is kept.
    """
    elements, malls = load_elements(table), _named(services, "mall")
    known = _named(services, "social") | frozenset(map(_key, table["networks"]))
    signs = [
        (kind, [re.compile(word, re.IGNORECASE) for word in table["signs"][name]])
        for kind, name in (("board", "words"), ("mall", "malls"))
    ]
    seen: dict[str, _Seen] = {}
    named = _Names.of(services, table)
    for batch in batches:
        for row in batch.select(["document_id", "operator", "doc_kind", "text", "extra"]).to_pylist():
            if row["text"]:
                row |= named.fill(row)
                mine = seen.setdefault(_key(row["operator"]), _Seen(row["operator"]))
                _read(mine, row, elements, signs, table)
    found = []
    for key, mine in sorted(seen.items()):
        how = _how(mine, table["signs"], known=key in known, mall=key in malls)
        if how:
            documents = tuple(name for names in mine.documents.values() for name in names)
            duties = tuple(_duty(row, mine, table, elements, period) for row in table["duties"])
            found.append(Network(mine.name or "(not named)", how, documents, duties))
    return found


def _named(services: Mapping[str, Any], kind: str) -> frozenset[str]:
    names = (
        name for row in services["services"] if row["kind"] == kind for name in (row["name"], *row["names"])
    )
    return frozenset(map(_key, names))


def _key(name: str) -> str:
    group = alias_group(name)
    return f"#{group}" if group is not None else name_key(name)


@dataclass(frozen=True)
class _Names:
    """Operator and kind of a document that does not say them: from its name and first lines."""

    networks: Mapping[str, re.Pattern[str]]
    kinds: Mapping[str, re.Pattern[str]]
    providers: Mapping[str, str]
    heading: re.Pattern[str]
    general: frozenset[str]

    @classmethod
    def of(cls, services: Mapping[str, Any], table: Mapping[str, Any]) -> _Names:
        names = [row["name"] for row in services["services"] if row["kind"] == "social"] + table["networks"]
        told = [name for name in dict.fromkeys(names) if len(name) >= (3 if name[0] > "ༀ" else 4)]
        return cls(
            {name: re.compile(rf"(?<!\w){re.escape(name)}(?![A-Za-z])") for name in told},
            {kind: re.compile("|".join(words), re.IGNORECASE) for kind, words in table["guess"].items()},
            table["providers"],
            re.compile(table["heading"], re.IGNORECASE),
            frozenset(table["general"]),
        )

    def fill(self, row: Mapping[str, Any]) -> dict[str, str]:
        head = f"{row['document_id']}\n{row['text'][:_HEAD]}"
        said = [(found.start(), name) for name, one in self.networks.items() if (found := one.search(head))]
        name = min(said, default=(0, ""))[1]
        operator = row["operator"] or self.providers.get(name, name) or self._in_heading(row["text"])
        title = f"{row['document_id']}\n{row['text'][:_TITLE]}"
        kind = row["doc_kind"] or next(
            (kind for kind, pattern in self.kinds.items() if pattern.search(title)), ""
        )
        return {"operator": operator, "doc_kind": kind}

    def _in_heading(self, text: str) -> str:
        """Who the first line says it is; empty where it names a kind of document only."""
        first = next((line for line in text[:_HEAD].splitlines() if line.strip()), "")
        found = self.heading.match(first)
        name = found["name"].strip() if found else ""
        return "" if name.casefold() in self.general else name


def _read(
    mine: _Seen,
    row: Mapping[str, Any],
    elements: Elements,
    signs: list[tuple[str, list[re.Pattern[str]]]],
    table: Mapping[str, Any],
) -> None:
    text, kind, name = row["text"], row["doc_kind"] or "", row["document_id"]
    mine.role = mine.role or _role(row["extra"]) in _BOARD
    mine.documents[kind].append(name)
    for what, patterns in signs:
        mine.signs[what].update(n for n, pattern in enumerate(patterns) if pattern.search(text))
    scopes = [scope for scope, kinds in table["doc_kinds"].items() if kind in kinds]
    for key, element in elements.by_key.items():
        wanted = [scope for scope in scopes if (key, scope) not in mine.places]
        place = element.find(text, name, elements.reach) if wanted else None
        for scope in wanted if place else ():
            mine.places[key, scope] = place  # type: ignore[assignment]
        if place and key == "identity":
            _items(mine, elements.by_key, text, place, elements.reach)


def _items(mine: _Seen, by_key: Mapping[str, Element], text: str, place: Place, reach: int) -> None:
    for key, element in by_key.items():
        if element.items:
            mine.items[key] = mine.items.get(key, frozenset()) | element.named(text, place, reach)


def _role(extra: str | None) -> str:
    try:
        told = orjson.loads(extra) if extra else {}
    except orjson.JSONDecodeError:
        return ""
    return str(told.get("role", "")) if isinstance(told, dict) else ""


def _how(mine: _Seen, table: Mapping[str, Any], *, known: bool, mall: bool) -> str:
    if mine.role:
        return "its record says that it runs a board"
    if known:
        return "a network known to the pack"
    board = not mall and is_board(len(mine.signs["board"]), len(mine.signs["mall"]), table)
    return "its documents speak of posts and communities" if board else ""


def _duty(
    row: Mapping[str, Any], mine: _Seen, table: Mapping[str, Any], elements: Elements, period: int
) -> Duty:
    scope = row["where"]
    places = {key: mine.places[key, scope] for key in row["needs"] if (key, scope) in mine.places}
    lacks, note = list(_lacks(row, places, mine, elements, period)), ""
    if not any(mine.documents[kind] for kind in table["doc_kinds"][scope] if kind in mine.documents):
        return Duty(row["key"], "cannot_tell", tuple(lacks), {}, "no document of a fitting kind was read")
    if not lacks:
        return Duty(row["key"], "met", (), places, "")
    loose = row.get("not_enough")
    if loose and (loose, scope) in mine.places:
        places[loose] = mine.places[loose, scope]
        note = "only a general word on obeying the law"
    if not places and row.get("silent"):
        return Duty(
            row["key"], row["silent"], tuple(lacks), {}, "the documents are silent; acts would show it"
        )
    return Duty(row["key"], "not_met", tuple(lacks), places, note)


def _lacks(
    row: Mapping[str, Any], places: Mapping[str, Place], mine: _Seen, elements: Elements, period: int
) -> Iterator[str]:
    for key in row["needs"]:
        place = places.get(key)
        late = (
            place is not None and elements.by_key[key].number and (place.days is None or place.days > period)
        )
        if place is None or late:
            yield key
    for key, least in row.get("count", {}).items():
        if len(mine.items.get(key, ())) < least:
            yield key
