"""What ties a record to others: domain, name on a host, telephone, messenger id, payee, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

__all__ = ["Link", "LinkReader"]

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'）)]+", re.IGNORECASE)
# an address written without http: what may end its host is in the lexicon
_BARE = re.compile(
    r"(?<![\w@./-])((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,7}))(?![\w@-])(?:/[^\s<>\"'）)]*)?",
    re.IGNORECASE,
)
# digits written otherwise, one character each so that places stay
_POSED = str.maketrans("공영일이삼사오육칠팔구OolI", "001234567890011")
_PLAIN_DIGITS = 6  # of a number some of whose digits are written otherwise
_TEXTS = ("headline", "text", "landing_text", "advertiser_name")
_URLS = ("landing_url", "url", "links")


@dataclass(frozen=True, slots=True)
class Link:
    """kind: domain, handle, phone, kakao, telegram, wechat, line, payee, image; value: its one way of writing;
    field, start, end, seen: where it stands (code points of the original cell).
    """

    kind: str
    value: str
    field: str = ""
    start: int = 0
    end: int = 0
    seen: str = ""


@dataclass(frozen=True)
class LinkReader:
    """Reads links by the pack's `lexicons/adverts_links.yaml`."""

    suffixes: frozenset[str]
    hosts: frozenset[str]
    shorteners: frozenset[str]
    endings: frozenset[str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> LinkReader:
        """A reader of the lexicon's table."""
        patterns = [
            (kind, re.compile(_compatible(rule)))
            for kind, rules in table["patterns"].items()
            for rule in rules
        ]
        return cls(
            frozenset(table["suffixes"]),
            frozenset(table["hosts"]),
            frozenset(table["shorteners"]),
            frozenset(table["endings"]),
            tuple(patterns),
        )

    def read(
        self, record: Mapping[str, Any], texts: Sequence[str] = _TEXTS, urls: Sequence[str] = _URLS
    ) -> list[Link]:
        """The distinct links of one record, by column, kind and place. texts, urls: its columns, else an advert's."""
        found: dict[tuple[str, str], Link] = {}
        for link in self._all(record, texts, urls):
            found.setdefault((link.kind, link.value), link)
        return list(found.values())

    def _all(self, record: Mapping[str, Any], texts: Sequence[str], urls: Sequence[str]) -> Iterator[Link]:
        for field in urls:
            cell = record.get(field) or ""
            for at in re.finditer(r"[^\s,\[\]\"]+", cell):
                yield from self._address(field, at.start(), at[0])
        for field in texts:
            cell = record.get(field) or ""
            text = _compatible(cell)
            for at in _ADDRESS.finditer(text):
                yield from self._address(field, at.start(), at[0])
            for at in _BARE.finditer(text):
                if at[2].casefold() in self.endings:
                    yield from self._address(field, at.start(), at[0])
            for kind, pattern in self.patterns:
                for at in pattern.finditer(text):
                    start, end = at.span(1)
                    yield Link(kind, _written(kind, at[1]), field, start, end, cell[start:end])
            yield from self._posed(field, cell, text)

    def _posed(self, field: str, cell: str, text: str) -> Iterator[Link]:
        """Telephones some of whose digits are written as letters or as words (공일공 1234 5678, 010-1234-567O)."""
        posed = text.translate(_POSED)
        if posed == text:
            return
        for kind, pattern in self.patterns:
            for at in pattern.finditer(posed) if kind == "phone" else ():
                start, end = at.span(1)
                plain = sum(char.isdigit() for char in text[start:end])
                if _PLAIN_DIGITS <= plain < sum(char.isdigit() for char in at[1]):
                    yield Link(kind, _telephone(at[1]), field, start, end, cell[start:end])

    def _address(self, field: str, start: int, text: str) -> Iterator[Link]:
        where = urlsplit(text if "://" in text else f"//{text}")
        host = (where.hostname or "").removeprefix("www.").removeprefix("m.").rstrip(".")
        if "." not in host:
            return
        place = (field, start, start + len(text), text)
        owner = self._registered(host)
        known = next((name for name in (host, owner) if name in self.hosts), None)
        if known is not None:
            parts = [part for part in where.path.split("/") if part]
            if (
                parts
                and known in ("t.me", "telegram.me")
                and parts[0].isidentifier()
                and parts[0] != "joinchat"
            ):
                yield Link("telegram", parts[0].casefold(), *place)
            elif parts and known == "wa.me" and parts[0].isdigit():
                yield Link("phone", _telephone(f"+{parts[0]}"), *place)
            elif parts:
                yield Link(
                    "handle", "/".join([known, *parts[: 2 if len(parts[0]) <= 2 else 1]]).casefold(), *place
                )
        elif owner not in self.shorteners:
            yield Link("domain", owner, *place)

    def _registered(self, host: str) -> str:
        """The part of a host name that somebody registered: `shop.name.co.kr` → `name.co.kr`."""
        parts = host.split(".")
        size = 3 if ".".join(parts[-2:]) in self.suffixes else 2
        return ".".join(parts[-size:]).casefold()


def _compatible(text: str) -> str:
    """Compatibility forms, character by character so that places stay."""
    return "".join(
        one if len(one) == 1 else char for char in text for one in [unicodedata.normalize("NFKC", char)]
    )


def _written(kind: str, value: str) -> str:
    """One way of writing a value: digits with their country for telephones, plain digits for accounts, lower case for ids."""
    if kind == "phone":
        return _telephone(value)
    if kind == "payee":
        return re.sub(r"[\s-]", "", value) if value[0].isdigit() and value[:2] != "0x" else value
    return value.casefold().rstrip(".-_")


def _telephone(value: str) -> str:
    digits = re.sub(r"\D", "", value)
    if value.startswith("+") or re.match(r"(?:82|86)[-\s.]?\(?[01]", value):
        for code in ("82", "86"):
            if digits.startswith(code):
                return f"+{code}{digits[2:].lstrip('0')}"
        return f"+{digits}"
    if len(digits) == 11 and digits[0] == "1":
        return f"+86{digits}"
    return f"+82{digits.lstrip('0')}"
