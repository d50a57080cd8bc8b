"""Documents of running text: Markdown, text in old encodings, PDF; and what is told where there is nothing to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfWriter

from mapae.app.inputs import open_inputs


def records(path: Path) -> list[dict[str, object]]:
    inputs = open_inputs((path,), kind="policy", columns={})
    return [row for feed in inputs.feeds for batch in feed.batches() for row in batch.to_pylist()]


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.md", "# 방침\n쿠키를 씁니다.".encode(), "# 방침\n쿠키를 씁니다."),
        ("b.txt", ("개인정보를 처리합니다. " * 9).encode("cp949"), "개인정보를 처리합니다. " * 9),
        (
            "c.html",
            "<html><body><p>개인정보를 처리합니다.</p></body></html>".encode(),
            "개인정보를 처리합니다.",
        ),
    ],
)
def test_a_document_is_one_record_of_its_text(name: str, data: bytes, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (row,) = records(path)
    assert row["document_id"] == path.stem and str(row["text"]).strip() == text.strip()


def test_a_folder_of_documents_is_read_in_order(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt"):
        (tmp_path / name).write_text("We process data.", "utf-8")
    assert [row["document_id"] for row in records(tmp_path)] == ["a", "b"]


def test_a_pdf_without_text_is_a_reject_and_so_are_a_locked_and_a_torn_one(tmp_path: Path) -> None:
    blank = tmp_path / "blank.pdf"
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(blank)
    inputs = open_inputs((blank,), kind="policy", columns={})
    assert [batch for feed in inputs.feeds for batch in feed.batches()] == []
    assert "no text" in next(inputs.feeds[0].rejects())["reason"]
    locked = tmp_path / "locked.pdf"
    writer.encrypt("secret")
    writer.write(locked)
    inputs = open_inputs((locked,), kind="policy", columns={})
    assert [batch for feed in inputs.feeds for batch in feed.batches()] == []
    assert next(inputs.feeds[0].rejects())["reason"] == "the PDF is locked"
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(b"%PDF-1.7\n" + bytes(300))
    inputs = open_inputs((torn,), kind="policy", columns={})
    assert [batch for feed in inputs.feeds for batch in feed.batches()] == []
    assert "PDF cannot be read" in next(inputs.feeds[0].rejects())["reason"]
