"""Trains the helpline's model of categories: on the pack's invented messages, and on a user's labelled decisions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from mapae.app.evaluate.run import BadLine, read_cases
from mapae.errors import InputError
from mapae.measures.helpline.categories import days_of
from mapae.measures.helpline.cues import CATEGORIES, CueReader
from mapae.measures.helpline.model import FILE, save
from mapae.measures.helpline.operators import OperatorReader
from mapae.measures.helpline.training import L2, Example, Examples, Trained, train
from mapae.pack import Pack

__all__ = ["CARD", "HelplineModel", "inputs_hash", "train_helpline"]

CARD = "model.yaml"


@dataclass(frozen=True)
class HelplineModel:
    """The folder of the model, what its card says, and lines of the case file that could not be used."""

    out: Path
    card: dict[str, Any]
    bad: tuple[BadLine, ...]


def train_helpline(cases: Path | None, out: Path, pack: Pack, seed: int = 0) -> HelplineModel:
    """Train on the pack's messages and, where given, on labelled complaints; write model.npz and its card to `out`.

    cases: JSON Lines, `{"complaint": {text, operator, purchased_on, delivered_on}, "expect": {"category"}, "lang"}` a line.
    seed: of the folds of cross-validation. InputError where the file is missing or has no usable line.
    """
    make = Examples(
        OperatorReader(pack.data("helpline/operators.yaml")), CueReader(pack.data("helpline/cues.yaml"))
    )
    own, bad = _own(cases, make) if cases else ([], [])  # first: a bad file is told at once
    written = list(make.written(pack.data))
    result = train([*written, *own], seed)
    out.mkdir(parents=True, exist_ok=True)
    save(result.model, out / FILE)
    card = _card(result, len(written), len(own), seed) | {"inputs": inputs_hash(pack)}
    (out / CARD).write_text(yaml.safe_dump(card, sort_keys=False, allow_unicode=True), "utf-8")
    return HelplineModel(out, card, tuple(bad))


def inputs_hash(pack: Pack) -> str:
    """SHA-256 over what the pack gives to training: messages, cues, names of services. A card that says another is stale."""
    read = [f"helpline/messages/{category}.yaml" for category in sorted(CATEGORIES)]
    whole = [pack.data(name) for name in (*read, "helpline/cues.yaml", "helpline/operators.yaml")]
    return hashlib.sha256(
        json.dumps(whole, sort_keys=True, ensure_ascii=False, default=str).encode()
    ).hexdigest()


def _card(result: Trained, written: int, own: int, seed: int) -> dict[str, Any]:
    return {
        "what": "category of a consumer's message: multinomial logistic regression on top of the cues",
        "features": "pieces of words, cues, fields of the record, meaning (multilingual universal sentence encoder 3)",
        "text": {"invented messages of the pack": written, "labelled decisions": own},
        "l2": L2,
        "seed": seed,
        "cross_validated": result.figures,
    }


def _own(path: Path, make: Examples) -> tuple[list[Example], list[BadLine]]:
    cases, bad = read_cases(path)
    unread = {item.line for item in bad}
    written = enumerate(path.read_bytes().splitlines(), 1)
    lines = [number for number, line in written if line.strip() and number not in unread]
    found = list(_examples(zip(lines, cases, strict=True), make, bad))
    if not found:
        raise InputError(
            "no line is a labelled complaint",
            where=str(path),
            mend='each line needs {"complaint": {"text": …}, "expect": {"category": …}}',
        )
    return found, bad


def _examples(
    cases: Iterable[tuple[int, dict[str, Any]]], make: Examples, bad: list[BadLine]
) -> Iterator[Example]:
    for number, case in cases:
        try:
            complaint, category = case["complaint"], case["expect"]["category"]
            if category not in CATEGORIES:
                raise ValueError(f"unknown category {category!r}")
            days = days_of(_day(complaint.get("purchased_on")), _day(complaint.get("delivered_on")))
            field = complaint.get("operator") or ""
            yield make.told(complaint["text"], field, days, category, case.get("lang") or "ko")
        except KeyError as error:
            bad.append(BadLine(number, f"no labelled complaint: {error.args[0]} is missing"))
        except (TypeError, AttributeError, ValueError) as error:
            bad.append(BadLine(number, f"no labelled complaint: {error}"))


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value[:10]) if value else None
