"""Concepts and rules of the pack's advert lexicons, as terms to scan and tables to judge with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.contract import Context
from mapae.detect.lexicon import Term
from mapae.errors import FactError
from mapae.text.disguise import disguises, initials

__all__ = ["CLASSES", "Calm", "Comparison", "Concept", "Rule", "Vocabulary", "load_vocabulary"]

CLASSES = (
    "drug_claim",
    "unapproved_device",
    "illegal_drug",
    "counterfeit",
    "weapon",
    "adult_to_minors",
    "scam",
)
_LINE = 6  # shorter names of product lines are common words
_SHORT_HANGUL = re.compile("[가-힣]{1,2}")
_INITIALS = re.compile("[가-힣]{4,7}")  # names that are also written by their initial consonants alone
_BRANDS = ("brand", "hidden_brand")  # concepts made of the list of brands


@dataclass(frozen=True, slots=True)
class Concept:
    """What a group of words means. patterns: regular expressions on folded text; places: columns it is read in, or all;
    deny: a denial beside the word takes it away; calm: it only takes away, and words inside its phrases do not count;
    hidden: number of the concept that a word written so that filters miss it counts for as well; None where no word of
    this concept is looked for in disguise, or disguise says nothing.
    """

    name: str
    patterns: tuple[re.Pattern[str], ...] = ()
    places: frozenset[str] = frozenset()
    deny: bool = False
    calm: bool = False
    hidden: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Adds `weight` to a class where all concepts stand in the advert (near: within so many bytes of one cell), or for
    each distinct word of one concept, up to `up_to`. needs: concept numbers.
    """

    of: str
    needs: tuple[int, ...]
    each: bool
    near: int
    weight: float
    up_to: float
    says: str


@dataclass(frozen=True, slots=True)
class Calm:
    """Takes `weight` from these classes for each distinct word of a concept, up to `up_to`."""

    classes: frozenset[str]
    concept: int
    weight: float
    up_to: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Words of `concepts` that the goods are measured against count as concept `becomes`."""

    concepts: frozenset[int]
    becomes: int
    before: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True)
class Vocabulary:
    """Terms with their concept numbers (-1 - n: a hint that pattern concept n may be there), and the tables of rules."""

    terms: tuple[Term, ...]
    entries: tuple[int, ...]
    concepts: tuple[Concept, ...]
    rules: tuple[Rule, ...]
    calms: tuple[Calm, ...]
    denial_before: re.Pattern[str]
    denial_after: re.Pattern[str]
    comparison: Comparison
    claim_sides: tuple[dict[int, float], dict[int, float]]
    classes: dict[str, dict[str, Any]]
    threshold: float
    cap: float

    @cached_property
    def concept_of(self) -> npt.NDArray[np.int32]:
        """The concept number of each term."""
        return np.asarray(self.entries, np.int32)

    @cached_property
    def covered(self) -> npt.NDArray[np.bool_]:
        """Terms that take away and stand inside a longer term that adds: where that one is meant, they do not count."""
        calm = [entry >= 0 and self.concepts[entry].calm for entry in self.entries]
        adding = "\n".join(
            term.text.casefold() for term, gone in zip(self.terms, calm, strict=True) if not gone
        )
        return np.asarray(
            [gone and term.text.casefold() in adding for term, gone in zip(self.terms, calm, strict=True)]
        )


def load_vocabulary(context: Context) -> Vocabulary:
    """The pack's `lexicons/adverts.yaml` with the lexicons it names, and the brands of the list store."""
    table = context.pack.data("lexicons/adverts.yaml")
    rows = {
        name: row
        for part in table["lexicons"]
        for name, row in context.pack.data(f"lexicons/{part}.yaml").items()
    }
    names = [*rows, *_BRANDS]
    number = {name: i for i, name in enumerate(names)}
    calm = {row["each"] for row in table["calm"]} | {"harmless"}
    pairs = dict.fromkeys(_terms(rows, number))
    pairs.update(dict.fromkeys(_brands(context, number)))
    pairs.update(dict.fromkeys(_copies(context.pack.data("lexicons/replica.yaml"), number)))
    return Vocabulary(
        tuple(term for term, _ in pairs),
        tuple(entry for _, entry in pairs),
        (
            *(_concept(name, row, name in calm, number) for name, row in rows.items()),
            *(Concept(name) for name in _BRANDS),
        ),
        tuple(_rule(row, number) for row in table["rules"]),
        tuple(_calm(row, number) for row in table["calm"]),
        _any_of(table["denial"]["before"]),
        _any_of(table["denial"]["after"]),
        _comparison(table["comparison"], number),
        (_side(table["claim"]["device"], number), _side(table["claim"]["goods"], number)),
        table["classes"],
        float(table["threshold"]),
        float(table["cap"]),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{item})" for item in patterns))


def _comparison(row: dict[str, Any], number: dict[str, int]) -> Comparison:
    concepts = frozenset(_number(name, number) for name in row["of"])
    return Comparison(
        concepts, _number(row["becomes"], number), _any_of(row["before"]), _any_of(row["after"])
    )


def _concept(name: str, row: dict[str, Any], calm: bool, number: dict[str, int]) -> Concept:
    patterns = tuple(re.compile(item) for item in row.get("patterns", ()))
    hidden = _number(row["hidden"], number) if "hidden" in row else None
    return Concept(name, patterns, frozenset(row.get("places", ())), bool(row.get("deny")), calm, hidden)


def _terms(rows: dict[str, dict[str, Any]], number: dict[str, int]) -> list[tuple[Term, int]]:
    found = []
    for name, row in rows.items():
        for word in _words(row.get("words", "")):
            found.append((_term(word, name, row), number[name]))
            if row.get("initials") and _INITIALS.fullmatch(word) and len(set(initials(word))) > 2:
                found.append((Term(initials(word), tag=name, boundary="word"), number[name]))
        for word in _words(row.get("hints", "")):
            found.append((Term(word, tag=name, boundary="none"), -1 - number[name]))
    return found


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.replace("\n", " ").split(",") if word.strip()]


def _term(word: str, tag: str, row: dict[str, Any]) -> Term:
    """`begins`: short words of Hangul in this group count only where a word begins, since longer ones hold them."""
    bare = word.rstrip("*")
    shortest = 6 if bare.isascii() else 2 if "hidden" in row and _SHORT_HANGUL.fullmatch(bare) else 3
    both = row.get("disguised") and len(bare.replace(" ", "")) >= shortest
    short = row.get("begins") and _SHORT_HANGUL.fullmatch(bare)
    boundary = "left" if word.endswith("*") or short else "auto"
    return Term(bare, tag=tag, boundary=boundary, channels="both" if both else "fold")  # type: ignore[arg-type]


def _brands(context: Context, number: dict[str, int]) -> list[tuple[Term, int]]:
    """Names of brands as they stand, and the Korean ones in disguise; common words are left out."""
    found = []
    for row in context.lists.table("brands").to_pylist():
        if row["generic"]:
            continue
        for key in ("names_en", "names_ko", "names_zh"):
            for name in row[key] or ():
                if len(name) >= (3 if name.isascii() else 2):
                    found.append((Term(name, tag="brand"), number["brand"]))
        found += [
            (Term(line, tag="brand"), number["brand"]) for line in row["lines"] or () if len(line) >= _LINE
        ]
        for name in row["names_ko"] or ():
            found += [
                (Term(form.text, tag="hidden_brand", boundary="word"), number["hidden_brand"])
                for form in disguises(name)
                if form.how != "initials" and len(form.text) >= 3
            ]
    return found


def _copies(table: dict[str, Any], number: dict[str, int]) -> list[tuple[Term, int]]:
    """What the lexicon of copies knows: words of copied marks, and nicknames of brands."""
    nicknames = [str(word) for words in table["slang"].values() for word in words]
    marks = [str(word) for word in table["signals"]["copying"]["words"]]
    return [
        *((Term(word, tag="brand"), number["brand"]) for word in nicknames),
        *((Term(word, tag="fake_sign"), number["fake_sign"]) for word in marks),
    ]


def _rule(row: dict[str, Any], number: dict[str, int]) -> Rule:
    needs = row.get("all") or [row["each"]]
    weight = float(row["weight"])
    return Rule(
        row["of"],
        tuple(_number(name, number) for name in needs),
        "each" in row,
        int(row.get("near", 0)),
        weight,
        float(row.get("up_to", weight)),
        row["says"],
    )


def _calm(row: dict[str, Any], number: dict[str, int]) -> Calm:
    classes = CLASSES if row["from"] == "all" else row["from"]
    return Calm(frozenset(classes), _number(row["each"], number), float(row["weight"]), float(row["up_to"]))


def _side(row: dict[str, float], number: dict[str, int]) -> dict[int, float]:
    return {_number(name, number): float(weight) for name, weight in row.items()}


def _number(name: str, number: dict[str, int]) -> int:
    if name not in number:
        raise FactError(
            f"a rule names a concept that no lexicon has: {name!r}",
            where="lexicons/adverts.yaml",
            mend=f"concepts are: {', '.join(number)}",
        )
    return number[name]
