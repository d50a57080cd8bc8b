"""Jobs of the worker's rounds: done once, however many workers there are, and by the next where one died at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapae.desk.documents.alone import alone
from tests.desk.killing import killed_desk, run_killer


@pytest.mark.own_database
def test_workers_that_begin_at_once_do_a_day_once_and_after_one_that_died_at_it(tmp_path: Path) -> None:
    place = tmp_path / "memory"  # as a folder may be called; a database in memory has no other worker
    place.mkdir()
    with killed_desk(place) as env:
        left = run_killer("jobs_killer", env, 3)
    assert left == {"died": [-9], "ended": [0, 0, 0], "done": 1, "kept": 1}


def test_a_job_that_breaks_gives_its_lock_back(db: None) -> None:
    with pytest.raises(ZeroDivisionError), alone("some.module:job") as mine:
        assert mine
        raise ZeroDivisionError
    with alone("some.module:job") as mine:
        assert mine
