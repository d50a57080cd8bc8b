"""Accuracy on labelled cases by language, and how many ordinary listings are flagged."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import yaml

from bench import Row
from bench._errors import by_kind
from bench._lots import first_sight, lots
from mapae.app.context import make_context
from mapae.app.evaluate import Evaluation, evaluate
from mapae.app.evaluate.names import evaluate_names
from mapae.app.evaluate.statute import evaluate_statute
from mapae.app.screen import Request, screen

TITLE = "Accuracy of the screens"
INTRO = (
    "`own` cases were written to the convention before the rules and frozen; while the rules were made their errors were "
    "looked at by kind, so they are no longer unseen. `second` cases were written later by someone who had not seen the "
    "rules, `third` to `sixteenth` later (bench/first_sight.yaml says by whom); `first sight` is what they gave before "
    "anybody had read them (bench/first_sight.yaml), the figure to believe. `shared` cases show the convention and were "
    "learned from. Intervals are 95 %, by bootstrap over cases. What is still wrong is listed by kind (bench/errors.yaml)."
)
_ROOT = Path(__file__).resolve().parents[1]
_SHARED = _ROOT.parent / "shared"
_SETS = ("recalls", "substances", "counterfeits", "age_restricted", "adverts", "names")
_LANGUAGES = ("ko", "en", "zh", "mixed")


def main() -> list[Row]:
    """Every set from every source of cases, then the statute rows, then ordinary listings."""
    first = first_sight()
    rows = []
    wrong: dict[str, list[str]] = {}
    for name in _SETS:
        held = ["second", *lots(first, name)]
        rows += [_first(name, lot, first[name] if lot == "second" else first[lot][name]) for lot in held]
        for source, folder in (
            *((f"{lot}, now", _ROOT / "tests/cases" / lot) for lot in reversed(held)),
            ("own, now", _ROOT / "tests/cases"),
            ("shared, now", _SHARED / "cases"),
        ):
            path = folder / f"{name}.jsonl"
            if path.is_file():
                found = _evaluated(name, path)
                rows.append(_scored(f"{name}: {source}", found))
                wrong.setdefault(name, []).extend(item["id"] for item in found.wrong)
    rows += by_kind(wrong)
    rows += _single()
    statute = _SHARED / "cases/statute.yaml"
    if statute.is_file():
        answers = evaluate_statute(statute, "kr")
        rows.append(Row("statute: shared", {"rows": answers.labelled, "right": _value(answers)}))
    if (_SHARED / "data/listings").is_dir():
        rows += _ordinary()
    return rows


def _first(name: str, lot: str, figures: dict[str, float]) -> Row:
    interval = f"{figures['low']:.3f}–{figures['high']:.3f}"
    by = {language: figures.get(language, "") for language in _LANGUAGES}
    return Row(
        f"**{name}: {lot}, first sight**", {"cases": "", "F1": figures["f1"], "interval": interval, **by}
    )


def _single() -> list[Row]:
    """Entries that one case alone asked for."""
    found = yaml.safe_load(Path(__file__).with_name("single_case_entries.yaml").read_text("utf-8"))
    return [
        Row(f"entries that help one case only: {where}", {"entries": len(words)}, ", ".join(words))
        for where, words in found.items()
    ]


def _evaluated(name: str, path: Path) -> Evaluation:
    if name == "names":
        return evaluate_names(path)
    return evaluate(name, path, make_context("kr", date(2026, 11, 25), "none"))


def _scored(what: str, found: Evaluation) -> Row:
    score = found.score
    assert score is not None
    by = {
        language: found.by_language[language].value if language in found.by_language else ""
        for language in _LANGUAGES
    }
    interval = f"{score.low:.3f}–{score.high:.3f}"
    return Row(what, {"cases": found.labelled, "F1": score.value, "interval": interval, **by})


def _value(found: Evaluation) -> float:
    assert found.score is not None
    return found.score.value


def _ordinary() -> list[Row]:
    """The four shops' listings, screened without options: share of listings with a finding, by severity and measure."""
    with tempfile.TemporaryDirectory() as folder:
        files = tuple(sorted((_SHARED / "data/listings").glob("*.csv")))
        made = screen(Request(files, Path(folder), date(2026, 11, 25), lists="none"))
        table = pq.read_table(Path(folder) / "findings.parquet").to_pylist()
    read, rejected = made.manifest["rows_read"], made.manifest["rows_rejected"]
    worst: dict[tuple[str, str], set[str]] = {}
    for item in table:
        worst.setdefault((item["measure"], item["severity"]), set()).add(item["subject_id"])
    high = {item["subject_id"] for item in table if item["severity"] in ("high", "critical")}
    rows = [
        Row("ordinary listings at high or critical", {"listings": read, "share %": 100 * len(high) / read}),
        Row("rows rejected while reading", {"listings": read, "share %": 100 * rejected / read}),
    ]
    counts = Counter({key: len(ids) for key, ids in worst.items()})
    for (measure, severity), count in sorted(counts.items()):
        rows.append(Row(f"{measure}, {severity}", {"listings": count, "share %": 100 * count / read}))
    return rows
