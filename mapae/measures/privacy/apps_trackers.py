"""Trackers in an app: a signature list of the user's, held against class names and hosts of its code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import ahocorasick_rs
import orjson

from mapae.errors import InputError

__all__ = ["Seen", "Signatures", "Tracker", "load_signatures"]

_PLAIN = re.compile(r"[\w.$-]+")
# Addresses that any app may name without a tracker in it.
_COMMON = frozenset(
    "google.com facebook.com googleapis.com apple.com microsoft.com amazon.com yahoo.com twitter.com adobe.com".split()
)
_BOUNDS = frozenset(". \n")
_LIMIT = 64 << 20


@dataclass(frozen=True, slots=True)
class Tracker:
    """A row of the list: key, name, what it does (categories), beginnings of its classes, patterns of its hosts."""

    key: str
    name: str
    categories: tuple[str, ...]
    code: tuple[str, ...]
    hosts: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A tracker found, where it shows: the class name or, in weaker evidence, the host."""

    tracker: Tracker
    by: str
    value: str


@dataclass(frozen=True)
class Signatures:
    """All signatures of a list, ready to be looked for."""

    trackers: tuple[Tracker, ...]

    def __getstate__(self) -> dict[str, Any]:
        return {"trackers": self.trackers}  # the indexes are built again where they are needed

    def find(self, classes: str, hosts: Iterable[str]) -> Iterator[Seen]:
        """Each tracker once, in the list's order. classes: names with dots, one a line.

        A signature must begin where a part of a name begins (`com.flurry.` is not in `xcom.flurry.a`); dots in it are
        dots. A tracker of whose classes there is none can still show by a host that the code names.
        """
        by_class = self._by_class(classes)
        named = list(hosts)
        for tracker in self.trackers:
            if tracker.key in by_class:
                yield Seen(tracker, "class", by_class[tracker.key])
            elif host := self._host(tracker, named):
                yield Seen(tracker, "host", host)

    def _by_class(self, classes: str) -> dict[str, str]:
        found: dict[str, str] = {}
        text = "\n" + classes + "\n"
        for index, start, _ in self._index.find_matches_as_indexes(text, overlapping=True):
            key, signature = self._owners[index]
            begins = signature.startswith(".") or text[start - 1] in _BOUNDS
            if key not in found and begins:
                found[key] = text[text.rfind("\n", 0, start + 1) + 1 : text.find("\n", start + 1)]
        for key, pattern in self._patterns:
            if key not in found and (hit := pattern.search(classes)):
                found[key] = classes[classes.rfind("\n", 0, hit.start()) + 1 :].partition("\n")[0]
        return found

    def _host(self, tracker: Tracker, hosts: Iterable[str]) -> str | None:
        pattern = self._hosts.get(tracker.key)
        return next((host for host in hosts if pattern.search(host)), None) if pattern else None

    @cached_property
    def _owners(self) -> list[tuple[str, str]]:
        return [(item.key, code) for item in self.trackers for code in item.code if _PLAIN.fullmatch(code)]

    @cached_property
    def _index(self) -> Any:
        return ahocorasick_rs.AhoCorasick([signature for _, signature in self._owners] or ["\0"])

    @cached_property
    def _patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        """Signatures that are regular expressions beyond plain names."""
        rest = [
            (item.key, code) for item in self.trackers for code in item.code if not _PLAIN.fullmatch(code)
        ]
        return [(key, re.compile(f"(?m)(?:^|\\.){code}")) for key, code in rest]

    @cached_property
    def _hosts(self) -> dict[str, re.Pattern[str]]:
        return {item.key: re.compile(rf"(?:^|\.)(?:{item.hosts})$") for item in self.trackers if item.hosts}


def load_signatures(path: Path) -> Signatures:
    """A list as Exodus Privacy gives it: `{"trackers": {number: {name, code_signature, network_signature, categories}}}`.

    InputError, with the row, where the file is none or a signature is no regular expression.
    """
    try:
        if path.stat().st_size > _LIMIT:
            raise InputError(
                "the list is larger than 64 MiB", where=str(path), mend="give the signature list alone"
            )
        data = orjson.loads(path.read_bytes())
    except OSError as error:
        raise InputError(
            f"the list cannot be opened: {error.strerror}", where=str(path), mend="check the name"
        ) from error
    except orjson.JSONDecodeError as error:
        raise InputError(f"the list is no JSON: {error}", where=str(path), mend=_FORM) from error
    rows = data.get("trackers", data) if isinstance(data, dict) else data
    named = rows.items() if isinstance(rows, dict) else enumerate(rows if isinstance(rows, list) else [], 1)
    found = tuple(_tracker(str(key), row, path) for key, row in named)
    if not found:
        raise InputError("the list has no tracker", where=str(path), mend=_FORM)
    return Signatures(found)


_FORM = 'give {"trackers": {"1": {"name": …, "code_signature": "com.a.|com.b.", "network_signature": …}}}'


def _tracker(key: str, row: Any, path: Path) -> Tracker:
    where = f"{path}: tracker {key}"
    if not isinstance(row, Mapping) or not isinstance(row.get("name"), str):
        raise InputError("the row has no name", where=where, mend=_FORM)
    code = str(row.get("code_signature") or "")
    network = _split(str(row.get("network_signature") or ""))
    hosts = "|".join(part for part in network if part.replace("\\", "").strip(".*") not in _COMMON)
    signatures = tuple(part if not _escaped(part) else part.replace("\\.", ".") for part in _split(code))
    for pattern in (*(part for part in signatures if not _PLAIN.fullmatch(part)), hosts):
        try:
            re.compile(pattern)
        except re.error as error:
            raise InputError(
                f"{pattern!r} is no regular expression: {error}", where=where, mend="mend the signature"
            ) from error
    kinds = tuple(str(item) for item in row.get("categories") or ())
    return Tracker(str(row.get("id", key)), row["name"].strip(), kinds, signatures, hosts)


def _split(text: str) -> list[str]:
    """Alternatives of a signature; one with brackets is kept whole, since bars inside them part nothing."""
    if re.search(r"[()\[\]]", text):
        return [text.strip()]
    return [part.strip() for part in text.split("|") if len(part.strip().strip(".")) > 2]


def _escaped(part: str) -> bool:
    return "\\." in part and _PLAIN.fullmatch(part.replace("\\.", ".")) is not None
