"""A firm's name taken apart: company form, places, nations, words of trade, and the core that tells it from others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from mapae.text.names import chinese

__all__ = ["Parts", "fold_name", "take_apart"]

_DATA = Path(__file__).parent / "data"
_RUNS = re.compile(r"[a-z0-9]+|[가-힣]+|[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Parts:
    """core: words left over, in order; trade, places, nations: concepts found (`trading`, `shenzhen`, `korea`)."""

    core: tuple[str, ...]
    trade: frozenset[str]
    places: frozenset[str]
    nations: frozenset[str]


@cache
def _forms() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = yaml.load((_DATA / "forms.yaml").read_text("utf-8"), yaml.BaseLoader)
    return loaded


@cache
def _concepts() -> dict[str, tuple[str, str]]:
    """Spelling → (kind, concept), from words.yaml."""
    loaded: dict[str, dict[str, list[str]]] = yaml.load(
        (_DATA / "words.yaml").read_text("utf-8"), yaml.BaseLoader
    )
    return {
        spelling: (kind, concept)
        for kind, concepts in loaded.items()
        for concept, spellings in concepts.items()
        for spelling in spellings
    }


@cache
def _by_script(script: str) -> tuple[str, ...]:
    """Spellings of one script, longest first."""
    test: dict[str, Any] = {"hangul": "가", "han": "\u3400"}
    low = test[script]
    high = "힣" if script == "hangul" else "\u9fff"
    return tuple(sorted((s for s in _concepts() if low <= s[0] <= high), key=lambda s: (-len(s), s)))


@lru_cache(maxsize=65_536)
def fold_name(text: str) -> str:
    """NFKC, lower case, accents dropped, simplified characters, `&` as and; everything else a space."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").replace("㈜", " ")).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c) or "\u1100" <= c <= "\u11ff")
    return chinese.simplify(unicodedata.normalize("NFC", plain))


@lru_cache(maxsize=65_536)
def take_apart(text: str) -> Parts:
    """Company forms dropped, places, nations and trade words as concepts, the rest as core words."""
    for mark in _forms()["marks"]:
        text = text.replace(mark, " ")
    core: list[str] = []
    found: list[tuple[str, str]] = []
    latin: list[str] = []
    for run in _RUNS.findall(fold_name(text)):
        if run[0] <= "z":
            latin.append(run)
            continue
        core += _latin(latin, found)
        latin = []
        core += _glued(run, "hangul" if run[0] >= "가" else "han", found)
    core += _latin(latin, found)
    kinds = {kind: frozenset(name for k, name in found if k == kind) for kind in ("trade", "place", "nation")}
    if not core and found:  # a name made of such words only keeps them as its core
        core = [name for _, name in found]
        return Parts(tuple(core), frozenset(), frozenset(), kinds["nation"])
    return Parts(tuple(core), kinds["trade"], kinds["place"], kinds["nation"])


def _latin(words: list[str], found: list[tuple[str, str]]) -> Iterable[str]:
    """Latin words: forms off the end, then the longest concepts of up to four words."""
    suffixes = set(_forms()["suffixes"])
    changed = True
    while words and changed:
        changed = False
        for size in (3, 2, 1):
            if len(words) > size and " ".join(words[-size:]) in suffixes:
                words, changed = words[:-size], True
                break
    core, at = [], 0
    while at < len(words):
        for size in (4, 3, 2, 1):
            concept = _concepts().get(" ".join(words[at : at + size]))
            if concept and at + size <= len(words):
                found.append(concept)
                at += size
                break
        else:
            if words[at] not in ("and", "the", "of"):
                core.append(words[at])
            at += 1
    return core


def _glued(run: str, script: str, found: list[tuple[str, str]]) -> Iterable[str]:
    """A run of Hangul or Han: form off both ends, place off the front, trade words and nations off the end."""
    forms = _forms()["hangul" if script == "hangul" else "han"]
    long_forms = [form for form in forms if len(form) > 1]
    for form in long_forms:
        run = run.removeprefix(form) if script == "hangul" else run
        if len(run) > len(form):
            run = run.removesuffix(form)
    if run in forms:
        return []
    run = _strip_front(run, script, found)
    run = _strip_end(run, script, found)
    return [run] if run else []


def _strip_front(run: str, script: str, found: list[tuple[str, str]]) -> str:
    for spelling in _by_script(script):
        kind = _concepts()[spelling][0]
        if (
            kind in ("place", "nation")
            and run.startswith(spelling)
            and len(run) - len(spelling) >= 2
            and len(spelling) > 1
        ):
            found.append(_concepts()[spelling])
            return run[len(spelling) :]
    return run


def _strip_end(run: str, script: str, found: list[tuple[str, str]]) -> str:
    shortest = 2
    while True:
        for spelling in _by_script(script):
            left = len(run) - len(spelling)
            if len(spelling) > 1 and run.endswith(spelling) and (left >= shortest or left == 0):
                found.append(_concepts()[spelling])
                run = run[:left]
                break
        else:
            return run
        if not run:
            return run
