"""An import that is killed again and again loses nothing and counts nothing twice; in a database of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.killing import ROUNDS, killed_desk, run_killer


@pytest.mark.slow
@pytest.mark.own_database
def test_twenty_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    with killed_desk(tmp_path) as env:
        left = run_killer("import_killer", env, ROUNDS, 7, tmp_path / "out")
    assert left["killed"] >= ROUNDS // 2
    same = ("findings", "different", "subjects", "counted", "done")
    assert {key: left[key] for key in same} == dict.fromkeys(same, left["rows"])
    assert left["finished"]
