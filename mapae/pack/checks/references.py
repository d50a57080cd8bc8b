"""Every dated text or value names where it can be read."""

from __future__ import annotations

from mapae.pack.nodes import Node
from mapae.pack.problem import Problem

__all__ = ["check_references"]


def check_references(node: Node) -> list[Problem]:
    """A fault where `reference` is missing or blank."""
    reference = node.fields.get("reference")
    if reference is not None and str(reference.value or "").strip():
        return []
    return [
        (reference or node).problem(
            "no reference", "add reference: the law's title and article, or the page read"
        )
    ]
