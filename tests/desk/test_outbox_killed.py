"""A worker killed (-9) again and again while it sends: nothing is lost, and nothing is sent twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.desk.killing import ROUNDS, killed_desk, run_killer
from tests.desk.mailserver import kept, mail_server


@pytest.mark.slow
@pytest.mark.own_database
def test_a_worker_killed_in_every_round_loses_nothing_and_sends_nothing_twice(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    with mail_server(box, wait=0.01) as port:
        mail = {"KEPT": str(box), "MAPAE_SMTP": f"smtp://127.0.0.1:{port}", "MAPAE_MAIL_ARRIVES": "accepted"}
        with killed_desk(tmp_path, **mail) as env:
            result = run_killer("outbox_killer", env, ROUNDS, 7)
    sent = kept(box)
    assert result["killed"] >= ROUNDS // 2
    assert max(sent.values()) == 1  # nothing twice
    assert {key for key, state in result["rows"].items() if state == "handed_over"} <= set(sent)
    assert set(Counter(result["rows"].values())) == {"handed_over", "in_doubt"}  # some died while sending
    assert set(sent) == set(result["rows"])  # nothing lost, once what was in doubt has been looked at
    assert result["after"] == {"handed_over": len(result["rows"]), "served": 4}
