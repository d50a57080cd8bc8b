"""Product feeds in XML: RSS and Atom with Google's `g:` names, and any list of equal elements, item by item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import RawIOBase
from pathlib import Path
from typing import Any

import numpy as np
from lxml import etree

from mapae.errors import InputError
from mapae.sources.blocks import Block
from mapae.sources.rejects import RejectLog
from mapae.sources.streams import unpacked

__all__ = ["FeedReader"]

_ROWS = 2_048
_ITEMS = frozenset("item entry product offer listing goods advert ad row record article prod".split())
_PEEK = 200


class FeedReader:
    """An XML file of items. `items`: local names of the elements that are one. InputError where there is none."""

    def __init__(self, path: Path, log: RejectLog, items: frozenset[str] = _ITEMS) -> None:
        self.path, self.log, self._names = path, log, items
        names: dict[str, None] = {}
        for place, (_, item) in enumerate(self._items(RejectLog(path))):
            names.update(dict.fromkeys(item))
            if place >= _PEEK:
                break
        if not names:
            raise InputError(
                "the XML has no items",
                where=str(path),
                mend=f"elements are looked for by name: {', '.join(sorted(items))}",
            )
        self.columns: Sequence[str] = list(names)

    def blocks(self) -> Iterator[Block]:
        """Items in blocks of 2,048; lines are where each begins in the XML."""
        rows: list[dict[str, Any]] = []
        lines: list[int] = []
        for line, item in self._items(self.log):
            rows.append(item)
            lines.append(line)
            if len(rows) == _ROWS:
                yield _block(rows, lines)
                rows, lines = [], []
        if rows:
            yield _block(rows, lines)

    def _items(self, log: RejectLog) -> Iterator[tuple[int, dict[str, Any]]]:
        events = etree.iterparse(
            _Stream(unpacked(self.path, log)),
            events=("start", "end"),
            recover=True,
            huge_tree=True,
            resolve_entities=False,
            no_network=True,
        )
        inside: Any = None
        try:
            for event, element in events:
                if not isinstance(element.tag, str):
                    continue
                if inside is None and event == "start" and _local(element) in self._names:
                    inside = element
                elif element is inside and event == "end":
                    if item := _item(element):
                        yield element.sourceline or 0, item
                    else:
                        log.row(element.sourceline or 0, "the item is empty")
                    inside = None
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            log.row(
                error.lineno or 0, f"the XML breaks off or is damaged: {error.msg}; what came before was read"
            )
        if len(events.error_log):
            first = events.error_log[0]
            log.note(f"the XML is damaged and was read as far as it goes: {first.message}", first.line)
        if inside is not None:
            log.row(inside.sourceline or 0, "the last item is cut off")


def _item(element: Any) -> dict[str, Any]:
    """Local names to texts: `g:` names win, repeated ones become a list; attributes fill names that no child has."""
    result: dict[str, Any] = {}
    google: set[str] = set()
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name, own = _local(child), "base.google.com" in child.tag.rpartition("}")[0]
        value = " ".join(" ".join(child.itertext()).split()) or child.get("href") or child.get("url")
        if not value or (name in google and not own):
            continue
        if own and name not in google:
            google.add(name)
            result[name] = value
        elif name in result:
            before = result[name] if isinstance(result[name], list) else [result[name]]
            result[name] = [*before, value]
        else:
            result[name] = value
    attributes = {name: value for name, value in element.attrib.items() if not name.startswith("{")}
    return {**attributes, **result} if result or not len(element) else {}


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]  # damaged XML has names that etree.QName refuses


def _block(rows: list[dict[str, Any]], lines: list[int]) -> Block:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return Block({name: [row.get(name) for row in rows] for name in names}, np.asarray(lines, np.int64))


class _Stream(RawIOBase):
    """Pieces of bytes as a file that can be read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces, self._rest = pieces, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size or size < 0:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._rest += piece
        given = self._rest if size < 0 else self._rest[:size]
        self._rest = b"" if size < 0 else self._rest[size:]
        return given
