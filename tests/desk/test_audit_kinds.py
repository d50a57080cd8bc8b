"""Every kind of entry that any part of the desk writes into the audit log has its title in Korean and English."""

from __future__ import annotations

import ast
from pathlib import Path

import mapae.desk
from mapae.desk.audit.trail import kinds

DESK = Path(mapae.desk.__file__).parent
# calls that name their kind by a variable: the one place where verbs are run
BY_VARIABLE = {"cases/actions/_action.py"}


def calls() -> list[tuple[str, ast.expr]]:
    """(file, the kind's expression) of every call of audit.models.record."""
    found = []
    for path in sorted(DESK.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        names = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "mapae.desk.audit.models"
            for alias in node.names
            if alias.name == "record"
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                found.append((path.relative_to(DESK).as_posix(), node.args[1]))
    return found


def test_every_kind_that_is_recorded_has_its_title() -> None:
    said = {
        part.value: file
        for file, kind in calls()
        if file not in BY_VARIABLE
        for part in ast.walk(kind)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    assert len(said) >= 40
    assert {kind: file for kind, file in said.items() if kind not in kinds()} == {}


def test_kinds_are_named_where_they_are_recorded() -> None:
    unnamed = {
        file for file, kind in calls() if not any(isinstance(part, ast.Constant) for part in ast.walk(kind))
    }
    assert unnamed <= BY_VARIABLE


def test_every_title_is_in_korean_and_english() -> None:
    assert [key for key, title in kinds().items() if not (title.get("ko") and title.get("en"))] == []


def test_no_title_stands_for_a_kind_that_nothing_records() -> None:
    own = kinds().keys() - set(_verbs())
    recorded = {
        part.value for _file, kind in calls() for part in ast.walk(kind) if isinstance(part, ast.Constant)
    }
    assert own - recorded == set()


def _verbs() -> list[str]:
    from mapae.workflow.states import VERBS

    return list(VERBS)
