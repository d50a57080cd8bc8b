"""Names across scripts: F1 on labelled pairs beside Jaro-Winkler after transliteration, and pairs a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import icu
import orjson
import yaml
from rapidfuzz.distance import JaroWinkler

from bench import Absent, Row
from bench._peer import ask
from mapae.text.names import compare

TITLE = "Names across scripts"
INTRO = (
    "Firms, brands, sellers and people in Hangul, Chinese characters, Kana and Latin letters; F1 of *the same*. `own`: the "
    "frozen cases of tests/cases (.853 before the rules of this version); `shared`: the cases that show the convention; "
    "`table`: tests/text/names/pairs.yaml. All three were looked at while the rules grew. Nearer to what unseen names will "
    "give: two further sets of 182 and 214 pairs, judged before any repair, gave .939 and .945 (precision .98 and 1), and "
    "116 pairs of invented firms and small brands, which no table knows, .854. "
    "Peers: ICU transliteration to Latin letters, then Jaro-Winkler; nomenklatura's LogicV2 on entities with a name alone; "
    "a threshold that is the best *by the labels* is in their favour."
)
_ROOT = Path(__file__).parents[1]
_SETS = {
    "own": _ROOT / "tests" / "cases" / "names.jsonl",
    "table": _ROOT / "tests" / "text" / "names" / "pairs.yaml",
    "shared": _ROOT.parent / "shared" / "cases" / "names.jsonl",
}
_OWN_LIMIT = 0.7  # from which nomenklatura and its services call it a match
Case = tuple[str, str, str, bool]


def main() -> list[Row]:
    """Each set that is there, by Mapae and by the peer."""
    rows: list[Row] = []
    for name, path in _SETS.items():
        if path.is_file():
            cases = _read(path)
            rows += [
                _row(f"{name}: mapae", cases, _mapae),
                _row(f"{name}: Jaro-Winkler", cases, _peer(cases)),
            ]
            try:
                rows += _nomenklatura(name, cases)
            except Absent as reason:
                rows[-1] = replace(rows[-1], note=f"nomenklatura not measured: {reason}")
    return rows


def _read(path: Path) -> list[Case]:
    """Cases of a JSONL file, or of the table of the tests."""
    if path.suffix == ".yaml":
        table = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        return [
            (kind, a, b, verdict == "same")
            for kind, verdicts in table.items()
            for verdict, groups in verdicts.items()
            for pairs in groups.values()
            for a, b in pairs
        ]
    cases = map(orjson.loads, path.read_bytes().splitlines())
    return [(case["kind"], case["a"], case["b"], case["expect"]) for case in cases]


def _mapae(kind: str, a: str, b: str) -> bool:
    return compare(a, b, kind).same


def _peer(cases: list[Case]) -> Callable[[str, str, str], bool]:
    latin = icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")

    def score(a: str, b: str) -> float:
        return float(JaroWinkler.similarity(str(latin.transliterate(a)), str(latin.transliterate(b))))

    limit = _limit([(score(a, b), want) for _, a, b, want in cases])
    return lambda _kind, a, b: score(a, b) >= limit


def _limit(scores: list[tuple[float, bool]]) -> float:
    """The threshold with the best F1 by the labels."""
    return max(
        (value for value, _ in scores),
        key=lambda cut: _f1([(value >= cut, want) for value, want in scores])[0],
    )


def _nomenklatura(name: str, cases: list[Case]) -> list[Row]:
    """At the threshold it uses itself, and at the best by the labels (which may be: all are the same)."""
    found = ask("nomenklatura_names", [case[:3] for case in cases])
    scores = [(score, case[3]) for score, case in zip(found["scores"], cases, strict=True)]
    return [
        _told(f"{name}: {what}", [(score >= limit, want) for score, want in scores], found["seconds"])
        for what, limit in (
            ("nomenklatura, its own threshold", _OWN_LIMIT),
            ("nomenklatura, by the labels", _limit(scores)),
        )
    ]


def _f1(pairs: list[tuple[bool, bool]]) -> tuple[float, float, float]:
    hits = sum(got and want for got, want in pairs)
    said, there = sum(got for got, _ in pairs), sum(want for _, want in pairs)
    return 2 * hits / max(1, said + there), hits / max(1, said), hits / max(1, there)


def _row(what: str, cases: list[Case], same: Callable[[str, str, str], bool]) -> Row:
    same(*cases[0][:3])
    start = time.perf_counter()
    got = [same(kind, a, b) for kind, a, b, _ in cases]
    seconds = time.perf_counter() - start
    return _told(what, [(answer, case[3]) for answer, case in zip(got, cases, strict=True)], seconds)


def _told(what: str, answers: list[tuple[bool, bool]], seconds: float) -> Row:
    f1, precision, recall = _f1(answers)
    figures: dict[str, float | int | str] = {
        "F1": f1,
        "precision": precision,
        "recall": recall,
        "pairs": len(answers),
        "pairs/s": len(answers) / seconds,
    }
    return Row(what, figures)
