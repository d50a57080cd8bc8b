"""Consignments end to end: train on inspected lines, rank new ones, learn from what was found."""

from __future__ import annotations

from pathlib import Path

import orjson
import polars as pl
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from mapae.app.consignments import RANKING_SCHEMA, RankRequest, rank, train
from mapae.cli.main import app
from mapae.errors import InputError, MapaeError, UsageError
from mapae.measures.consignments.model import load
from tests.measures.consignments.lines import write_lines

pytestmark = pytest.mark.slow

pytest.importorskip("lightgbm")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("risk")
    train([write_lines(folder / "inspected.csv", 4_000, seed=1)], folder / "model")
    return folder / "model"


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "new.csv", 1_000, seed=2, first="2025-07-01", results=False)


def test_the_card_tells_figures_of_the_latest_lines(model: Path) -> None:
    measured = load(model).card["measured"]
    assert measured["lines"] == 800
    assert measured["precision_at_5"] > 0.8 > 3 * measured["fraud_rate"]
    assert measured["critical_recall_at_5"] > 0.9 and measured["calibration_error"] < 0.1
    assert set(measured["by_origin"]) == {"CN", "VN", "JP"}


def test_every_line_is_ranked_with_reasons_that_name_the_sender(
    model: Path, fresh: Path, tmp_path: Path
) -> None:
    result = rank(RankRequest((fresh,), tmp_path / "out", model))
    table = pq.read_table(tmp_path / "out" / "ranking.parquet")
    assert table.schema == RANKING_SCHEMA and table.num_rows == 1_000
    rows = sorted(table.to_pylist(), key=lambda row: row["rank"])
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert any("FAKE01" in reason for row in rows[:20] for reason in row["reasons"])
    assert result.manifest["selected"] == 50 == sum(row["selected"] for row in rows)
    assert result.manifest["selected_by"]["exploration"] == 5


def test_the_same_seed_gives_the_same_list_and_another_one_another(
    model: Path, fresh: Path, tmp_path: Path
) -> None:
    def chosen(name: str, seed: int) -> list[str]:
        rank(RankRequest((fresh,), tmp_path / name, model, seed=seed))
        rows = pq.read_table(tmp_path / name / "ranking.parquet").to_pylist()
        return [row["consignment_id"] for row in rows if row["selected"]]

    assert chosen("a", 3) == chosen("b", 3) != chosen("c", 4)


def test_results_that_come_back_change_what_the_model_knows(tmp_path: Path, fresh: Path) -> None:
    first = train([write_lines(tmp_path / "a.csv", 1_500, seed=5)], tmp_path / "model")
    more = train(
        [write_lines(tmp_path / "b.csv", 500, seed=6, first="2025-08-01")], tmp_path / "model", update=True
    )
    assert (first.card["lines"], more.card["lines"]) == (1_500, 2_000)
    assert more.card["to"] > first.card["to"]


def test_lines_unlike_those_known_are_told(model: Path, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "other.csv", 500, seed=9)
    path.write_text(path.read_text("utf-8").replace(",CN,", ",BR,"), "utf-8")
    assert (
        rank(RankRequest((path,), tmp_path / "out", model)).manifest["drift"]["country_of_departure"] > 0.25
    )


def test_what_cannot_be_learned_from_is_told_with_the_way_out(tmp_path: Path, fresh: Path) -> None:
    with pytest.raises(InputError, match="no line has a result") as none:
        train([fresh], tmp_path / "model")
    assert "Fraud" in (none.value.mend or "")
    with pytest.raises(InputError, match="no model"):
        rank(RankRequest((fresh,), tmp_path / "out", tmp_path / "nowhere"))
    with pytest.raises(InputError, match="no model to update"):
        train([write_lines(tmp_path / "a.csv", 50, seed=1)], tmp_path / "nowhere", update=True)
    with pytest.raises(UsageError, match="not a share"):
        rank(RankRequest((fresh,), tmp_path / "out", tmp_path / "nowhere", rate=5))


def test_a_torn_model_is_told_and_not_used(model: Path, fresh: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn"
    torn.mkdir()
    for part in model.iterdir():
        (torn / part.name).write_bytes(part.read_bytes()[: 200 if part.name == "fraud.txt" else None])
    with pytest.raises(MapaeError, match="no model of consignments can be read"):
        rank(RankRequest((fresh,), tmp_path / "out", torn))


def test_the_commands_tell_figures_and_selection(fresh: Path, tmp_path: Path) -> None:
    inspected = write_lines(tmp_path / "inspected.csv", 1_500, seed=1)
    run = CliRunner()
    trained = run.invoke(
        app, ["train", "consignments", str(inspected), "--out", str(tmp_path / "m"), "--json"]
    )
    assert trained.exit_code == 0 and orjson.loads(trained.stdout)["lines"] == 1_500
    words = ["screen", str(fresh), "--kind", "consignment", "--out", str(tmp_path / "o")]
    ranked = run.invoke(app, [*words, "--model", str(tmp_path / "m"), "--rate", "0.1", "--no-progress"])
    assert ranked.exit_code == 0 and "to inspect  100" in ranked.stdout
    judged = run.invoke(app, [*words, "--no-progress"])  # without a model the parcels themselves are judged
    assert judged.exit_code == 0 and (tmp_path / "o" / "findings.parquet").is_file()


@pytest.mark.slow
def test_on_inspected_declarations_of_a_year_the_next_quarter_is_ranked_well(
    shared: Path, tmp_path: Path
) -> None:
    customs = shared / "data" / "customs"
    train([customs / "train.csv"], tmp_path / "model")
    rank(RankRequest((customs / "valid.csv",), tmp_path / "out", tmp_path / "model"))
    rows = pl.read_parquet(tmp_path / "out" / "ranking.parquet")
    truth = pl.read_csv(customs / "valid.csv").select(
        pl.col("Declaration ID").cast(pl.String).alias("consignment_id"), "Fraud", "Critical Fraud"
    )
    both = rows.join(truth, on="consignment_id")
    assert len(both) == len(rows) == 8_134
    five, ten = len(both) // 20, len(both) // 10
    assert both.sort("rank").head(five)["Fraud"].mean() >= 0.82
    assert both.sort("rank").head(ten)["Fraud"].mean() >= 0.70
    critical = both.sort("critical_score", descending=True).head(five)["Critical Fraud"].eq(2).sum()
    assert critical / both["Critical Fraud"].eq(2).sum() >= 0.76
