"""Tables a set-wise check leaves beside its findings: their titles by language travel in the Arrow schema."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

__all__ = ["column_title", "table_title", "titled"]

Words = Mapping[str, str]


def titled(table: pa.Table, title: Words, columns: Mapping[str, Words] | None = None) -> pa.Table:
    """The table with its title and those of its columns, each {language: words}. A column without words shows its name."""
    words = columns or {}
    fields = [
        item.with_metadata(_packed(words[item.name])) if item.name in words else item for item in table.schema
    ]
    return table.cast(pa.schema(fields, metadata=_packed(title)))


def table_title(schema: pa.Schema) -> dict[str, str]:
    """The title by language; empty where there is none."""
    return _unpacked(schema.metadata)


def column_title(column: pa.Field) -> dict[str, str]:
    """The column's words by language; empty where there are none."""
    return _unpacked(column.metadata)


_MARK = b"mapae.title."


def _packed(words: Words) -> dict[bytes, bytes]:
    return {_MARK + language.encode(): text.encode() for language, text in words.items()}


def _unpacked(metadata: Mapping[bytes, bytes] | None) -> dict[str, str]:
    found = {key: value for key, value in (metadata or {}).items() if key.startswith(_MARK)}
    return {key.removeprefix(_MARK).decode(): value.decode() for key, value in found.items()}
