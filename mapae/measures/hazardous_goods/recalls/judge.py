"""Weighs whether a listing is the product of a recall; additive, every part that speaks for it is a reason."""

from __future__ import annotations

from mapae.detect.recall_codes import fold_code, in_range
from mapae.detect.recall_terms import key_of, latin_words
from mapae.measures.hazardous_goods.recalls.excuses import excused, same_maker
from mapae.measures.hazardous_goods.recalls.limits import Limit, hold_limits
from mapae.measures.hazardous_goods.recalls.names import hold_names
from mapae.measures.hazardous_goods.recalls.notice import Recall
from mapae.measures.hazardous_goods.recalls.signs import (
    NAME,
    add_brand,
    add_gtin,
    add_kind,
    add_line,
    add_models,
    add_printed,
)
from mapae.measures.hazardous_goods.recalls.verdict import POSSIBLE, Evidence, Verdict
from mapae.measures.hazardous_goods.recalls.view import Place, View
from mapae.measures.hazardous_goods.recalls.words import Words

__all__ = ["judge"]


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
    add_gtin(recall, view, verdict)
    add_brand(recall, view, words, spellings, verdict)
    models = add_models(recall, view, words, verdict, barren)
    verdict.modelled = bool(models)
    verdict.proven = verdict.proven or verdict.modelled
    named = bool(models) and (
        _declared(recall, view, words, spellings) or _told(recall, view, verdict, words)
    )
    add_kind(recall, view, verdict, words, named)
    limits = _most(recall)
    more = (1.0 if recall.lines else 0.0) + (0.9 if recall.printed else 0.0) + limits
    owed, why = _unmodelled(recall, view, models, 1.0, full=True)
    if verdict.score + more - owed < least:
        verdict.less(owed, why)
        return verdict
    _maker(recall, view, words, verdict, spellings)
    if verdict.score + more - owed < least:
        verdict.less(owed, why)
        return verdict
    line = add_line(recall, view, words, verdict, models)
    add_printed(recall, view, verdict)
    _other(recall, view, words, verdict, models, line)
    telling = any(word not in words.qualities for told in recall.lines for word in told)
    if not models and (line < 0.6 or not telling) and (name := _unnamed(recall, view, verdict, spellings)):
        verdict.less(0.9, f"nothing of the name: {name}")
    if verdict.score + limits < least:
        return verdict
    held = _decisive(hold_limits(recall, view.texts, words, models))
    if recall.old and not models and line < 0.6 and not any(_proves(limit) for limit in held):
        verdict.less(0.3, "a notice of more than twelve years ago")
    dated = any(limit.what == "date" and limit.fits for limit in held)
    held += [limit for limit in hold_names(recall, view, words) if not (dated and limit.fits)]
    verdict.named = line >= 0.6 and any(limit.what == "year" and limit.fits for limit in held)
    for limit in held:
        _limit(limit, verdict, bool(models))
    if not words.search("new_version", recall.named) and words.search("new_version", view.folded["title"]):
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


def _declared(recall: Recall, view: View, words: Words, spellings: dict[str, tuple[str, ...]]) -> bool:
    """Whether the columns of brand and model name the product, and the title no part of it."""
    given = view.folded["brand"].strip()
    stated = bool(given) and fold_code(view.texts["model"]) in recall.models
    return (
        stated
        and same_maker(recall, view, given, spellings, words)
        and not words.search("parts", view.folded["title"])
    )


def _told(recall: Recall, view: View, verdict: Verdict, words: Words) -> bool:
    """Whether the title itself has the notice's brand and a model that hardly stands for anything else, and names no part."""
    sure = [
        item for item in verdict.evidence if item.place and item.place.field == "title" and item.worth >= 1.0
    ]
    branded = any(item.matched in recall.brands for item in sure)
    if {view.nouns.names[kind] for kind in recall.kinds} & _BUILT_IN:
        return False
    return (
        branded
        and any(item.worth >= 1.5 for item in sure)
        and not words.search("parts", view.folded["title"])
    )


def _maker(
    recall: Recall, view: View, words: Words, verdict: Verdict, spellings: dict[str, tuple[str, ...]]
) -> None:
    """Another maker in the brand column speaks against."""
    given = view.folded["brand"].strip()
    if given and not words.search("plain", given) and not same_maker(recall, view, given, spellings, words):
        verdict.less(1.2, f"another maker: {given}")


def _other(
    recall: Recall, view: View, words: Words, verdict: Verdict, models: list[str], line: float
) -> None:
    """What speaks against: another model, no model where the notice names some."""
    named = recall.models and not recall.coded
    given = latin_words(view.texts["model"])
    akin = any(all(word.upper() in model for word in given) for model in recall.models)
    if named and not models and line < 0.34 and view.folded["model"].strip() and not akin:
        verdict.less(0.8, "another model in the model column")
    if models and 0 <= line < 1.0 and (other := _sister_name(recall, view, words)):
        verdict.less(0.8, f"another name in the model column: {other}")
    told = any(item.detail == NAME and item.worth >= 1.0 for item in verdict.evidence)
    worth, why = _unmodelled(recall, view, models, line, full=told and line >= 1.0)
    if worth:
        verdict.less(worth, why)


def _sister_name(recall: Recall, view: View, words: Words) -> str:
    """A word of the model column that is none of the notice's name (`Z690 Formula` beside `Z690 Hero`)."""
    goods = {view.folded["model"][start:end] for _, start, end in view.named("model")}
    plain = words.colours.keys() | words.qualities.keys() | goods
    said = (
        word for word, _, _ in view.pieces("model") if word.isascii() and word.isalpha() and len(word) >= 4
    )
    return next((word for word in said if word not in plain and word not in recall.named), "")


def _unnamed(recall: Recall, view: View, verdict: Verdict, spellings: dict[str, tuple[str, ...]]) -> str:
    """The name that the notice calls the product by, where the listing has only another brand of the notice."""
    named = next((item.matched for item in verdict.evidence if item.matched in recall.brands), "")
    printed = {key_of(text) for text in recall.scope.get("printed", ())}
    firm = key_of(named) in key_of(recall.url.rpartition("/")[2])
    if not recall.own_name or not named or (key_of(named) in printed and not firm):
        return ""
    names = [brand for brand in recall.brands if key_of(brand) in key_of(recall.named)]
    spelled = [one for brand in names for one in (brand, *spellings.get(key_of(brand), ()))]
    shown = any(any(True for _ in view.find(key_of(one))) for one in spelled) or any(map(view.heard, names))
    return "" if shown or named in names else recall.brands[0]


def _unmodelled(
    recall: Recall, view: View, models: list[str], line: float, *, full: bool
) -> tuple[float, str]:
    """What it counts against a listing that it bears none of the models, and why; full: two words or more of a whole name."""
    if not recall.coded or models or recall.scope.get("all"):
        return 0.0, ""
    known = {fold_code(code) for code in (*recall.scope.get("codes", ()), *recall.scope.get("prefixes", ()))}
    ranges = recall.scope.get("ranges", ())
    if foreign := [
        code
        for code in view.models
        if code not in known
        and (_model_like(code) or _sister_of(code, recall))
        and not any(low.startswith(code) or in_range(code, low, high) for low, high in ranges)
    ]:
        return 1.5, f"another model: {foreign[0]}"
    return (
        0.1 if full or (recall.stocked and line < 0.6) else 0.2 if line >= 0.6 else 0.7,
        "the notice names models, the listing none of them",
    )


def _sister_of(code: str, recall: Recall) -> bool:
    """A short code of a model's letters with another figure (`SL6` of SL4)."""
    letters = code.rstrip("0123456789")
    return 1 < len(letters) < len(code) and any(
        len(model) == len(code) and model.startswith(letters) and model[len(letters) :].isdigit()
        for model in recall.models
    )


def _model_like(code: str) -> bool:
    digits = sum(char.isdigit() for char in code)
    mixed = 0 < digits < len(code)
    return (mixed and len(code) >= 4 and (code[0].isalpha() or len(code) >= 5)) or digits == len(code) >= 5


_WITHIN = {
    "long": 1.2,
    "code": 0.7,
    "range": 0.5,
    "prefix": 0.4,
    "date": 0.4,
    "year": 0.3,
    "colour": 0.1,
    "size": 0.1,
}
_PROOFS = frozenset({"long", "code", "range", "prefix"})
_SHUT = 5.0
_BUILT_IN = frozenset(
    {"battery", "coin battery", "power adapter", "battery charger", "charger", "cable", "extension cord"}
)
_OUTSIDE = {
    "code": 5.0, "range": 5.0, "prefix": 5.0, "date": 5.0,
    "year": 2.0, "generation": 2.0, "measure": 1.0, "make": 1.2, "age": 1.2, "colour": 1.2, "size": 1.2,
}  # fmt: skip


def _most(recall: Recall) -> float:
    """What limits that fit can add at most: one of codes, and one of each other sort."""
    scope = recall.scope
    lots = "long" if scope.get("codes") else "range" if scope.get("ranges") else "prefix"
    worth = _WITHIN[lots] if any(scope.get(key) for key in ("codes", "ranges", "prefixes")) else 0.0
    worth += _WITHIN["date"] if any(scope.get(key) for key in ("made", "months", "years")) else 0.0
    return worth + sum(_WITHIN[key] for key in ("colour", "size") if scope.get(f"{key}s"))


def _proves(limit: Limit) -> bool:
    return limit.fits and limit.what in _PROOFS


def _limit(limit: Limit, verdict: Verdict, modelled: bool) -> None:
    if limit.fits:
        detail = f"within the limit of the notice: {limit.what}"
        place = f"{limit.field}:{limit.start}:{limit.end}"
        verdict.proven = verdict.proven or _proves(limit)
        verdict.add(Evidence(None, limit.what, detail, _WITHIN[limit.what], place))
    else:
        worth = 0.5 if limit.what == "colour" and modelled else _OUTSIDE[limit.what]
        if worth >= _SHUT:
            worth = max(worth, verdict.score)  # not even the article number outweighs another lot
        verdict.less(worth, f"outside the limit of the notice: {limit.what}")
