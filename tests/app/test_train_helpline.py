"""A model of complaints' categories from a user's labelled decisions."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import pytest
import yaml
from typer.testing import CliRunner

from mapae.app.train_helpline import CARD, inputs_hash
from mapae.cli.train import app
from mapae.pack import find_pack, load_pack


@pytest.fixture
def small_pack(tmp_path: Path) -> Path:
    """The pack with the first few messages of each category."""
    root = tmp_path / "small"
    shutil.copytree(find_pack("kr"), root)
    for file in (root / "helpline" / "messages").glob("*.yaml"):
        table = yaml.safe_load(file.read_text("utf-8"))
        table["messages"] = table["messages"][:25]
        file.write_text(yaml.safe_dump(table, allow_unicode=True), "utf-8")
    return root


@pytest.mark.slow
def test_decisions_are_learned_and_bad_lines_told(small_pack: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    good = {"complaint": {"text": "상자가 안 와요"}, "expect": {"category": "delivery"}, "lang": "ko"}
    bad = {"complaint": {"text": "?"}, "expect": {"category": "weather"}}
    file.write_bytes(b"\n".join(orjson.dumps(row) for row in (good, bad)))
    command = ["helpline", str(file), "--out", str(tmp_path / "model"), "--pack", str(small_pack), "--json"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 3
    assert "weather" in result.stderr
    card = orjson.loads(result.stdout)
    assert card["text"]["labelled decisions"] == 1
    assert card["text"]["invented messages of the pack"] == 15 * 25
    assert card["cross_validated"]["all"]["macro_f1"] > 0.5
    assert (tmp_path / "model" / "model.npz").stat().st_size < 1_500_000


def test_a_file_without_a_labelled_complaint_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    file.write_text('{"text": "no complaint"}\n', "utf-8")
    result = CliRunner().invoke(app, ["helpline", str(file), "--out", str(tmp_path / "model")])
    assert result.exit_code != 0
    assert "no line is a labelled complaint" in str(result.exception)
    assert not (tmp_path / "model").exists()


def test_the_packs_model_was_trained_on_what_the_pack_holds_now() -> None:
    pack = load_pack("kr")
    card = pack.data(f"helpline/{CARD}")
    assert card["inputs"] == inputs_hash(pack), "train it anew: mapae train helpline"
