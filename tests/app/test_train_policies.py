"""`train policies`: rows that cannot be used are told, the card says what was measured, screening uses the model."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from mapae.app.context import make_context
from mapae.app.train_policies import train_policies
from mapae.cli.train import app
from mapae.errors import InputError
from mapae.measures.privacy.check import read_policy

pytestmark = pytest.mark.slow

pytest.importorskip("sklearn", reason="training needs scikit-learn (extra train)")

SECURITY = "We guard what you send with {} and with {} so that strangers cannot read it, in case {}."
SHARING = "Your particulars go to {} and to {} where they ask for them under agreement {}."
GUARDS, OTHERS = ("locks", "ciphers", "alarms"), ("sponsors", "resellers", "lenders")


def rows(many: int) -> str:
    lines = []
    for number in range(many):
        first, second = GUARDS[number % 3], GUARDS[(number + 1) % 3]
        lines.append(f'"{SECURITY.format(first, second, number)}",Data Security')
        first, second = OTHERS[number % 3], OTHERS[(number + 1) % 3]
        lines.append(f'"{SHARING.format(first, second, number)}",Third Party Sharing/Collection')
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("segments")
    (made / "train.csv").write_text(f"text,label\n{rows(40)}only one column\n", "utf-8")
    (made / "validation.csv").write_text(rows(10), "utf-8")
    return made


@pytest.fixture(scope="module")
def model(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out: Path = tmp_path_factory.mktemp("model")
    made = train_policies(folder, out)
    assert [(bad.file, bad.row) for bad in made.bad] == [("train.csv", 82)]
    return out


def test_the_card_says_what_was_trained_on_and_measured(model: Path) -> None:
    card = yaml.safe_load((model / "practices.yaml").read_text("utf-8"))
    assert card["cross_validated"]["micro_f1"] == 1.0 and card["trained_on"]["file"] == "train.csv"
    apart = card["set_apart"]["validation.csv"]
    assert apart["passages"] == 20 == apart["also_in_training"] and apart["micro_f1"] == 1.0
    assert sum(row["tags"] for row in card["calibration"]) == 2 * 80


def test_a_passage_without_known_words_keeps_its_item_from_missing(model: Path) -> None:
    context = make_context("kr", None, "none", {"model": str(model)})
    names = ("topics", "transfer", "agent", "places", "practices")
    data = {name: context.pack.data(f"privacy/{name}.yaml") for name in names}
    from mapae.measures.privacy.practices import model_in

    text = SHARING.format("sponsors", "lenders", 3)
    assert read_policy(text, data).items["P3"].status == "missing"
    read = read_policy(text, data, model_in(str(model)))
    assert read.items["P3"].status == "partial" and "trained model" in read.items["P3"].why
    assert read.passages[0].tags[0][0] == "Third Party Sharing/Collection"
    place = read.items["P3"].segment
    assert place is not None and text[place.start : place.end] == text


def test_a_folder_without_a_model_of_passages_is_no_model(tmp_path: Path) -> None:
    from mapae.measures.privacy.practices import model_in

    assert model_in(str(tmp_path)) is None and model_in(None) is None


def test_too_few_rows_and_no_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "few.csv").write_text(rows(3), "utf-8")
    with pytest.raises(InputError, match="6 passages are too few"):
        train_policies(tmp_path / "few.csv", tmp_path / "out")
    with pytest.raises(InputError, match=r"nor train\.csv"):
        train_policies(tmp_path / "nothing", tmp_path / "out")


def test_the_command_names_the_row_and_exits_3(folder: Path, tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["policies", str(folder), "--out", str(tmp_path / "m"), "--no-progress"])
    assert told.exit_code == 3 and "train.csv:82: 1 columns" in told.stderr
    assert "validation.csv" in told.stdout and "micro-F1 1.000" in told.stdout
