"""The docs name everything there is, and their checker sees what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools import completeness, docs
from tools.reference import index, records

ROOT = Path(__file__).resolve().parents[2]


def test_generated_pages_are_fresh_and_nothing_is_undocumented(capsys):
    assert docs.main(check=True) == 0, capsys.readouterr().out


@pytest.fixture
def copy(tmp_path):
    """The pages, settings and register in a folder of their own."""
    for name in ("docs", "mapae/packs/kr/measures.yaml", "README.md", "Makefile"):
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    (tmp_path / "bench").mkdir()
    shutil.copy(ROOT / "bench/RESULTS.md", tmp_path / "bench/RESULTS.md")
    return tmp_path


def test_a_link_or_anchor_that_leads_nowhere_is_named(copy):
    page = copy / "docs/tutorial/extra.md"
    page.write_text(
        "# Extra\n\n[a](../nowhere.md) [b](#extra) [c](#missing) [d](https://example.org/x)\n", "utf-8"
    )
    said = [fault for fault in completeness.faults(copy) if "extra.md" in fault]
    assert said == [
        "docs/tutorial/extra.md: the link to ../nowhere.md leads nowhere",
        "docs/tutorial/extra.md: extra.md has no heading #missing",
    ]


def test_a_setting_nobody_wrote_down_is_named(copy):
    code = copy / "mapae/new.py"
    code.parent.mkdir(exist_ok=True)
    code.write_text('os.environ["MAPAE_' + 'UNHEARD"]', "utf-8")
    assert any("MAPAE_" + "UNHEARD" in fault for fault in completeness.faults(copy))


def test_a_record_kind_without_a_section_is_named(copy):
    page = copy / "docs/reference/records.md"
    page.write_text(page.read_text("utf-8").replace("## lab_result", "## something"), "utf-8")
    assert "docs/reference/records.md: '## lab_result' is not documented" in completeness.faults(copy)


def test_every_column_of_records_has_a_meaning():
    assert "| `genuine_price` | double | price of the genuine article" in records()


def test_the_index_lists_every_page_by_its_heading():
    text = index()
    for page in (ROOT / "docs").glob("*/*.md"):
        assert f"({page.parent.name}/{page.name})" in text
