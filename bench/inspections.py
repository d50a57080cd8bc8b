"""Consumers' messages: how often they are judged as labelled; the tagger of policies' passages."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path

from bench import Absent, Row
from bench._errors import by_kind
from bench._lots import first_sight, lots
from mapae.app.context import make_context
from mapae.app.evaluate import Evaluation, evaluate
from mapae.app.train_policies import train_policies

TITLE = "Messages and passages of policies"
INTRO = (
    "Messages: macro-F1 of the category; `first sight` is what cases gave that were written by someone who had not seen the "
    "rules, before anybody had read them (bench/first_sight.yaml); their errors were then looked at, and what is still wrong "
    "is listed by kind (bench/errors.yaml). Passages of privacy policies: micro-F1 of their classes. The policies: topic "
    "`policies`."
)
_ROOT = Path(__file__).resolve().parents[1]
_SHARED = _ROOT.parent / "shared"
_LANGUAGES = ("ko", "en", "zh", "mixed")


def main() -> list[Row]:
    """Labelled sets, then the tagger. Raises Absent without ../shared."""
    if not (_SHARED / "data").is_dir():
        raise Absent("../shared is not there")
    first = first_sight()
    held = lots(first, "helpline")
    rows = [_first("own", first["helpline"])]
    rows += [_first(lot, first[lot]["helpline"]) for lot in held]
    folders = [
        _ROOT / "tests" / "cases",
        *(_ROOT / "tests" / "cases" / lot for lot in held),
        _SHARED / "cases",
    ]
    wrong: list[str] = []
    for folder in folders:
        found = _evaluated("helpline", folder / "helpline.jsonl")
        rows.append(_scored("helpline", folder, found))
        wrong += [item["id"] for item in found.wrong]
    return [*rows, *by_kind({"helpline": wrong}, "helpline"), *_tagger()]


def _first(lot: str, figures: dict[str, float]) -> Row:
    names = ("responsible", "operator", "rights", "deadline", "hazard", *_LANGUAGES)
    more = "; ".join(f"{name} {figures[name]:.3f}" for name in names if name in figures)
    return Row(f"**helpline: {lot}, first sight**", {"cases": "", "score": figures["macro_f1"]}, more)


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


def _evaluated(name: str, path: Path) -> Evaluation:
    return evaluate(name, path, make_context("kr", date(2026, 11, 25), "none"))


def _scored(name: str, folder: Path, found: Evaluation) -> Row:
    assert found.score is not None
    where = folder.relative_to(_ROOT.parent).as_posix().removeprefix(f"{_ROOT.name}/")
    more = "; ".join(f"{key} {value:.3f}" for key, value in found.score.more.items())
    return Row(f"{name}: {where}, now", {"cases": found.labelled, "score": found.score.value}, more)
