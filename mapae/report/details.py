"""Reasons' sentences in Korean, by the English sentence that checks write; names and numbers inside are carried over."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import yaml

__all__ = ["detail_in"]


def detail_in(text: str, language: str) -> str:
    """The sentence in that language (en, ko). Parts joined by `; ` are looked up one by one where all
    are known, else the whole, else those that are known."""
    if language != "ko" or not text:
        return text
    parts = text.split("; ")
    if len(parts) > 1 and all(said := [_one(part) for part in parts]):
        return "; ".join(map(str, said))
    whole = _one(text)
    if whole is not None:
        return whole
    return "; ".join(_one(part) or part for part in parts)


@lru_cache(maxsize=8192)
def _one(text: str) -> str | None:
    exact, patterns = _table()
    if text in exact:
        return exact[text]
    for pattern, said in patterns:
        if found := pattern.fullmatch(text):
            return said.format(**{key: _listed(value) for key, value in found.groupdict().items()})
    return None


def _listed(value: str) -> str:
    """Words carried over; a list of words is looked up one by one where it is not known as it stands."""
    return _one(value) or ", ".join(_one(part) or part for part in value.split(", "))


@cache
def _table() -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    rows: dict[str, str] = yaml.safe_load(Path(__file__).with_name("details.yaml").read_text("utf-8"))
    exact = {said: ko for said, ko in rows.items() if "{" not in said}
    patterns = [(re.compile(_pattern(said)), ko) for said, ko in rows.items() if "{" in said]
    return exact, tuple(patterns)


def _pattern(said: str) -> str:
    """`{name}` in a sentence stands for any words, `{name:word}` for one."""
    parts = re.split(r"(\{\w+(?::word)?\})", said)
    return "".join(_group(part) if at % 2 else re.escape(part) for at, part in enumerate(parts))


def _group(part: str) -> str:
    name, _, form = part.strip("{}").partition(":")
    return rf"(?P<{name}>\S+?)" if form else f"(?P<{name}>.+?)"
