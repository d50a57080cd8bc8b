"""Words around agents, and names of countries, in the page's language (agents.yaml, countries.yaml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mapae.desk.law import said

__all__ = ["act_name", "country", "options", "table", "word"]


@cache
def _all() -> dict[str, dict[str, dict[str, str]]]:
    return _read("agents.yaml")


@cache
def _countries() -> dict[str, dict[str, str]]:
    return _read("countries.yaml")


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))
    return found


def table(name: str) -> dict[str, dict[str, str]]:
    """One list of words: kinds, scopes, regimes, others, parts, channels, outcomes, breaches, words, roles."""
    return _all()[name]


def word(name: str, key: str) -> str:
    """The word of a key; the key itself where it is not in the list."""
    return said(_all()[name].get(key, {"en": key.replace("_", " ")}))


def act_name(key: str) -> str:
    """The name of a law under which an operator may have a duty."""
    return word("regimes" if key in table("regimes") else "others", key)


def country(code: str) -> str:
    """The name of a country by its two letters; the letters where it is not in the list."""
    return said(_countries().get(code.upper(), {"en": code}))


def options(name: str) -> list[tuple[str, str]]:
    """(key, word) of a list, for a choice."""
    return [(key, said(row)) for key, row in _all()[name].items()]
