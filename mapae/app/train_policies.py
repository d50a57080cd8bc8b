"""Trains the tagger of privacy policies on labelled passages, measures it on others, and writes model and card."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from mapae.detect.tagger import save
from mapae.detect.tagger_training import Trained, calibration, figures, train
from mapae.errors import InputError
from mapae.measures.privacy.practices import CARD, MODEL
from mapae.sources.encodings import SAMPLE, detect
from mapae.sources.files import sha256_of

__all__ = ["BadRow", "PolicyModel", "train_policies"]

_TRAIN = ("train.csv",)
_APART = ("validation.csv", "valid.csv", "test.csv")
_TITLES = frozenset({("text", "label"), ("text", "class"), ("segment", "category"), ("text", "category")})
_LONGEST = 1 << 20  # characters of a passage
_FEWEST = 50  # passages


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row of a file, from 1, that could not be used."""

    file: str
    row: int
    reason: str


@dataclass(frozen=True)
class PolicyModel:
    """The folder of the model, what its card says, and rows that could not be used."""

    out: Path
    card: dict[str, Any]
    bad: tuple[BadRow, ...]


@dataclass
class _Passages:
    """Passages with the classes given to them; a passage that stands in several rows has several."""

    tags: dict[str, set[str]] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)


def train_policies(
    data: Path, out: Path, *, seed: int = 0, progress: Callable[[str], None] = lambda _: None
) -> PolicyModel:
    """Train on DATA and write practices.npz and its card practices.yaml to `out`.

    data: a CSV of two columns, passage and class, with or without a line of titles; or a folder with train.csv and, set
    apart to measure on, validation.csv, valid.csv or test.csv. The model kept is of the training rows. seed: of the folds.
    InputError where there is no such file, or too few passages.
    """
    files = _files(data)
    read = _read(files["train"])
    if len(read.tags) < _FEWEST:
        raise InputError(
            f"{len(read.tags)} passages are too few to train on",
            where=str(files["train"]),
            mend=f"give at least {_FEWEST} rows: passage, class",
        )
    result = train(list(read.tags), list(read.tags.values()), seed=seed, progress=progress)
    apart = {path.name: _read(path) for name, path in files.items() if name != "train"}
    out.mkdir(parents=True, exist_ok=True)
    save(result.model, out / MODEL)
    card = _card(result, files, {name: _measured(result, item, read) for name, item in apart.items()}, seed)
    (out / CARD).write_text(yaml.safe_dump(card, sort_keys=False, allow_unicode=True), "utf-8")
    return PolicyModel(out, card, (*read.bad, *(bad for item in apart.values() for bad in item.bad)))


def _files(data: Path) -> dict[str, Path]:
    if data.is_file():
        return {"train": data}
    found = next((data / name for name in _TRAIN if (data / name).is_file()), None)
    if found is None:
        raise InputError(
            "there is no such file, nor train.csv in it",
            where=str(data),
            mend="name a CSV of passages and classes, or a folder with train.csv",
        )
    return {"train": found} | {name: data / name for name in _APART if (data / name).is_file()}


def _read(path: Path) -> _Passages:
    """Rows as passages. InputError where the file cannot be read as text."""
    encoding = detect(path.open("rb").read(SAMPLE)) or "utf-8"
    read = _Passages()
    csv.field_size_limit(_LONGEST)
    with path.open(encoding=encoding, errors="replace", newline="") as lines:
        try:
            for number, row in enumerate(csv.reader(lines), 1):
                _take(read, path.name, number, row)
        except csv.Error as error:
            read.bad.append(
                BadRow(path.name, number + 1, f"not read further, the file is broken here: {error}")
            )
    return read


def _take(read: _Passages, name: str, number: int, row: Sequence[str]) -> None:
    if not row or (number == 1 and tuple(cell.strip().lower() for cell in row) in _TITLES):
        return
    text, tag = (row[0].strip(), row[1].strip()) if len(row) == 2 else ("", "")
    if text and tag:
        read.tags.setdefault(text, set()).add(tag)
        return
    why = f"{len(row)} columns, not passage and class" if len(row) != 2 else "passage or class is empty"
    read.bad.append(BadRow(name, number, why))


def _measured(result: Trained, read: _Passages, trained: _Passages) -> dict[str, Any]:
    texts, tags = list(read.tags), result.model.tags
    truth = np.asarray([[tag in read.tags[text] for tag in tags] for text in texts], np.bool_)
    scores = result.model.scores(texts)
    return figures(tags, truth.reshape(len(texts), len(tags)), result.model.chosen(scores)) | {
        "also_in_training": sum(text in trained.tags for text in texts),
        "calibration": calibration(scores, truth.reshape(len(texts), len(tags))),
    }


def _card(
    result: Trained, files: Mapping[str, Path], apart: Mapping[str, dict[str, Any]], seed: int
) -> dict[str, Any]:
    return {
        "what": "practices of a passage of a privacy policy: a logistic regression a class, TF-IDF of words and characters",
        "use": "tags passages in English; holds an item open for reading where the pack's words find nothing",
        "not_for": "other languages, legal conclusions, passages shorter than a sentence",
        "trained_on": {"file": files["train"].name, "sha256": sha256_of(files["train"])},
        "C": result.strength,
        "seed": seed,
        "thresholds": dict(zip(result.model.tags, result.model.thresholds.round(3).tolist(), strict=True)),
        "cross_validated": result.figures,
        "calibration": result.calibration,
        "set_apart": dict(apart),
    }
