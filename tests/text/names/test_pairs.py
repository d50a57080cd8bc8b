"""Names across scripts: each pair of the table is told to be one or two."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from mapae.errors import UsageError
from mapae.text.names import KINDS, compare

TABLE = yaml.load(Path(__file__).with_name("pairs.yaml").read_text("utf-8"), yaml.BaseLoader)
PAIRS = [
    (kind, verdict == "same", a, b)
    for kind, verdicts in TABLE.items()
    for verdict, groups in verdicts.items()
    for pairs in groups.values()
    for a, b in pairs
]


@pytest.mark.parametrize(("kind", "same", "a", "b"), PAIRS)
def test_a_pair_of_names_is_one_or_two_whichever_comes_first(kind, same, a, b):
    for left, right in ((a, b), (b, a)):
        found = compare(left, right, kind)
        assert found.same is same, found
        assert found.reasons and 0 <= found.score <= 1
        assert (found.score > 0.5) is same


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("a", "b"), [("", ""), ("", "한빛"), ("(주)", "㈜"), ("***", "!!"), ("a" * 500, "가" * 500)]
)
def test_names_without_letters_or_end_are_compared_without_an_error(kind, a, b):
    assert 0 <= compare(a, b, kind).score <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_two_names_without_letters_are_not_the_same(kind):
    assert not compare("***", "***", kind).same


def test_an_unknown_kind_is_refused_with_the_kinds_there_are():
    with pytest.raises(UsageError, match="kinds are: firm, brand, person_seller"):
        compare("a", "b", "ship")
