"""YAML read as nodes that know their line, with duplicate keys found."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from mapae.pack.problem import Problem

__all__ = ["Node", "read_nodes"]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value with its place. value: plain Python; fields: nodes by key of a map; items: nodes of a list."""

    file: str
    line: int
    column: int
    value: Any
    fields: dict[str, Node] = field(default_factory=dict)
    items: tuple[Node, ...] = ()

    def problem(self, what: str, mend: str) -> Problem:
        """A fault at this place."""
        return Problem(self.file, self.line, self.column, what, mend)


def read_nodes(path: Path) -> tuple[Node | None, list[Problem]]:
    """The root of a file, and what is wrong with its form (cannot be opened, no UTF-8, no YAML, duplicate keys)."""
    problems: list[Problem] = []
    try:
        loader = _Loader(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        return None, [_unread(path, error)]
    try:
        root = loader.get_single_node()
        if root is None:
            return None, [Problem(str(path), 1, 1, "the file is empty", "write its fields, or remove it")]
        return _node(root, str(path), loader, problems), problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return None, [
            Problem(str(path), line, column, f"not YAML: {error.problem}", "mend the form of this line")
        ]
    finally:
        loader.dispose()


def _unread(path: Path, error: Exception) -> Problem:
    if isinstance(error, OSError):
        what = f"the file cannot be opened: {error.strerror or error}"
        return Problem(str(path), 1, 1, what, "check the name and the rights")
    return Problem(str(path), 1, 1, f"the file is no UTF-8 text: {error}", "save it as UTF-8")


def _node(raw: Any, file: str, loader: Any, problems: list[Problem]) -> Node:
    line, column = raw.start_mark.line + 1, raw.start_mark.column + 1
    if isinstance(raw, yaml.MappingNode):
        fields: dict[str, Node] = {}
        for key, value in raw.value:
            name = str(key.value)
            if name in fields:
                mark = key.start_mark
                what = f"the key {name!r} stands twice (first in line {fields[name].line})"
                problems.append(Problem(file, mark.line + 1, mark.column + 1, what, "keep one of them"))
            fields[name] = _node(value, file, loader, problems)
        return Node(file, line, column, {name: node.value for name, node in fields.items()}, fields=fields)
    if isinstance(raw, yaml.SequenceNode):
        items = tuple(_node(item, file, loader, problems) for item in raw.value)
        return Node(file, line, column, [item.value for item in items], items=items)
    try:
        return Node(file, line, column, loader.construct_object(raw, deep=True))
    except ValueError as error:  # a day that is none, as 2026-02-30
        problems.append(
            Problem(file, line, column, f"not a value: {raw.value} ({error})", "put the day right")
        )
        return Node(file, line, column, raw.value)
