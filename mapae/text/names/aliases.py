"""Names in common use that no rule of sound or translation gives: short names, market names, names of other countries."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import yaml

from mapae.text.names.words import fold_name, soft_words, take_apart, undecorated
from mapae.text.squeeze import ONSETS

__all__ = ["alias_group", "latin_names", "name_key", "whole_group"]

_DATA = Path(__file__).parent / "data"
_HANGUL = re.compile("[가-힣]{3,}")
_TENSE = str.maketrans("ㄲㄸㅃㅆㅉ", "ㅋㅌㅍㅅㅊ")
_TABLES = ("aliases", "aliases_more", "aliases_fashion", "aliases_firms")


def name_key(text: str) -> str:
    """Letters and digits of a folded name, run together."""
    return re.sub(r"[\W_]+", "", fold_name(text))


@cache
def _groups() -> dict[str, int]:
    """Key → number of its group; rows that share a name are one group."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for table in _TABLES:
        rows: list[list[str]] = yaml.load((_DATA / f"{table}.yaml").read_text("utf-8"), yaml.BaseLoader)
        for row in rows:
            keys = [name_key(name) for name in row]
            for key in keys[1:]:
                parent[root(key)] = root(keys[0])
    numbers: dict[str, int] = {}
    return {key: numbers.setdefault(root(key), len(numbers)) for key in list(parent)}


@lru_cache(maxsize=65_536)
def alias_group(text: str) -> int | None:
    """The group of known names that a text belongs to: as it stands, undecorated, or without company form; nations stay."""
    groups = _groups()
    for form in (text, undecorated(text)):
        if name_key(form) in groups:
            return groups[name_key(form)]
    parts = take_apart(undecorated(text))
    if parts.nations or parts.places:
        return None
    found = whole_group(parts.whole)
    return whole_group("".join(parts.core)) if found is None and parts.trade <= soft_words() else found


def whole_group(whole: str) -> int | None:
    """The group of a folded name without form, place and nation; else of one that differs by tense consonants (칭따오)."""
    found = _groups().get(whole)
    return _softened().get(_soft(whole)) if found is None and _HANGUL.fullmatch(whole) else found


@cache
def _softened() -> dict[str, int | None]:
    """Groups of Hangul names by their spelling with aspirates for tense consonants; None where two groups share one."""
    found: dict[str, int | None] = {}
    for key, group in _groups().items():
        if _HANGUL.fullmatch(key):
            soft = _soft(key)
            found[soft] = group if found.get(soft, group) == group else None
    return found


def _soft(name: str) -> str:
    """A Hangul name with aspirated onsets in place of tense ones, as foreign names are also written."""
    return "".join(
        chr(0xAC00 + ONSETS.index(ONSETS[code // 588].translate(_TENSE)) * 588 + code % 588)
        for code in (ord(char) - 0xAC00 for char in name)
    )


@cache
def latin_names(group: int) -> tuple[str, ...]:
    """The folded names of a group that are written in Latin letters, three or more of them."""
    return tuple(
        key for key, number in _groups().items() if number == group and re.fullmatch("[a-z]{3,}", key)
    )
