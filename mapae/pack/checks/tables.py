"""Tables beside the law (competence, retention) name provisions that exist."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mapae.pack.checks.spelling import near
from mapae.pack.nodes import Node, read_nodes
from mapae.pack.problem import Problem

__all__ = ["check_tables"]


def check_tables(path: Path, provisions: Mapping[str, object]) -> list[Problem]:
    """A fault for every `provision:` (a key or a list of keys) that the pack does not have."""
    root, problems = read_nodes(path)
    if root is not None:
        for node in _named(root):
            if str(node.value) not in provisions:
                problems.append(
                    node.problem(f"there is no provision {node.value!r}", near(str(node.value), provisions))
                )
    return problems


def _named(node: Node) -> list[Node]:
    found: list[Node] = []
    for name, part in node.fields.items():
        if name == "provision":
            found += part.items or (part,)
        else:
            found += _named(part)
    for item in node.items:
        found += _named(item)
    return found
