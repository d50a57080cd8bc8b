"""The coverage register names only what exists: thirteen measures, commands, checks."""

from __future__ import annotations

from pathlib import Path

import yaml

from mapae.app.evaluate.sets import SETS
from mapae.catalog import checks
from mapae.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
REGISTER = yaml.safe_load((ROOT / "mapae/packs/kr/measures.yaml").read_text("utf-8"))
OTHER_SETS = {"statute", "names", "pairs"}


def test_the_register_holds_the_thirteen_measures_once_each() -> None:
    keys = [row["key"] for row in REGISTER]
    assert len(keys) == 13
    assert len(set(keys)) == 13


def test_every_proof_in_the_register_exists() -> None:
    known = {check.key for check in checks()}
    for row in REGISTER:
        for proof in row["proof"]:
            words = proof.split()
            if words[0] != "mapae":
                assert proof in known, f"{row['key']}: there is no check {proof}"
                continue
            assert words[1] in COMMANDS, f"{row['key']}: there is no command {proof}"
            if words[1] == "evaluate":
                assert words[2] in set(SETS) | OTHER_SETS, f"{row['key']}: there is no set {words[2]}"


def test_a_measure_is_planned_exactly_when_nothing_proves_it() -> None:
    for row in REGISTER:
        assert (row["status"] == "planned") == (not row["proof"]), row["key"]
