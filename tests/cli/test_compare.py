"""`mapae compare`: a summary for people, JSON for programs, a page with both sides."""

from __future__ import annotations

from pathlib import Path

import orjson
from typer.testing import CliRunner

from mapae.cli.compare import app

OLD = """# 물푸레 개인정보 처리방침
## 보유 기간
회원 정보는 3년 동안 보관합니다.
## 목적
주문 배송과 결제를 위해 처리합니다.
"""


def files(folder: Path, new: str) -> list[str]:
    (folder / "old.md").write_text(OLD, "utf-8")
    (folder / "new.md").write_text(new, "utf-8")
    return [str(folder / "old.md"), str(folder / "new.md")]


def test_the_summary_names_the_item_and_how_it_changed(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, files(tmp_path, OLD.replace("3년", "5년")))
    assert told.exit_code == 0
    assert "change: substantive (changed 1)" in told.stdout and "P2 " in told.stdout


def test_the_page_and_the_record_hold_both_sides(tmp_path: Path) -> None:
    new = OLD.replace("3년", "5년") + "<script>alert(1)</script> 추가합니다.\n"
    told = CliRunner().invoke(app, [*files(tmp_path, new), "--out", str(tmp_path / "out"), "--json"])
    found = orjson.loads(told.stdout)
    change = next(item for item in found["differences"] if item["kind"] == "changed")
    assert OLD[change["old"][0]["start"] : change["old"][0]["end"]] == change["old"][0]["text"]
    assert new[change["new"][0]["start"] : change["new"][0]["end"]] == change["new"][0]["text"]
    page = (tmp_path / "out" / "comparison.html").read_text("utf-8")
    assert "3년 동안" in page and "5년 동안" in page and "내용 변경" in page
    assert "<script>alert(1)" not in page
    assert orjson.loads((tmp_path / "out" / "comparison.json").read_bytes()) == found


def test_html_and_markdown_of_the_same_text_differ_in_form_at_most(tmp_path: Path) -> None:
    html = "".join(
        f"<h2>{line.strip('# ')}</h2>" if line.startswith("#") else f"<p>{line}</p>"
        for line in OLD.splitlines()
    )
    (tmp_path / "new.html").write_text(f"<html><body>{html}</body></html>", "utf-8")
    (tmp_path / "old.md").write_text(OLD, "utf-8")
    told = CliRunner().invoke(app, [str(tmp_path / "old.md"), str(tmp_path / "new.html"), "--json"])
    assert orjson.loads(told.stdout)["change"] in ("none", "cosmetic")
