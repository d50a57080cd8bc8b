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
from mapae.text.names.japanese import KANA
from mapae.text.names.romanise import revised

__all__ = ["Parts", "fold_name", "form_words", "german", "soft_words", "take_apart", "undecorated"]

_DATA = Path(__file__).parent / "data"
_RUNS = re.compile(rf"[a-z0-9]+|[가-힣]+|[\u3400-\u9fff々]+|[{KANA}]+")
_LATIN_WORD = re.compile(r"[a-z]+")
_INITIALS = re.compile(r"\b[A-Za-z](?:[.·・][A-Za-z]\b)+\.?")
_SITE = re.compile(r"(?<=\w)\.(?:com|net|org|shop|store|co\.kr|co\.jp|com\.cn|kr|cn|jp)\b", re.IGNORECASE)
_KEPT_MARKS = "\u3099\u309a"  # voicing of Kana
_ONE = frozenset("厂店")  # characters that are a word of trade by themselves at the end of a name
_LONGEST = 12  # characters of a word of trade or place in Hangul, Han or Kana
_SHORTEST = {"hangul": 5, "han": 8}  # letters of a romanised trade word; shorter ones are too often names
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ß": "ss"}
)


@dataclass(frozen=True, slots=True)
class Parts:
    """core: words left over, in order; whole: core and trade words run together as written, without form, place and nation;
    trade, places, nations: concepts found (`trading`, `shenzhen`, `korea`)."""

    core: tuple[str, ...]
    whole: str
    trade: frozenset[str]
    places: frozenset[str]
    nations: frozenset[str]


@cache
def _forms() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((_DATA / "forms.yaml").read_text("utf-8"), yaml.BaseLoader)
    return loaded


def form_words(name: str) -> tuple[str, ...]:
    """A list of forms.yaml by its key."""
    return tuple(_forms()[name])


@cache
def soft_words() -> frozenset[str]:
    """Trade concepts that one of two names may leave out."""
    return frozenset(_forms()["soft"])


@cache
def _concepts() -> dict[str, tuple[str, str]]:
    """Spelling → (kind, concept), from words.yaml; trade words also as they are romanised (muyeok, maoyi)."""
    loaded: dict[str, dict[str, list[str]]] = yaml.load(
        (_DATA / "words.yaml").read_text("utf-8"), yaml.BaseLoader
    )
    found = {
        fold_name(spelling): (kind, concept)
        for kind, concepts in loaded.items()
        for concept, spellings in concepts.items()
        for spelling in spellings
    }
    for spelling, (kind, concept) in list(found.items()):
        script = _script(spelling[0])
        letters = _spelled(spelling) if kind == "trade" else ""
        if len(letters) >= _SHORTEST.get(script, 0) and letters:
            found.setdefault(letters, (kind, concept))
    return found


def _spelled(spelling: str) -> str:
    if "가" <= spelling[0] <= "힣":
        return revised(spelling)
    return "".join(chinese.pinyin(spelling)) if "\u3400" <= spelling[0] <= "\u9fff" else ""


@lru_cache(maxsize=65_536)
def fold_name(text: str) -> str:
    """NFKC, lower case, accents dropped, simplified characters, `&` as and, M·A·C as mac, .com left out."""
    text = _INITIALS.sub(lambda match: re.sub(r"[.·・]", "", match[0]), _SITE.sub("", text))
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").replace("㈜", " ")).casefold()
    plain = "".join(
        c for c in plain if not unicodedata.combining(c) or "\u1100" <= c <= "\u11ff" or c in _KEPT_MARKS
    )
    plain = _LATIN_WORD.sub(lambda match: _spellings().get(match[0], match[0]), plain)
    return chinese.simplify(unicodedata.normalize("NFC", plain))


@cache
def _spellings() -> dict[str, str]:
    """Words written in two ways (colour, color), whole words only."""
    found: dict[str, str] = _forms()["spellings"]
    return found


def german(text: str) -> str:
    """Umlauts and Nordic vowels written out (Müller → Mueller)."""
    return unicodedata.normalize("NFC", text).casefold().translate(_GERMAN)


@cache
def _decorations() -> re.Pattern[str]:
    words = sorted((fold_name(word) for word in _forms()["decorations"]), key=len, reverse=True)
    joined = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?:^(?:{joined})(?![a-z0-9가-힣\u3040-\u9fff])|(?<![a-z0-9])(?:{joined})$)")


@lru_cache(maxsize=65_536)
def undecorated(text: str) -> str:
    """The name without what a shop puts beside it (official store, 旗舰店, 공식스토어); all of it where nothing is left."""
    plain = re.sub(r"[\[\](){}<>【】_|/]+", " ", fold_name(text))
    plain = re.sub(r"\s+", " ", plain).strip()
    while True:
        shorter = _decorations().sub("", plain).strip(" -")
        if shorter == plain:
            return plain
        if not shorter:
            return text
        plain = shorter


@lru_cache(maxsize=65_536)
def take_apart(text: str, places: bool = True, only: frozenset[str] | None = None) -> Parts:
    """Company forms dropped, places, nations and trade words as concepts, the rest as core words.

    places False: cities and provinces stay in the core (광동제약 is no firm of Guangdong). only: the trades that are taken
    off; other words of trade stay in the core (맥스파워 in 맥스파워전자).
    """
    ends = ("place", "nation") if places else ("nation",)
    for mark in _forms()["marks"]:
        text = text.replace(mark, " ")
    core: list[str] = []
    whole: list[str] = []
    found: list[tuple[str, str]] = []
    latin: list[str] = []
    for run in [*_RUNS.findall(fold_name(text)), ""]:
        if run and run[0] <= "z":
            latin.append(run)
            continue
        core += _latin(_without_forms(latin), ends, only, whole, found)
        latin = []
        if run:
            core += _glued(run, _script(run[0]), ends, only, whole, found)
    kinds = {kind: frozenset(name for k, name in found if k == kind) for kind in ("trade", "place", "nation")}
    if not core and found:  # a name made of such words only keeps them as its core
        core = [name for _, name in found]
        return Parts(tuple(core), "".join(whole), frozenset(), frozenset(), kinds["nation"])
    return Parts(tuple(core), "".join(whole), kinds["trade"], kinds["place"], kinds["nation"])


def _script(char: str) -> str:
    if "가" <= char <= "힣":
        return "hangul"
    return "kana" if re.match(f"[{KANA}]", char) else "han"


def _without_forms(words: list[str]) -> list[str]:
    """Latin words without company forms at both ends; one word always stays."""
    suffixes, prefixes = set(_forms()["suffixes"]), set(_forms()["prefixes"])
    for size in (2, 1):
        if len(words) > size and " ".join(words[:size]) in prefixes:
            words = words[size:]
            break
    changed = True
    while changed:
        changed = False
        for size in (4, 3, 2, 1):
            if len(words) > size and " ".join(words[-size:]) in suffixes:
                words, changed = words[:-size], True
                break
    return words


def _latin(
    words: list[str],
    ends: tuple[str, ...],
    only: frozenset[str] | None,
    whole: list[str],
    found: list[tuple[str, str]],
) -> Iterable[str]:
    """Latin words that are no concept; the longest concepts of up to four words go to `found`."""
    core, at = [], 0
    while at < len(words):
        size = next((n for n in (4, 3, 2, 1) if " ".join(words[at : at + n]) in _concepts()), 0)
        concept = _concepts()[" ".join(words[at : at + size])] if size else ("", "")
        if size and _taken(concept, ("trade", *ends), only):
            found.append(concept)
            whole += words[at : at + size] if concept[0] == "trade" else []
            at += size
            continue
        whole.append(words[at])
        if words[at] not in ("and", "the", "of"):
            core.append(words[at])
        at += 1
    return core


def _glued(
    run: str,
    script: str,
    ends: tuple[str, ...],
    only: frozenset[str] | None,
    whole: list[str],
    found: list[tuple[str, str]],
) -> Iterable[str]:
    """A run of Hangul, Han or Kana: form off both ends, place off the front, trade words and nations off the end."""
    forms = _forms()[script] if script in ("hangul", "han") else []
    if run in forms:
        return []
    for form in (form for form in forms if len(form) > 1):
        run = run.removeprefix(form) if script == "hangul" or len(run) > len(form) + 1 else run
        if len(run) > len(form):
            run = run.removesuffix(form)
    if run in forms:
        return []
    run = _strip_front(run, ends, found)
    run = _strip_end(run, ends, only, found)
    whole.append(run)
    run = _strip_end(run, ("trade", *ends), only, found)
    return [run] if run else []


def _strip_front(run: str, kinds: tuple[str, ...], found: list[tuple[str, str]]) -> str:
    """The longest place or nation off the front, as long as two characters stay; of a province and its city the city."""
    for size in range(min(_LONGEST, len(run) - 2), 1, -1):
        concept = _concepts().get(run[:size])
        if concept and concept[0] in kinds:
            rest, inner = run[size:], list[tuple[str, str]]()
            shorter = _strip_front(rest, ("place",), inner) if concept[0] == "place" else rest
            found.append(inner[0] if inner else concept)
            return shorter
    return run


def _taken(concept: tuple[str, str], kinds: tuple[str, ...], only: frozenset[str] | None) -> bool:
    """Whether a concept is one of these kinds, and if of trade, one of those that are taken off."""
    return concept[0] in kinds and (only is None or concept[0] != "trade" or concept[1] in only)


def _strip_end(
    run: str, kinds: tuple[str, ...], only: frozenset[str] | None, found: list[tuple[str, str]]
) -> str:
    """Concepts of these kinds off the end, longest first, as long as two characters stay, or none."""
    while run:
        for size in range(min(_LONGEST, len(run)), 0, -1):
            concept = _concepts().get(run[-size:]) if len(run) - size != 1 else None
            if concept and (size > 1 or run[-1] in _ONE) and _taken(concept, kinds, only):
                found.append(concept)
                run = run[:-size]
                break
        else:
            break
    return run
