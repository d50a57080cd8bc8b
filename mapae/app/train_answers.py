"""Trains the helpline's answers to yes-or-no questions on the pack's invented messages."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from mapae.measures.helpline.answers import (
    FILE,
    L2,
    PLAIN,
    QUESTIONS,
    Answers,
    Lists,
    learn,
    questions,
    save,
    written,
)
from mapae.measures.helpline.cues import CueReader
from mapae.measures.helpline.operators import OperatorReader
from mapae.pack import Pack

__all__ = ["CARD", "answers_hash", "train_answers"]

CARD = "answers.yaml"


def train_answers(out: Path, pack: Pack, seed: int = 0) -> dict[str, Any]:
    """Write answers.npz and its card to `out`; the card comes back. seed: of the folds of cross-validation."""
    operators = OperatorReader(pack.data("helpline/operators.yaml"))
    cues = CueReader(pack.data("helpline/cues.yaml"))
    lists = Lists(pack.data("helpline/rights.yaml"))
    columns, figures = [], {}
    for question in QUESTIONS:
        weights, figures[question] = learn(list(written(question, pack.data, operators, cues, lists)), seed)
        columns.append(weights)
    out.mkdir(parents=True, exist_ok=True)
    save(Answers(np.stack(columns, axis=1)), out / FILE)
    card = {
        "what": "yes-or-no questions about a consumer's message: logistic regression",
        "features": "as model.yaml, and the lists of rights.yaml that bear on the question",
        "text": {question: figures[question]["all"]["messages"] for question in QUESTIONS},
        "l2": L2,
        "seed": seed,
        "cross_validated": figures,
        "inputs": answers_hash(pack),
    }
    (out / CARD).write_text(yaml.safe_dump(card, sort_keys=False, allow_unicode=True), "utf-8")
    return card


def answers_hash(pack: Pack) -> str:
    """SHA-256 over what the pack gives to training. A card that says another is stale."""
    lists = pack.data("helpline/rights.yaml")
    whole = [
        *(pack.data(name) for name in (PLAIN, *map(questions, QUESTIONS))),
        {key: lists[key] for keys in QUESTIONS.values() for key in keys},
        pack.data("helpline/cues.yaml"),
        pack.data("helpline/operators.yaml"),
    ]
    return hashlib.sha256(
        json.dumps(whole, sort_keys=True, ensure_ascii=False, default=str).encode()
    ).hexdigest()
