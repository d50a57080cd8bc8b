"""A worker killed (-9) again and again while it looks: every item is looked at, and none is recorded twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.killing import ROUNDS, killed_desk, run_killer
from tests.desk.looking import shop


@pytest.mark.slow
@pytest.mark.own_database
def test_a_worker_killed_while_it_looks_loses_no_item_and_records_none_twice(tmp_path: Path) -> None:
    with shop({}) as address, killed_desk(tmp_path) as env:
        left = run_killer("looks_killer", env, ROUNDS, 7, address)
    assert left["killed"] >= ROUNDS // 2
    assert left["states"] == {"removed": left["items"]}
    assert left["checks"] == left["checked"] == left["items"]
    assert left["kept"] >= left["items"]
    assert (left["all_removed"], left["open"]) == (1, 0)
