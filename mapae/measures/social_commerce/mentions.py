"""What records say of who sells: accounts, names, and ties (telephone, payee, domain, messenger, registration numbers)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from mapae.detect.links import Link, LinkReader

__all__ = ["Account", "Named", "Reader", "gather"]

# rows without any of these name nobody: they are counted by their account only
_TELLS = (
    r"\d{4}|://|www\.|@|(?i:kakao|wechat|telegram|line|sold by|store name|shop name|account|payee)"
    r"|카톡|카카오|텔레|라인|예금주|상호|업체명|판매자명|微信|户名|戶名|收款人|店名|店铺名|商号"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a seller: kind firm, payee or shown; where it stands."""

    text: str
    kind: str
    field: str
    start: int = 0
    end: int = 0


@dataclass
class Account:
    """All that was read of one account of a platform, or of one record that has none."""

    kind: str
    record: str
    platform: str
    account: str
    records: int = 0
    names: dict[tuple[str, str], Named] = field(default_factory=dict)
    ties: dict[tuple[str, str], tuple[Link, str]] = field(
        default_factory=dict
    )  # with the record it stands in


@dataclass(frozen=True)
class Reader:
    """Reads names and ties by `lexicons/adverts_links.yaml` and `social/sellers.yaml`."""

    links: LinkReader
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    names: tuple[tuple[str, re.Pattern[str]], ...]
    ends: re.Pattern[str]
    generic: re.Pattern[str]
    mail: frozenset[str]
    records: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, links: Mapping[str, Any], table: Mapping[str, Any]) -> Reader:
        """A reader of the pack's tables."""

        def compiled(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
            rows = table[name].items()
            return tuple((kind, re.compile(rule, re.IGNORECASE)) for kind, rules in rows for rule in rules)

        return cls(
            LinkReader.of(links),
            compiled("patterns"),
            compiled("names"),
            re.compile(table["ends"], re.IGNORECASE),
            re.compile("|".join(table["generic"]), re.IGNORECASE),
            frozenset(table["mail"]),
            table["records"],
        )

    def ties(self, row: Mapping[str, Any], about: Mapping[str, Any]) -> Iterator[Link]:
        """Links of the record, and what the patterns find."""
        for link in self.links.read(row, about["texts"], about["urls"]):
            if not (link.kind == "domain" and link.value in self.mail):
                yield link
        for name in about["texts"]:
            text = row.get(name) or ""
            for kind, pattern in self.patterns:
                for at in pattern.finditer(text):
                    yield Link(kind, at[1].casefold(), name, at.start(1), at.end(1), at[1])

    def said(self, row: Mapping[str, Any], about: Mapping[str, Any]) -> Iterator[Named]:
        """Names in columns, and names that a text gives."""
        for name in about["names"]:
            text = (row.get(name) or "").strip()
            if self._says(text):
                yield Named(text, "shown", name, 0, len(row[name]))
        for name in about["texts"]:
            for kind, pattern in self.names:
                for at in pattern.finditer(row.get(name) or ""):
                    text = self.ends.split(at[1], maxsplit=1)[0].strip(" .,")
                    if self._says(text):
                        yield Named(text, kind, name, at.start(1), at.start(1) + len(text))

    def _says(self, name: str) -> bool:
        letters = "".join(filter(str.isalnum, name))
        return len(letters) >= (4 if letters.isascii() else 2) and not self.generic.search(name)


def gather(kind: str, batches: Iterable[pa.RecordBatch], reader: Reader, into: dict[str, Account]) -> None:
    """Add the accounts of these records. One entry an account of a platform; memory grows with accounts, not records."""
    about = reader.records[kind]
    columns = [
        about["id"],
        about["platform"],
        about["account"],
        *about["names"],
        *about["texts"],
        *about["urls"],
    ]
    for batch in batches:
        chosen = batch.select(list(dict.fromkeys(name for name in columns if name)))
        telling = _telling(chosen, about)
        for row, tells in zip(chosen.to_pylist(), telling, strict=True):
            _add(kind, row, about, reader, into, tells=tells)


def _telling(batch: pa.RecordBatch, about: Mapping[str, Any]) -> list[bool]:
    found = None
    for name in (*about["texts"], *about["urls"]):
        one = pc.fill_null(pc.match_substring_regex(batch.column(name), _TELLS), False)
        found = one if found is None else pc.or_(found, one)
    return found.to_pylist() if found is not None else [True] * batch.num_rows


def _add(
    kind: str,
    row: Mapping[str, Any],
    about: Mapping[str, Any],
    reader: Reader,
    into: dict[str, Account],
    *,
    tells: bool,
) -> None:
    record = str(row[about["id"]] or "")
    platform = str(row.get(about["platform"]) or "") if about["platform"] else ""
    account = str(row.get(about["account"]) or "") if about["account"] else ""
    key = f"{platform}\x1f{account}".casefold() if account else f"{kind}\x1f{record}"
    mine = into.setdefault(key, Account(kind, record, platform, account))
    mine.records += 1
    if tells:
        for link in reader.ties(row, about):
            if account and link.kind == "domain" and link.field == about.get("place"):
                continue
            mine.ties.setdefault((link.kind, link.value), (link, record))
    for name in reader.said(row, about) if tells or about["names"] else ():
        mine.names.setdefault((name.kind, name.text), name)
