"""Trains the model of unfair clauses on sentences that lawyers tagged, and says how good it is on unseen documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from mapae.app.evaluate.run import BadLine
from mapae.errors import InputError
from mapae.measures.privacy.terms_model import TAGS, need_sklearn, save_model
from mapae.measures.privacy.terms_rules import ClauseRules
from mapae.measures.privacy.terms_training import Sentence, train_terms
from mapae.pack import Pack
from mapae.sources.files import sha256_of

__all__ = ["TermsTrained", "train_model_of_terms"]

_FORM = '{"document": …, "sentence": …, "tags": ["ltd2", …]}'
_FAIR = "1"  # the degree of a tag that is no unfair clause


@dataclass(frozen=True)
class TermsTrained:
    """The folder, what the card says, and lines that could not be used."""

    out: Path
    card: dict[str, Any]
    bad: tuple[BadLine, ...]


def train_model_of_terms(data: Path, out: Path, pack: Pack, folds: int = 50, seed: int = 0) -> TermsTrained:
    """Learn from JSON Lines, one sentence a line in document order; write terms.npz and model.yaml to `out`.

    tags: CLAUDETTE's, a category with its degree (1 fair, 2 potentially and 3 clearly unfair; without one: unfair); other
    tags are left out. InputError where the file is missing, or has fewer than two documents with unfair clauses.
    """
    need_sklearn()
    bad: list[BadLine] = []
    sentences = list(_sentences(data, bad))
    documents = {item.document for item in sentences}
    if len({item.document for item in sentences if item.tags}) < 2:
        raise InputError(
            "too few documents with unfair clauses to learn from",
            where=str(data),
            mend=f"each line needs {_FORM}",
        )
    rules = [ClauseRules.of(kind, row) for kind, row in pack.data("privacy/terms.yaml")["clauses"].items()]
    made = train_terms(sentences, rules, folds, seed)
    card = {
        "what": "unfair clauses of terms of service: a linear model a category, calibrated; English",
        "text": {"documents": len(documents), "sentences": len(sentences), "sha256": sha256_of(data)},
        "unfair": "degree 2 or 3 of: " + ", ".join(TAGS),
        "seed": seed,
        "threshold": round(made.model.threshold, 2),
        "cross_validated_by_document": made.figures,
        "limits": "learned from consumer terms of online services; a person decides whether a clause is unfair",
    }
    save_model(made.model, out, card)
    return TermsTrained(out, card, tuple(bad))


def _sentences(path: Path, bad: list[BadLine]) -> Iterator[Sentence]:
    if not path.is_file():
        raise InputError("there is no such file", where=str(path), mend="check the name and the folder")
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = orjson.loads(line)
                document, text, tags = row["document"], row["sentence"], row.get("tags") or []
                if not isinstance(text, str) or not isinstance(tags, list):
                    raise TypeError("sentence is no text, or tags no list")
                yield Sentence(str(document), text, frozenset(filter(None, map(_tag, tags))))
            except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
                bad.append(BadLine(number, f"no tagged sentence ({error}); each line needs {_FORM}"))


def _tag(written: Any) -> str:
    """`ltd2` → `ltd`; empty for a fair clause and for tags that are none of ours."""
    text = str(written)
    name = text.rstrip("0123456789")
    return "" if name not in TAGS or text[len(name) :] == _FAIR else name
