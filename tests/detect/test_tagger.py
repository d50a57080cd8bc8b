"""The tagger: learns what tells tags apart, is the same after it was stored, refuses what is no model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mapae.detect.tagger import Tagger, load, save
from mapae.detect.tagger_training import Trained, calibration, figures, train
from mapae.errors import InputError, UsageError

pytest.importorskip("sklearn", reason="training needs scikit-learn (extra train)")

WORDS = {"kept": ("retain", "delete", "period"), "shared": ("partners", "affiliates", "recipients")}


def passages() -> tuple[list[str], list[set[str]]]:
    rng = np.random.default_rng(3)
    texts, tags = [], []
    for number in range(120):
        given = {"kept"} if number % 3 == 0 else {"shared"} if number % 3 == 1 else {"kept", "shared"}
        words = [str(rng.choice(WORDS[tag])) for tag in sorted(given) for _ in range(2)]
        texts.append(f"we {' and '.join(words)} as told in point {number}")
        tags.append(given)
    return texts, tags


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train(*passages())


def test_passages_held_out_get_the_tags_of_their_words(trained: Trained) -> None:
    assert trained.figures["micro_f1"] > 0.95
    assert trained.figures["tags"]["kept"]["passages"] == 80


def test_a_passage_may_get_both_tags_and_always_gets_one(trained: Trained) -> None:
    scores = trained.model.scores(["we retain what affiliates and partners delete", "nothing of the kind"])
    assert trained.model.chosen(scores)[0].all() and trained.model.chosen(scores)[1].any()
    assert trained.model.scores([]).shape == (0, 2)


def test_a_stored_model_says_the_same(trained: Trained, tmp_path: Path) -> None:
    save(trained.model, tmp_path / "m.npz")
    texts = passages()[0][:20]
    assert np.allclose(load(tmp_path / "m.npz").scores(texts), trained.model.scores(texts), atol=1e-6)


def test_what_is_no_model_is_refused_with_a_way_out(tmp_path: Path, trained: Trained) -> None:
    (tmp_path / "m.npz").write_bytes(b"not a model")
    with pytest.raises(InputError, match="no trained model") as told:
        load(tmp_path / "m.npz")
    assert "train" in (told.value.mend or "")
    model = trained.model
    save(Tagger(model.tags, model.vocabularies, model.idf, model.weights[:-1], model.bias, model.thresholds, True),
         tmp_path / "cut.npz")  # fmt: skip
    with pytest.raises(InputError, match="do not fit"):
        load(tmp_path / "cut.npz")


def test_documents_are_held_out_whole_and_too_few_are_refused() -> None:
    texts, tags = passages()
    with pytest.raises(UsageError, match="3 documents are too few"):
        train(texts, tags, [f"d{number % 3}" for number in range(len(texts))])


def test_the_same_seed_gives_the_same_thresholds(trained: Trained) -> None:
    assert np.array_equal(train(*passages()).model.thresholds, trained.model.thresholds)


def test_figures_are_counted_as_by_hand() -> None:
    truth = np.asarray([[True, False], [True, True], [False, False]])
    found = np.asarray([[True, True], [False, True], [False, False]])
    told = figures(("a", "b"), truth, found)
    assert told["micro_f1"] == pytest.approx(2 * 2 / (3 + 3), abs=1e-4)
    assert told["tags"]["b"] == {"passages": 1, "precision": 0.5, "recall": 1.0, "f1": 0.6667}


def test_calibration_says_how_many_of_a_tenth_were_right() -> None:
    scores = np.asarray([[0.95, 0.91], [0.05, 0.93]])
    table = calibration(scores, np.asarray([[True, True], [False, False]]))
    assert table[-1] == {"from": 0.9, "tags": 3, "said": 0.93, "true": 0.6667}
