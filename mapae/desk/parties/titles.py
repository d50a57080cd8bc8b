"""Words around agents in the page's language (agents.yaml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mapae.desk.law import said

__all__ = ["options", "table", "word"]


@cache
def _all() -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("agents.yaml").read_text("utf-8"))
    return found


def table(name: str) -> dict[str, dict[str, str]]:
    """One list of words: kinds, scopes, regimes, parts, channels, outcomes, breaches, words, roles."""
    return _all()[name]


def word(name: str, key: str) -> str:
    """The word of a key; the key itself where it is not in the list."""
    return said(_all()[name].get(key, {"en": key.replace("_", " ")}))


def options(name: str) -> list[tuple[str, str]]:
    """(key, word) of a list, for a choice."""
    return [(key, said(row)) for key, row in _all()[name].items()]
