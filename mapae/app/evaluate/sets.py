"""The sets: which measure's checks predict one, from which record kind, and how it is scored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mapae.app.evaluate.scores import F1, bootstrap, f1, fold, macro_f1

__all__ = ["SETS", "CaseSet", "Scored"]

Pair = tuple[dict[str, Any], dict[str, Any]]  # expect, prediction


@dataclass(frozen=True, slots=True)
class Scored:
    """A set's main score with its 95 % interval, and everything else by name."""

    main: str
    value: float
    low: float
    high: float
    more: dict[str, float]


@dataclass(frozen=True, slots=True)
class CaseSet:
    """One set: record kind, name of the record in a case, checks by key prefix, `module:predict`, scorer."""

    name: str
    kind: str
    record: str
    checks: tuple[str, ...]
    predict: str
    score: Callable[[Sequence[Pair]], Scored]


def _ids(values: Any) -> set[str]:
    return {fold(str(value).removeprefix("cpsc:")) for value in values or ()}


def _set_score(key: str) -> Callable[[Sequence[Pair]], Scored]:
    def counts(pairs: Sequence[Pair]) -> F1:
        return f1((_ids(want[key]), _ids(got[key])) for want, got in pairs)

    def score(pairs: Sequence[Pair]) -> Scored:
        found = counts(pairs)
        low, high = bootstrap(pairs, lambda part: counts(part).value)
        return Scored(
            "micro_f1", found.value, low, high, {"precision": found.precision, "recall": found.recall}
        )

    return score


def _flag_score(
    key: str, extra: Callable[[Sequence[Pair]], dict[str, float]]
) -> Callable[[Sequence[Pair]], Scored]:
    def counts(pairs: Sequence[Pair]) -> F1:
        return f1(({"x"} if want[key] else set(), {"x"} if got[key] else set()) for want, got in pairs)

    def score(pairs: Sequence[Pair]) -> Scored:
        found = counts(pairs)
        low, high = bootstrap(pairs, lambda part: counts(part).value)
        more = {"precision": found.precision, "recall": found.recall} | extra(pairs)
        return Scored("f1", found.value, low, high, more)

    return score


def _brand(pairs: Sequence[Pair]) -> dict[str, float]:
    positive = [(fold(want["brand"]), fold(got["brand"])) for want, got in pairs if want["flag"]]
    right = sum(want == got for want, got in positive)
    return {"brand_accuracy": right / len(positive) if positive else 1.0}


def _classes(pairs: Sequence[Pair]) -> dict[str, float]:
    return {"class_macro_f1": macro_f1([(want["class"], got["class"]) for want, got in pairs])}


def _share(pairs: Sequence[Pair], right: Callable[[dict[str, Any], dict[str, Any]], bool]) -> float:
    return sum(right(want, got) for want, got in pairs) / len(pairs) if pairs else 1.0


def _helpline(pairs: Sequence[Pair]) -> Scored:
    """Main: macro-F1 of the category; beside it every other part of the answer (cases/README.md)."""

    def category(part: Sequence[Pair]) -> float:
        return macro_f1([(want["category"], got["category"]) for want, got in part])

    low, high = bootstrap(pairs, category)
    hazard = f1(
        ({"x"} if want["hazard"] else set(), {"x"} if got["hazard"] else set()) for want, got in pairs
    )
    more = {
        "category_accuracy": _share(pairs, lambda want, got: want["category"] == got["category"]),
        "responsible_macro_f1": macro_f1([(want["responsible"], got["responsible"]) for want, got in pairs]),
        "operator": _share(pairs, lambda want, got: fold(want["operator"]) == fold(got["operator"])),
        "rights": _share(pairs, lambda want, got: set(want["rights"]) == set(got["rights"])),
        "withdrawal_deadline": _share(
            pairs, lambda want, got: want["withdrawal_deadline"] == got["withdrawal_deadline"]
        ),
        "hazard_f1": hazard.value,
    }
    return Scored("category_macro_f1", category(pairs), low, high, more)


def _policies(pairs: Sequence[Pair]) -> Scored:
    """Main: accuracy over the fifteen items; beside it macro-F1, the same over the five on transfer, the agent's parts.

    Labels in `doubtful` of the case are left out (cases/README.md).
    """

    def labels(part: Sequence[Pair], group: str, prefix: str) -> list[tuple[str, str]]:
        return [
            (status, got[group][key])
            for want, got in part
            for key, status in want[group].items()
            if prefix + key not in want.get("doubtful", ())
        ]

    def accuracy(part: Sequence[Pair]) -> float:
        found = labels(part, "items", "")
        return sum(want == got for want, got in found) / len(found) if found else 1.0

    def parts(want: dict[str, Any], got: dict[str, Any]) -> int:
        sides = [side["agent"] or {} for side in (want, got)]
        return sum(
            fold(sides[0].get(key)) == fold(sides[1].get(key))
            for key in ("name", "address", "phone", "email")
        )

    low, high = bootstrap(pairs, accuracy)
    border = labels(pairs, "cross_border", "cross_border.")
    more = {
        "macro_f1": macro_f1(labels(pairs, "items", ""), ("present", "partial", "missing")),
        "cross_border": sum(want == got for want, got in border) / len(border) if border else 1.0,
        "cross_border_macro_f1": macro_f1(border),
        "agent_parts": sum(parts(want, got) for want, got in pairs) / (4 * len(pairs)) if pairs else 1.0,
    }
    return Scored("accuracy", accuracy(pairs), low, high, more)


def _set(name: str, kind: str, check: str, score: Callable[[Sequence[Pair]], Scored]) -> CaseSet:
    measure = check.split(".")[0]
    return CaseSet(name, kind, kind, (check,), f"mapae.measures.{measure}.prediction_{name}:predict", score)


# set → how it is predicted and scored; `checks` are key prefixes of the checks that take part
SETS: dict[str, CaseSet] = {
    item.name: item
    for item in (
        _set("recalls", "listing", "hazardous_goods.recalls", _set_score("recall_ids")),
        _set("substances", "listing", "hazardous_goods.substances", _set_score("substances")),
        _set("counterfeits", "listing", "counterfeits", _flag_score("flag", _brand)),
        _set("age_restricted", "listing", "age_restricted", _flag_score("violation", _classes)),
        _set("adverts", "advert", "illegal_ads", _flag_score("flag", _classes)),
        _set("helpline", "complaint", "helpline", _helpline),
        _set("policies", "policy", "privacy.policy", _policies),
        _set("posts", "post", "social_commerce.market_posts", _flag_score("sells", lambda _: {})),
    )
}
