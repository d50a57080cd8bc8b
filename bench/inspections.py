"""Policies and messages: how often they are judged as labelled, and the tagger of passages."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path

import yaml

from bench import Absent, Row
from mapae.app.context import make_context
from mapae.app.evaluate import evaluate
from mapae.app.train_policies import train_policies

TITLE = "Policies and messages"
INTRO = (
    "Policies: share of the fifteen items with the label's status, doubtful labels left out; messages: macro-F1 of "
    "the category. `first sight` is what cases gave that were written by someone who had not seen the rules, before "
    "anybody had read them (bench/first_sight.yaml); their errors were then looked at. The third to seventh sets of "
    "policies were written one after another by the rules' own maker, each after the one before had been mended."
)
_ROOT = Path(__file__).resolve().parents[1]
_SHARED = _ROOT.parent / "shared"


def main() -> list[Row]:
    """Labelled sets, then the tagger. Raises Absent without ../shared."""
    if not (_SHARED / "data").is_dir():
        raise Absent("../shared is not there")
    first = yaml.safe_load(Path(__file__).with_name("first_sight.yaml").read_text("utf-8"))
    rows = []
    for name, lots in (
        (
            "policies",
            tuple(
                f"tests/cases/{lot}policies"
                for lot in ("", "second/", "third/", "fourth/", "fifth/", "sixth/", "seventh/")
            ),
        ),
        ("helpline", ("tests/cases",)),
    ):
        for lot, told in (
            (lot, first.get(lot, {}).get(name))
            for lot in ("", "second", "third", "fourth", "fifth", "sixth", "seventh")
        ):
            told = first.get(name) if not lot else told
            if told:
                rows.append(
                    Row(f"**{name}{lot and f', {lot}'}, first sight**", {"cases": "", "score": _told(told)})
                )
        paths = [_ROOT / lot / f"{name}.jsonl" for lot in lots] + [_SHARED / "cases" / f"{name}.jsonl"]
        rows += [_scored(name, path) for path in paths if path.is_file()]
    return [*rows, *_tagger()]


def _tagger() -> list[Row]:
    """The tagger of passages: trained on the training rows, scored on the validation rows; time of processor."""
    data = _SHARED / "data" / "privacy_segments"
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        card = train_policies(data, Path(folder)).card
        spent = time.process_time() - began
    parts = {"cross-validated": card["cross_validated"], **card["set_apart"]}
    return [
        Row(
            f"tagger of passages, {name}",
            {"cases": part["passages"], "score": part["micro_f1"]},
            f"micro-F1; macro-F1 {part['macro_f1']:.3f}; trained in {spent:.0f} s of processor",
        )
        for name, part in parts.items()
    ]


def _told(figures: dict[str, float]) -> float:
    """Of policies the accuracy, of messages the macro-F1."""
    return figures.get("accuracy", figures["macro_f1"])


def _scored(name: str, path: Path) -> Row:
    found = evaluate(name, path, make_context("kr", date(2026, 11, 25), "none"))
    assert found.score is not None
    where = path.parent.relative_to(_ROOT.parent).as_posix().removeprefix(f"{_ROOT.name}/")
    more = "; ".join(f"{key} {value:.3f}" for key, value in found.score.more.items())
    return Row(f"{name}: {where}, now", {"cases": found.labelled, "score": found.score.value}, more)
