"""Operators as a user writes them down: facts by name, each with the place it stands at, so that errors can name it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import orjson

from mapae.errors import FactError, InputError
from mapae.pack.nodes import Node, read_nodes
from mapae.pack.problem import report

__all__ = ["Operator", "read_operators"]

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator's facts, and `file:line` of each by its name (of the whole by an empty one)."""

    facts: Mapping[str, Any]
    places: Mapping[str, str]

    def ask(self, question: Callable[[Mapping[str, Any]], Found]) -> Found:
        """What the question says of the facts; a fault of a fact is raised anew with its place."""
        try:
            return question(self.facts)
        except (FactError, InputError) as error:
            said = error.where.removeprefix(f"{self.facts.get('name', 'operator')}.").split(".")[0]
            place = self.places.get(said, self.places[""])
            raise type(error)(error.what, where=f"{place}: {error.where}", mend=error.mend) from error


def read_operators(path: Path) -> list[Operator]:
    """Operators of a YAML file (one map, a list, or `operators:`) or JSON Lines; InputError where it cannot be read."""
    found = list(_lines(path) if path.suffix in (".jsonl", ".ndjson") else _nodes(path))
    if not found:
        raise InputError(
            "no operators in it", where=str(path), mend="write name:, role: and the facts of each"
        )
    return found


def _nodes(path: Path) -> Iterator[Operator]:
    root, problems = read_nodes(path)
    if problems or root is None:
        raise InputError(report(problems, "in the file"), mend="put right what is named")
    section = root.fields.get("operators", root)
    for node in section.items or (section,):
        if not node.fields:
            what = "an operator is a map of facts" if node.value else "no operators in it"
            raise InputError(what, where=_place(node), mend="write name:, role: and the facts of each")
        yield Operator(node.value, {"": _place(node)} | {k: _place(v) for k, v in node.fields.items()})


def _place(node: Node) -> str:
    return f"{node.file}:{node.line}"


def _lines(path: Path) -> Iterator[Operator]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise InputError(
            f"the file cannot be opened: {error.strerror or error}", where=str(path), mend="check the name"
        ) from error
    for number, line in enumerate(lines, 1):
        place = f"{path}:{number}"
        if not line.strip():
            continue
        try:
            facts = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise InputError(f"no JSON: {error}", where=place, mend="write one object a line") from error
        if not isinstance(facts, dict):
            raise InputError("an operator is a map of facts", where=place, mend="write one object a line")
        yield Operator(facts, {"": place} | dict.fromkeys(facts, place))
