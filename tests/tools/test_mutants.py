"""Wrongs for the mutation run: each kind is found, told as one reads it, and put into the running code."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bench._mutants import Mutant, mutants, put_in, sample, told

CODE = '''"""A module of a test."""
from functools import lru_cache

WORDS = "not touched"

@lru_cache
def price(count: int, each: int = 3) -> int:
    """Words 7 > 2."""
    if count > 10 and each != 0:
        raise ValueError("more than 10")
    return count * each

class Box:
    @property
    def full(self) -> bool:
        return not self.items
'''


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    (tmp_path / "wrongs_of_test.py").write_text(CODE, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "wrongs_of_test", raising=False)
    return __import__("wrongs_of_test")


def _wrong(text: str) -> Mutant:
    return next(item for item in mutants(Path("wrongs_of_test.py")) if told(item) == text)


def test_wrongs_are_found_inside_functions_and_nowhere_in_words(module: ModuleType) -> None:
    assert [told(item) for item in mutants(Path("wrongs_of_test.py"))] == [
        "count > 10 and each != 0 → count > 10 or each != 0",
        "count > 10 → count >= 10",
        "10 → 11",
        "each != 0 → each == 0",
        "0 → 1",
        "return count * each → return None",
        "count * each → count // each",
        "return not self.items → return None",
        "not self.items → not not self.items",
    ]


@pytest.mark.parametrize(
    ("text", "call", "expected"),
    [
        ("count * each → count // each", lambda module: module.price(9, 2), 4),
        ("10 → 11", lambda module: module.price(11, 1), 11),
        ("return not self.items → return None", lambda module: _box(module).full, None),
    ],
)
def test_a_wrong_is_put_into_code_that_is_loaded(
    module: ModuleType, text: str, call: Any, expected: object
) -> None:
    assert put_in(_wrong(text))
    assert call(module) == expected


def _box(module: ModuleType) -> Any:
    box = module.Box()
    box.items = []
    return box


def test_the_same_seed_draws_the_same_wrongs(module: ModuleType) -> None:
    files = [Path("wrongs_of_test.py")]
    assert sample(files, 4, 1) == sample(files, 4, 1) != sample(files, 4, 5)
    assert len(sample(files, 100, 1)) == len(mutants(files[0]))
