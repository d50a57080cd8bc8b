"""App bundles (AAB) as sent to a store: manifests and values in protocol buffers, read as the XML they were made from.

Message numbers: Resources.proto of Android's aapt2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mapae.detect.apk.archive import Archive, Broken

__all__ = ["Module", "modules"]

_MANIFEST = "manifest/AndroidManifest.xml"
_LIMIT, _TABLE = 16 << 20, 64 << 20  # bytes of a manifest, of the table of values
_DEEP, _POINTED = 200, 8  # elements inside each other; values that point to values
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_ANDROID = "http://schemas.android.com/apk/res/android"

Fields = dict[int, list[Any]]


def modules(archive: Archive) -> list[str]:
    """Names of the modules that have a manifest, the base first; none where the archive is no bundle."""
    names = [name.removesuffix(f"/{_MANIFEST}") for name in archive.members if name.endswith(f"/{_MANIFEST}")]
    return sorted((name for name in names if "/" not in name), key=lambda name: (name != "base", name))


@dataclass
class Module:
    """A module with the members of a package: what is read of it is XML text, its references looked up."""

    archive: Archive
    name: str

    @cached_property
    def members(self) -> Mapping[str, Any]:
        """Members by their name inside the module; the manifest by its name in a package."""
        start = f"{self.name}/"
        inside = {
            name.removeprefix(start): info
            for name, info in self.archive.members.items()
            if name.startswith(start)
        }
        return inside | {"AndroidManifest.xml": inside[_MANIFEST]}

    def note(self, what: str) -> None:
        """Keep an anomaly of the bundle."""
        self.archive.note(what)

    def named(self, names: Iterable[str]) -> Iterator[str]:
        """Those of the names that are there."""
        return (name for name in names if name in self.members)

    def read(self, name: str, limit: int) -> bytes:
        """The member as XML text. Broken where it is not there, too large, or no such message."""
        from lxml import etree

        place = _MANIFEST if name == "AndroidManifest.xml" else name
        root = self._element(_fields(self.archive.read(f"{self.name}/{place}", min(limit, _LIMIT))), 0)
        if root is None:
            raise Broken(f"{place} of {self.name} has no element")
        text: bytes = etree.tostring(root)
        return text

    def _element(self, node: Fields, depth: int) -> Any:
        """The element of an XmlNode; None for text."""
        from lxml import etree

        if depth > _DEEP:
            raise Broken("its manifest is nested too deep")
        if not node.get(1):
            return None
        found = _fields(node[1][-1])
        try:
            element = etree.Element(_name(found, 2, 3), nsmap={"android": _ANDROID} if depth == 0 else None)
            for raw in found.get(4, ()):
                attribute = _fields(raw)
                if (value := self._value(attribute)) is not None:
                    element.set(_name(attribute, 1, 2), value)
            for raw in found.get(5, ()):
                child = _fields(raw)
                inner = self._element(child, depth + 1)
                if inner is not None:
                    element.append(inner)
                elif child.get(2) and not len(element):
                    element.text = (element.text or "") + _text(child, 2)
        except (ValueError, TypeError) as error:
            raise Broken(f"its manifest cannot be read ({error})") from error
        return element

    def _value(self, attribute: Fields) -> str | None:
        """What an attribute says; a reference's value, None where that is not known."""
        said = _text(attribute, 3) or _item(_fields(attribute[6][-1]) if attribute.get(6) else {})
        for _ in range(_POINTED):
            if not said.startswith("@"):
                return said
            key = said.lstrip("@+").rpartition(":")[2]
            said = self._values.get(key, f"res/{key}.xml" if key.startswith("xml/") else "")
            if not said:
                return None
        return None

    @cached_property
    def _values(self) -> Mapping[str, str]:
        """Values by `type/name`, those of the default configuration before others."""
        if f"{self.name}/resources.pb" not in self.archive.members:
            return {}
        try:
            return dict(_table(self.archive.read(f"{self.name}/resources.pb", _TABLE)))
        except Broken as error:
            self.note(f"the table of values cannot be read: {error}")
            return {}


def _table(data: bytes) -> Iterator[tuple[str, str]]:
    for package in map(_fields, _fields(data).get(2, ())):
        for sort in map(_fields, package.get(3, ())):
            for entry in map(_fields, sort.get(3, ())):
                values = [_fields(raw) for raw in entry.get(6, ())]
                usual = next(
                    (value for value in values if not any(value.get(1, ()))), values[0] if values else {}
                )
                inner = _fields(usual[2][-1]) if usual.get(2) else {}
                if said := _item(_fields(inner[4][-1]) if inner.get(4) else {}):
                    yield f"{_text(sort, 2)}/{_text(entry, 2)}", said


def _item(item: Fields) -> str:
    """An Item as text: a reference `@type/name`, a string, a file's path, a truth or a number; empty for others."""
    for number, inner in ((1, 3), (2, 1), (3, 1), (4, 1), (5, 1)):
        if item.get(number):
            said = _text(_fields(item[number][-1]), inner)
            return f"@{said}" if number == 1 and said else said
    plain = _fields(item[7][-1]) if item.get(7) else {}
    if plain.get(8):
        return "true" if plain[8][-1] else "false"
    return next((str(plain[number][-1]) for number in (6, 7) if plain.get(number)), "")


def _name(fields: Fields, space: int, name: int) -> str:
    said = _text(fields, space)
    return f"{{{said}}}{_text(fields, name)}" if said else _text(fields, name)


def _text(fields: Fields, number: int) -> str:
    found = fields.get(number)
    return found[-1].decode("utf-8", "replace") if found and isinstance(found[-1], bytes) else ""


def _fields(data: Any) -> Fields:
    """Values of a message by number, in order. Broken where the bytes are no message."""
    if not isinstance(data, bytes):
        raise Broken("its protocol buffer does not fit the format")
    found: Fields = {}
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        wire = key & 7
        value: int | bytes
        if wire == _VARINT:
            value, at = _number(data, at)
        elif wire in (_FIXED64, _FIXED32):
            size = 8 if wire == _FIXED64 else 4
            value, at = data[at : at + size], at + size
        elif wire == _BYTES:
            size, at = _number(data, at)
            value, at = data[at : at + size], at + size
        else:
            raise Broken("its protocol buffer cannot be read")
        if at > len(data):
            raise Broken("its protocol buffer is cut short")
        found.setdefault(key >> 3, []).append(value)
    return found


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise Broken("its protocol buffer is cut short")
