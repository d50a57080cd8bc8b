"""Privacy policies: how often each item is judged as labelled, by set and language, at first sight and now."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bench import Absent, Row
from bench._lots import first_sight, lots
from mapae.app.context import make_context
from mapae.app.evaluate import evaluate
from mapae.measures.privacy.check import TABLES, read_policy

TITLE = "Privacy policies"
INTRO = (
    "Share of the fifteen items with the label's status, doubtful labels left out. `first sight` is what a set gave when it "
    "was first run (bench/first_sight.yaml): the first and second were written by people who had not seen the rules, the "
    "others by the rules' own maker, each after the one before had been mended; the eighth in the common forms of policies; "
    "the ninth and the eleventh by someone who had not read the rules. "
    "Real websites: passages of English policies in ../shared, labelled by hand (bench/real_policies.yaml); `before` is what "
    "the rules gave before they were mended for any of them, `then` what they gave when they had been mended for the lots "
    "before. `now` on a set that the rules were mended for says nothing of unseen policies."
)
_ROOT = Path(__file__).resolve().parents[1]
_SHARED = _ROOT.parent / "shared"
_STATUS = {"+": "present", "~": "partial", "-": "missing", "0": "not_applicable"}


def main() -> list[Row]:
    """Sets by language, then the real websites. Raises Absent without ../shared."""
    corpus = _SHARED / "data" / "privacy_segments" / "train.csv"
    if not corpus.is_file():
        raise Absent("../shared is not there")
    first = first_sight()
    rows = []
    for lot in ("", *lots(first, "policies")):
        seen = (first[lot] if lot else first)["policies"]
        rows.append(_row(f"{lot or 'first'} set", _ROOT / "tests" / "cases" / lot / "policies", seen))
    rows.append(_row("shared cases", _SHARED / "cases", {}))
    return [*rows, *_real(corpus, first["real_policies"])]


def _row(name: str, folder: Path, seen: Mapping[str, Any]) -> Row:
    found = evaluate("policies", folder / "policies.jsonl", make_context("kr", date(2026, 11, 26), "none"))
    assert found.score is not None
    told = {f"first sight, {key}": seen.get(key, "") for key in ("accuracy", "ko", "en", "zh", "macro_f1")}
    now = {"now": found.score.value, "macro-F1 now": found.score.more["macro_f1"]}
    return Row(name, {"cases": found.labelled} | told | now)


def _real(corpus: Path, seen: Mapping[int, Mapping[str, float]]) -> Iterator[Row]:
    passages = _passages(corpus)
    data = {
        name: yaml.safe_load((_ROOT / "mapae/packs/kr/privacy" / f"{name}.yaml").read_text("utf-8"))
        for name in TABLES
    }
    cases = yaml.safe_load(Path(__file__).with_name("real_policies.yaml").read_text("utf-8"))
    for lot, told in seen.items():
        right = [mark for case in cases if case["lot"] == lot for mark in _marks(case, passages, data)]
        yield Row(
            f"real websites, lot {lot}",
            {"policies": sum(case["lot"] == lot for case in cases), "labels": len(right)}
            | told
            | {"now": sum(right) / len(right)},
        )


def _passages(corpus: Path) -> list[str]:
    """The passages in order, those that stand several times in a row once."""
    with corpus.open(encoding="utf-8", newline="") as file:
        texts = [row[0] for row in csv.reader(file)]
    return [text for at, text in enumerate(texts) if not at or text != texts[at - 1]]


def _marks(case: Mapping[str, Any], passages: Sequence[str], data: Mapping[str, Any]) -> list[bool]:
    """For each label that is not doubtful whether the item is judged so."""
    start, end = case["passages"]
    text = "\n\n".join(passage.strip().replace('""', '"') for passage in passages[start:end]) + "\n"
    policy = read_policy(text, data)
    wanted = {f"P{at}": mark for at, mark in enumerate(case["items"], 1)}
    given = {name: item.status for name, item in policy.items.items()}
    doubtful = case.get("doubtful", ())
    return [given[name] == _STATUS[mark] for name, mark in wanted.items() if name not in doubtful]
