"""The forest's loop gives what LightGBM and the plain reference give."""

from __future__ import annotations

import numpy as np
import pytest

from mapae.detect.forest import Forest, plain_sums
from mapae.errors import InputError

lightgbm = pytest.importorskip("lightgbm")


def trained(rows: int, seed: int, **options: object) -> tuple[object, np.ndarray]:
    chance = np.random.default_rng(seed)
    table = chance.normal(size=(rows, 5))
    found = (table[:, 0] + chance.normal(size=rows) > 0.5).astype(float)
    settings = {"objective": "binary", "verbose": -1, "num_threads": 1, "min_data_in_leaf": 3} | options
    return lightgbm.train(settings, lightgbm.Dataset(table, found), 12), table


def chances(model: object, table: np.ndarray) -> np.ndarray:
    forest = Forest.read(model.model_to_string())
    return forest.chances(np.array([forest.places(at, values) for at, values in enumerate(table.T)]))


@pytest.mark.parametrize("rows", [40, 256, 300, 1_001])
def test_scores_are_those_of_the_model(rows):
    model, table = trained(rows, rows)
    asked = np.vstack([table, np.zeros((3, 5)), np.full((2, 5), 1e300)])
    np.testing.assert_allclose(chances(model, asked), model.predict(asked), rtol=1e-12)


@pytest.mark.parametrize("leaves", [2, 7, 31, 32])
@pytest.mark.parametrize("seed", range(4))
def test_the_loop_gives_what_the_plain_reference_gives_also_at_the_thresholds(leaves, seed):
    model, table = trained(400, seed, num_leaves=leaves)
    cuts = Forest.read(model.model_to_string()).cuts
    chance = np.random.default_rng(seed)
    at_cuts = np.column_stack(
        [chance.choice(values, 90) if len(values) else table[:90, 0] for values in cuts]
    )
    asked = np.vstack([table[:90], at_cuts, np.nextafter(at_cuts, np.inf)])
    found = 1.0 / (1.0 + np.exp(-np.array(plain_sums(model.model_to_string(), asked))))
    assert chances(model, asked).tolist() == found.tolist()


def test_a_feature_of_many_thresholds_has_wider_places():
    chance = np.random.default_rng(5)
    table = np.column_stack([chance.normal(size=4_000), np.zeros(4_000)])
    options = {"objective": "binary", "verbose": -1, "num_threads": 1, "max_bin": 2_000, "min_data_in_bin": 1}
    noise = lightgbm.Dataset(table, chance.integers(0, 2, 4_000))
    model = lightgbm.train(options, noise, 40)
    assert Forest.read(model.model_to_string()).cut.dtype == np.uint16
    np.testing.assert_allclose(chances(model, table), model.predict(table), rtol=1e-12)


def test_trees_that_never_split_are_one_leaf():
    model, table = trained(40, 1, min_data_in_leaf=100)
    np.testing.assert_allclose(chances(model, table), model.predict(table), rtol=1e-12)


def test_trees_of_many_leaves_are_refused():
    model, _ = trained(400, 3, num_leaves=33)
    with pytest.raises(InputError, match="more than 32"):
        Forest.read(model.model_to_string())


def test_trees_of_categories_are_refused():
    model, _ = trained(70, 3)
    with pytest.raises(InputError, match="categories"):
        Forest.read(model.model_to_string().replace("num_cat=0", "num_cat=1"))
