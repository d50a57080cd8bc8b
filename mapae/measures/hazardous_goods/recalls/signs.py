"""The signs that a listing is the product of a recall: article number, brand, models, kind of goods, name, printed words."""

from __future__ import annotations

import re

from mapae.detect.recall_codes import fold_code, in_range
from mapae.detect.recall_terms import key_of, latin_words
from mapae.measures.hazardous_goods.recalls.excuses import CODED, negated, places
from mapae.measures.hazardous_goods.recalls.notice import Recall
from mapae.measures.hazardous_goods.recalls.verdict import Evidence, Verdict
from mapae.measures.hazardous_goods.recalls.view import Place, View
from mapae.measures.hazardous_goods.recalls.words import Words

__all__ = ["NAME", "add_brand", "add_gtin", "add_kind", "add_line", "add_models", "add_printed"]

NAME = "words of the product's name"
HEARD = "sounds like the brand of the notice"
GOODS = "the kind of goods"
_UNTOLD = 0.1  # weight of a describing word that a title in Hangul or Han lacks: it may say it otherwise
_PLAIN = 0.25  # worth of a plain word of the name where the goods are of a kind akin only
_COMMON = 0.2  # what a common word as a brand is worth inside a text
_TOLD = {"title": 1.0, "brand": 1.0, "model": 0.9, "description": 0.7, "category": 0.6}


def add_gtin(recall: Recall, view: View, verdict: Verdict) -> None:
    """The article number, where the notice lists it."""
    code = re.sub(r"\D", "", view.row.text("gtin")).lstrip("0")
    if len(code) >= 8 and any(code == known.lstrip("0") for known in recall.gtins):
        verdict.add(Evidence(None, code, "the article number stands in the notice", 2.5, "gtin"))
        verdict.proven = True


def add_brand(
    recall: Recall, view: View, words: Words, spellings: dict[str, tuple[str, ...]], verdict: Verdict
) -> None:
    """The brand that the listing names, written or as it sounds; one that is a common word counts half in a text."""
    best: Evidence | None = None
    for brand in recall.brands:
        for spelling in (brand, *spellings.get(key_of(brand), ())):
            key = key_of(spelling)
            weak = key in words.weak
            for place in view.find(key) if len(key) >= 2 else ():
                worth = _TOLD[place.field] * (_common(place) if weak else 1.0)
                if best is None or worth > best.worth:
                    best = Evidence(place, brand, "the brand of the notice", worth)
                if worth >= 1.0:
                    break
            if best is not None and best.worth >= 1.0:
                break
    if best is None or best.worth < 0.9:
        for brand in recall.brands:
            if heard := view.heard(brand):
                worth = round(heard[0] * _TOLD[heard[1].field], 3)
                if best is None or worth > best.worth:
                    best = Evidence(heard[1], brand, HEARD, worth)
    if best is not None:
        verdict.add(best)
        if best.worth <= _COMMON:
            verdict.less(0.5, "the brand is a common word here")


def _common(place: Place) -> float:
    """The share of its worth that a brand keeps which is a common word: all in its column, half at a title's head."""
    if place.field == "brand":
        return 1.0
    return 0.5 if place.field == "title" and place.start == 0 else _COMMON


def add_models(recall: Recall, view: View, words: Words, verdict: Verdict, barren: bool) -> list[str]:
    """Model codes of the notice that the listing bears, as the listing writes them (folded)."""
    best: Evidence | None = None
    found: list[str] = []
    excluded = {fold_code(code) for code in recall.scope.get("excluded", ())}
    left = excluded - recall.models
    if left and any(code.folded in left for name in CODED for code in view.codes(name)):
        verdict.less(2.0, "a code that the notice leaves out")
        return []
    if sister := _sister(recall, view, barren):
        verdict.less(2.0, f"a number like those of the notice and none of them: {sister}")
    for model, place in () if barren else places(recall, view, excluded):
        before, after = view.around(place, 12, 14)
        if negated(before, after, words):
            verdict.less(3.0, f"says that it is not {model}")
            return found
        digits = sum(char.isdigit() for char in model)
        strong = len(model) >= 5 or (len(model) >= 4 and 0 < digits < len(model))
        worth = (1.5 if strong else 0.8) * (1.0 if place.field != "description" else 0.95)
        found.append(model)
        if best is None or worth > best.worth:
            best = Evidence(place, recall.shown.get(model, model), "a model that the notice names", worth)
    if best:
        verdict.add(best)
    return found


def _sister(recall: Recall, view: View, barren: bool) -> str:
    """A long number that begins as one of the notice does and is as long, where the listing has none of the notice's own."""
    long = [model for model in recall.models if len(model) >= 8 and not model.isalpha()]
    if not long or (not barren and any(True for model in long for _ in view.find_code(model))):
        return ""
    for name in CODED:
        for code in view.codes(name):
            alike = any(len(code.folded) == len(model) and code.folded[:4] == model[:4] for model in long)
            ranges = recall.scope.get("ranges", ())
            if alike and not any(in_range(code.folded, low, high) for low, high in ranges):
                return code.text
    return ""


def add_kind(recall: Recall, view: View, verdict: Verdict, words: Words, declared: bool) -> None:
    """The kind of goods, in the title before category and description.

    declared: the columns of brand and model name the product, so that another word for the goods weighs little.
    """
    if not recall.kinds:
        return
    own = {key_of(item.matched) for item in verdict.evidence if item.matched in recall.brands}
    for name, worth in (("title", 1.0), ("category", 0.8), ("model", 0.6), ("description", 0.6)):
        for kinds, part in ((recall.kinds, 1.0), (recall.kin, 0.6)):
            if kinds is recall.kin and name == "title" and _led_by_other(recall, view):
                part = 0.3
            for kind, start, end in view.named(name):
                if kind in kinds and key_of(view.folded[name][start:end]) not in own:
                    verdict.add(
                        Evidence(Place(name, start, end), view.nouns.names[kind], GOODS, worth * part)
                    )
                    told = view.kinds("title")
                    if name not in ("title", "category") and told and not (recall.kinds | recall.kin) & told:
                        verdict.less(0.7, "the title names another kind of goods")
                    return
    sure = declared or (_numbered(recall, verdict) and not words.search("parts", view.folded["title"]))
    if view.kinds("title"):
        verdict.less(0.4 if sure else 1.2, "another kind of goods")
    elif view.kinds("category"):
        verdict.less(0.6, "another kind of goods by its category")


def _led_by_other(recall: Recall, view: View) -> bool:
    """Whether the first goods that the title names are neither the notice's nor akin to them."""
    named = view.named("title")
    return bool(named) and named[0][0] not in recall.kinds | recall.kin


def _numbered(recall: Recall, verdict: Verdict) -> bool:
    """Whether the listing has the notice's brand and a long model with a digit, wherever it stands."""
    branded = any(item.matched in recall.brands and item.worth >= 0.9 for item in verdict.evidence)
    codes = (fold_code(item.matched) for item in verdict.evidence if item.worth >= 1.4)
    return branded and any(len(code) >= 5 and code in recall.models for code in codes)


def add_line(recall: Recall, view: View, words: Words, verdict: Verdict, models: list[str]) -> float:
    """The share of the distinctive words of a product's name that the listing bears, best over the products named."""
    best, evidence, bare = -1.0, None, recall.bare
    mine = {key_of(item.matched) for item in verdict.evidence[:1]}
    mine |= {
        word for item in verdict.evidence[:1] if item.detail == HEARD for word in latin_words(item.matched)
    }
    exact = any(item.detail == GOODS and item.worth >= 1.0 for item in verdict.evidence)
    told = view.foreign and exact
    for line in recall.lines:
        total = hit = 0.0
        place: Place | None = None
        places = _line_places(line, view, words)
        for word, at in zip(line, places, strict=True):
            proper = (
                recall.proper is None or word in recall.proper or any(word in name for name in recall.proper)
            )
            weight = 1.0 if word.isdigit() or (proper and word not in words.qualities) else 0.4
            if word in mine or (word in models and word.isdigit() and len(word) <= 4):
                continue
            if weight < 1.0 and at is None and word in words.said and told:
                weight = _UNTOLD
            total += weight
            if at is not None:
                hit += weight
                place = place or at
        bare = bare or (bool(line) and not total)
        share = hit / total if total else -1.0
        if share > best:
            best, evidence = share, (place, " ".join(line), total)
    if evidence is None:
        return -1.0
    place, name, total = evidence
    if place is not None and best > 0:
        plain = total < 1 and not exact and all(word in words.said for word in name.split())
        worth = _PLAIN if plain else min(1.0, 0.4 + 0.5 * total)
        verdict.add(Evidence(place, name, NAME, round(worth * best, 3)))
    numbered = any(len(model) > 4 or not model.isdigit() for model in models)
    if best < 0.34 and not numbered and not bare and (not models or total >= 1):
        owed = 0.9 if total >= 1 else 0.2 if total >= 0.4 else 0.05
        verdict.less(owed, f"nothing of the name: {name}")
    return best


def _line_places(line: tuple[str, ...], view: View, words: Words) -> list[Place | None]:
    """Where each word of a line stands; in Hangul two of them may be one word (`트리거액션` of Trigger Action)."""
    found = [_word(word, view, words) for word in line]
    for at in range(len(line) - 1 if view.hangul else 0):
        if found[at] is None and found[at + 1] is None:
            heard = view.heard(line[at] + line[at + 1], least=0.84)
            if heard and not negated(*view.around(heard[1], 8, 8), words):
                found[at] = found[at + 1] = heard[1]
    return found


def _word(word: str, view: View, words: Words) -> Place | None:
    for key in (word, word[:-1] if word.endswith("s") else f"{word}s", word.replace("+", "plus")):
        for place in view.find(key):
            if not negated(*view.around(place, 8, 8), words):
                return place
    if quality := words.said.get(word):
        for spelling, key in words.said.items():
            if key == quality and not spelling.isascii():
                for place in view.find(key_of(spelling), fields=("title", "description")):
                    return place
    heard = view.heard(word, least=0.84)
    if heard and not negated(*view.around(heard[1], 8, 8), words):
        return heard[1]
    return None


def add_printed(recall: Recall, view: View, verdict: Verdict) -> None:
    """Words that the notice says are printed on the goods."""
    for text in recall.printed:
        for place in view.find(text):
            if any(
                item.place and item.place.field == place.field and item.place.start == place.start
                for item in verdict.evidence
            ):
                continue
            verdict.add(Evidence(place, text, "words printed on the recalled goods", 0.9))
            return
