"""Size budgets and docstrings (DESIGN.md, Quality): small files, short functions, first lines that say what happens."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "mapae").rglob("*.py"))
LONGEST_FILE = 500
LONGEST_FUNCTION = 60
MEDIAN_FILE = 100


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def test_no_file_is_longer_than_its_budget() -> None:
    long = {str(path.relative_to(ROOT)): n for path in FILES if (n := _length(path)) > LONGEST_FILE}
    assert not long


def test_the_median_file_is_short() -> None:
    assert statistics.median(_length(path) for path in FILES) <= MEDIAN_FILE


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_are_short_and_the_first_line_says_what_happens(path: Path) -> None:
    tree = _tree(path)
    doc = ast.get_docstring(tree)
    assert doc, f"{path.name} has no docstring"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{path.name}:{node.lineno} {node.name} has {length} lines"


def _length(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())
