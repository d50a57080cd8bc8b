"""An agent's submission killed (-9) again and again: each is there whole or not at all, and none twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.killing import ROUNDS, killed_desk, run_killer


@pytest.mark.slow
@pytest.mark.own_database
def test_answers_killed_while_they_are_submitted_are_whole_or_not_there(tmp_path: Path) -> None:
    with killed_desk(tmp_path) as env:
        left = run_killer("answers_killer", env, ROUNDS, 7)
    assert left["killed"] >= ROUNDS // 2
    assert left["torn"] == left["chain_faults"] == 0
    assert left["states"] == {"claimed_removed": left["items"]}
    assert left["answers"] == left["different"] == left["items"]
    assert left["all_answered"] == 1
