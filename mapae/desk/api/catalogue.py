"""The API's description taken apart for people: operations by subject, and shapes field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mapae.desk.api.v1 import api

__all__ = ["Group", "Operation", "Part", "Shape", "groups", "shapes"]


@dataclass(frozen=True, slots=True)
class Part:
    """A parameter or field: where it stands (path, query, header, body), its type, and what it means, if that is said."""

    name: str
    place: str
    type: str
    needed: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation. scope: empty where anybody may call; roles: empty where every role with the scope may; answer: the
    shape it answers with, empty for a file; body: the shape it takes."""

    name: str
    method: str
    path: str
    summary: str
    about: str
    scope: str
    roles: tuple[str, ...]
    parts: tuple[Part, ...]
    body: str
    answer: str
    media: str


@dataclass(frozen=True, slots=True)
class Group:
    """Operations on one subject."""

    tag: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What an answer or a body is made of."""

    name: str
    about: str
    fields: tuple[Part, ...]


@cache
def groups() -> tuple[Group, ...]:
    """Every operation, by subject in the order of the description."""
    found: dict[str, list[Operation]] = {}
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, raw in methods.items():
            found.setdefault(raw["tags"][0], []).append(_operation(path, method, raw))
    return tuple(Group(tag, tuple(rows)) for tag, rows in found.items())


@cache
def shapes() -> tuple[Shape, ...]:
    """Every shape by name, those first that others are built from as they come."""
    rows = api.get_openapi_schema()["components"]["schemas"]
    return tuple(
        Shape(name, _line(row.get("description", "")), tuple(_fields(row)))
        for name, row in sorted(rows.items())
    )


def _operation(path: str, method: str, raw: Mapping[str, Any]) -> Operation:
    done = next(row for status, row in raw["responses"].items() if status.startswith("2"))
    media, content = next(iter(done.get("content", {"": {}}).items()))
    taken = raw.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Operation(
        name=raw["operationId"],
        method=method.upper(),
        path=path,
        summary=raw["summary"],
        about=_line(raw.get("description", "")),
        scope=raw["x-scope"],
        roles=tuple(raw["x-roles"]),
        parts=tuple(
            Part(row["name"], row["in"], type_of(row["schema"]), row["required"], row.get("description", ""))
            for row in raw["parameters"]
            if row["name"] not in ("Idempotency-Key", "If-None-Match")
        ),
        body=_ref(taken.get("schema", {})),
        answer=_ref(content.get("schema", {})),
        media=media,
    )


def _fields(row: Mapping[str, Any]) -> Iterator[Part]:
    needed = set(row.get("required", ()))
    for name, field in row.get("properties", {}).items():
        yield Part(name, "body", type_of(field), name in needed, field.get("description", ""))


def type_of(schema: Mapping[str, Any]) -> str:
    """A type in words: `string`, `integer or null`, `list of CaseOut`, `one of a, b`."""
    if "anyOf" in schema:
        return " or ".join(type_of(each) for each in schema["anyOf"])
    if "enum" in schema:
        return f"one of {', '.join(repr(each) if each == '' else str(each) for each in schema['enum'])}"
    if schema.get("type") == "array":
        return f"list of {type_of(schema['items'])}"
    if name := _ref(schema):
        return name
    return {"date-time": "date and time", "date": "date"}.get(
        schema.get("format", ""), str(schema.get("type", "any"))
    )


def _ref(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _line(text: str) -> str:
    return " ".join(text.split())
