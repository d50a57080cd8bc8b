"""Weighs whether a listing is the product of a recall; additive, every part that speaks for it is a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mapae.detect.recall_codes import fold_code
from mapae.detect.recall_terms import key_of
from mapae.measures.hazardous_goods.recalls.excuses import CODED, excused, negated, places, same_maker
from mapae.measures.hazardous_goods.recalls.limits import Limit, hold_limits
from mapae.measures.hazardous_goods.recalls.names import hold_names
from mapae.measures.hazardous_goods.recalls.notice import Recall
from mapae.measures.hazardous_goods.recalls.view import Place, View
from mapae.measures.hazardous_goods.recalls.words import Words

__all__ = ["POSSIBLE", "THRESHOLD", "Evidence", "Verdict", "judge"]

THRESHOLD = 1.9
POSSIBLE = 0.9  # kept in high-recall mode
_COMMON = 0.2  # what a common word as a brand is worth inside a text
_TOLD = {"title": 1.0, "brand": 1.0, "model": 0.9, "description": 0.7, "category": 0.6}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign: its place (None: a field as a whole), what of the notice it is, a plain sentence, its worth."""

    place: Place | None
    matched: str
    detail: str
    worth: float
    field: str = "title"


@dataclass
class Verdict:
    """The sum and its parts; `against` says what spoke against, for those who look into a score.

    modelled: a model of the notice is named; proven: that, the article number, or a serial, lot or date within.
    """

    score: float = 0.0
    evidence: list[Evidence] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    modelled: bool = False
    proven: bool = False

    def add(self, item: Evidence) -> None:
        """Count a sign and keep it as a reason."""
        self.score += item.worth
        self.evidence.append(item)

    def less(self, worth: float, why: str) -> None:
        """Count something against."""
        self.score -= worth
        self.against.append(why)


def judge(
    recall: Recall,
    view: View,
    words: Words,
    spellings: dict[str, tuple[str, ...]],
    least: float = POSSIBLE,
    barren: bool = False,
) -> Verdict:
    """The verdict on one listing and one recall; a score of THRESHOLD and more is a match.

    least: what does not come to this score is not weighed to its end; barren: no model of the notice is in the listing.
    """
    verdict = Verdict()
    _gtin(recall, view, verdict)
    _brand(recall, view, words, spellings, verdict)
    models = _models(recall, view, words, verdict, barren)
    verdict.modelled = bool(models)
    verdict.proven = verdict.proven or verdict.modelled
    _kind(recall, view, verdict)
    limits = _most(recall)
    more = (1.0 if recall.lines else 0.0) + (0.9 if recall.printed else 0.0) + limits
    owed, why = _unmodelled(recall, view, models, 1.0)
    if verdict.score + more - owed < least:
        verdict.less(owed, why)
        return verdict
    _maker(recall, view, words, verdict, spellings)
    if verdict.score + more - owed < least:
        verdict.less(owed, why)
        return verdict
    line = _line(recall, view, words, verdict, models)
    _printed(recall, view, verdict)
    _other(recall, view, verdict, models, line)
    if recall.old and not models and line < 0.6:
        verdict.less(0.3, "a notice of more than ten years ago")
    if verdict.score + limits < least:
        return verdict
    for limit in _decisive(hold_limits(recall, view.texts, words, models)):
        _limit(limit, verdict, bool(models))
    for limit in hold_names(recall, view, words):
        _limit(limit, verdict, bool(models))
    if words.search("new_version", view.folded["title"]):
        verdict.less(0.5, "a later version")
    if verdict.score >= POSSIBLE and (excuse := excused(recall, view, words, _brand_places(verdict))):
        verdict.less(9.0, excuse)
    return verdict


def _brand_places(verdict: Verdict) -> list[Place]:
    return [item.place for item in verdict.evidence if item.place and "brand" in item.detail]


def _decisive(limits: list[Limit]) -> list[Limit]:
    """Of codes, what the title says counts before the description, and there what fits before what does not; one of each."""
    coded = [limit for limit in limits if limit.what in ("long", "code", "range", "prefix")]
    chosen = [limit for limit in coded if limit.field == "title"] or coded
    if any(limit.fits for limit in chosen):
        chosen = [limit for limit in chosen if limit.fits]
    rest = {(limit.what, limit.fits): limit for limit in reversed(limits) if limit not in coded}
    return [*chosen[:1], *rest.values()]


def _gtin(recall: Recall, view: View, verdict: Verdict) -> None:
    code = re.sub(r"\D", "", view.row.text("gtin")).lstrip("0")
    if len(code) >= 8 and any(code == known.lstrip("0") for known in recall.gtins):
        verdict.add(Evidence(None, code, "the article number stands in the notice", 2.5, "gtin"))
        verdict.proven = True


def _brand(
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
                    best = Evidence(heard[1], brand, "sounds like the brand of the notice", worth)
    if best is not None:
        verdict.add(best)
        if best.worth <= _COMMON:
            verdict.less(0.5, "the brand is a common word here")


def _common(place: Place) -> float:
    """The share of its worth that a brand keeps which is a common word: all in its column, half at a title's head."""
    if place.field == "brand":
        return 1.0
    return 0.5 if place.field == "title" and place.start == 0 else _COMMON


def _models(recall: Recall, view: View, words: Words, verdict: Verdict, barren: bool) -> list[str]:
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
            if any(len(code.folded) == len(model) and code.folded[:4] == model[:4] for model in long):
                return code.text
    return ""


def _kind(recall: Recall, view: View, verdict: Verdict) -> None:
    """The kind of goods, in the title before category and description."""
    if not recall.kinds:
        return
    own = {key_of(brand) for brand in recall.brands}
    for name, worth in (("title", 1.0), ("category", 0.8), ("model", 0.6), ("description", 0.6)):
        for kinds, part in ((recall.kinds, 1.0), (recall.kin, 0.6)):
            for kind, start, end in view.named(name):
                if kind in kinds and key_of(view.folded[name][start:end]) not in own:
                    verdict.add(
                        Evidence(
                            Place(name, start, end), view.nouns.names[kind], "the kind of goods", worth * part
                        )
                    )
                    told = view.kinds("title")
                    if name not in ("title", "category") and told and not (recall.kinds | recall.kin) & told:
                        verdict.less(0.7, "the title names another kind of goods")
                    return
    if view.kinds("title"):
        verdict.less(1.2, "another kind of goods")
    elif view.kinds("category"):
        verdict.less(0.6, "another kind of goods by its category")


def _line(recall: Recall, view: View, words: Words, verdict: Verdict, models: list[str]) -> float:
    """The share of the distinctive words of a product's name that the listing bears, best over the products named."""
    best, evidence, bare = -1.0, None, recall.bare
    mine = {key_of(item.matched) for item in verdict.evidence[:1]}
    for line in recall.lines:
        total = hit = 0.0
        place: Place | None = None
        for word in line:
            proper = (
                recall.proper is None or word in recall.proper or any(word in name for name in recall.proper)
            )
            weight = 1.0 if proper and word not in words.qualities else 0.4
            if word in mine:
                continue
            total += weight
            at = _word(word, view, words)
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
        verdict.add(
            Evidence(place, name, "words of the product's name", round(min(1.0, 0.4 + 0.5 * total) * best, 3))
        )
    if best < 0.34 and not models and not bare:
        verdict.less(0.9 if total >= 1 else 0.2, f"nothing of the name: {name}")
    return best


def _word(word: str, view: View, words: Words) -> Place | None:
    for key in (word, word[:-1] if word.endswith("s") else f"{word}s"):
        for place in view.find(key):
            if not negated(*view.around(place, 8, 8), words):
                return place
    if quality := words.qualities.get(word):
        for spelling, key in words.qualities.items():
            if key == quality and not spelling.isascii():
                for place in view.find(key_of(spelling), fields=("title", "description")):
                    return place
    heard = view.heard(word, least=0.84)
    if heard and not negated(*view.around(heard[1], 8, 8), words):
        return heard[1]
    return None


def _printed(recall: Recall, view: View, verdict: Verdict) -> None:
    for text in recall.printed:
        for place in view.find(text):
            if any(
                item.place and item.place.field == place.field and item.place.start == place.start
                for item in verdict.evidence
            ):
                continue
            verdict.add(Evidence(place, text, "words printed on the recalled goods", 0.9))
            return


def _maker(
    recall: Recall, view: View, words: Words, verdict: Verdict, spellings: dict[str, tuple[str, ...]]
) -> None:
    """Another maker in the brand column speaks against."""
    given = view.folded["brand"].strip()
    if given and not words.search("plain", given) and not same_maker(recall, view, given, spellings):
        verdict.less(1.2, f"another maker: {given}")


def _other(recall: Recall, view: View, verdict: Verdict, models: list[str], line: float) -> None:
    """What speaks against: another model, no model where the notice names some."""
    named = recall.models and not recall.coded
    if named and not models and line < 0.34 and view.folded["model"].strip():
        verdict.less(0.8, "another model in the model column")
    worth, why = _unmodelled(recall, view, models, line)
    if worth:
        verdict.less(worth, why)


def _unmodelled(recall: Recall, view: View, models: list[str], line: float) -> tuple[float, str]:
    """What it counts against a listing that it bears none of the models, and why."""
    if not recall.coded or models or recall.scope.get("all"):
        return 0.0, ""
    known = {fold_code(code) for code in (*recall.scope.get("codes", ()), *recall.scope.get("prefixes", ()))}
    if foreign := [code for code in view.models if code not in known and _model_like(code)]:
        return 1.5, f"another model: {foreign[0]}"
    return 0.2 if line >= 0.6 else 0.7, "the notice names models, the listing none of them"


def _model_like(code: str) -> bool:
    digits = sum(char.isdigit() for char in code)
    mixed = 0 < digits < len(code)
    return (mixed and len(code) >= 4 and (code[0].isalpha() or len(code) >= 5)) or digits == len(code) >= 5


_WITHIN = {"long": 1.2, "code": 0.7, "range": 0.5, "prefix": 0.4, "date": 0.4, "colour": 0.1, "size": 0.1}
_PROOFS = frozenset({"long", "code", "range", "prefix"})
_OUTSIDE = {
    "code": 5.0, "range": 5.0, "prefix": 5.0, "date": 5.0,
    "year": 2.0, "measure": 1.0, "age": 1.2, "colour": 1.2, "size": 1.2,
}  # fmt: skip


def _most(recall: Recall) -> float:
    """What limits that fit can add at most: one of codes, and one of each other sort."""
    scope = recall.scope
    lots = "long" if scope.get("codes") else "range" if scope.get("ranges") else "prefix"
    worth = _WITHIN[lots] if any(scope.get(key) for key in ("codes", "ranges", "prefixes")) else 0.0
    worth += _WITHIN["date"] if any(scope.get(key) for key in ("made", "months", "years")) else 0.0
    return worth + sum(_WITHIN[key] for key in ("colour", "size") if scope.get(f"{key}s"))


def _limit(limit: Limit, verdict: Verdict, modelled: bool) -> None:
    if limit.fits:
        detail = f"within the limit of the notice: {limit.what}"
        place = f"{limit.field}:{limit.start}:{limit.end}"
        verdict.proven = verdict.proven or limit.what in _PROOFS
        verdict.add(Evidence(None, limit.what, detail, _WITHIN[limit.what], place))
    else:
        worth = 0.5 if limit.what == "colour" and modelled else _OUTSIDE[limit.what]
        verdict.less(worth, f"outside the limit of the notice: {limit.what}")
