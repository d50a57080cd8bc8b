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


@pytest.mark.parametrize("rows", [40, 256, 300, 1_001])
def test_scores_are_those_of_the_model(rows):
    model, table = trained(rows, rows)
    asked = np.vstack([table, np.zeros((3, 5)), np.full((2, 5), 1e300)])
    np.testing.assert_allclose(
        Forest.read(model.model_to_string()).chances(asked), model.predict(asked), rtol=1e-12
    )


def test_the_loop_agrees_with_the_plain_reference():
    model, table = trained(70, 3)
    forest = Forest.read(model.model_to_string())
    found = 1.0 / (1.0 + np.exp(-np.array(plain_sums(forest, table))))
    np.testing.assert_allclose(forest.chances(table), found, rtol=1e-12)


def test_trees_that_never_split_are_one_leaf():
    model, table = trained(40, 1, min_data_in_leaf=100)
    np.testing.assert_allclose(
        Forest.read(model.model_to_string()).chances(table), model.predict(table), rtol=1e-12
    )


def test_trees_of_categories_are_refused():
    model, _ = trained(70, 3)
    with pytest.raises(InputError, match="categories"):
        Forest.read(model.model_to_string().replace("num_cat=0", "num_cat=1"))
