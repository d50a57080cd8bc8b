"""What keeps a command from writing is told without a traceback, with the remedy, and exits 2."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from mapae.cli.main import main


def _run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["mapae", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


def test_a_file_where_a_folder_is_wanted_is_told_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    held, taken = tmp_path / "held.yaml", tmp_path / "taken"
    held.write_text("value_krw: 1200000\n", "utf-8")
    taken.write_text("a file", "utf-8")
    assert _run(monkeypatch, "law", "detention", str(held), "--out", str(taken / "inside" / "x.html")) == 2
    said = capsys.readouterr().err
    assert "Not a directory" in said
    assert "mend: a part of that path is a file: name a folder" in said
    assert "Traceback" not in said


def test_a_full_disk_is_told_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    full = Path("/dev/full")  # takes no byte, as a disk without room
    if not full.exists():
        pytest.skip(f"no {full} here: {errno.errorcode[errno.ENOSPC]} cannot be met")
    held = tmp_path / "held.yaml"
    held.write_text("value_krw: 1200000\n", "utf-8")
    assert _run(monkeypatch, "law", "detention", str(held), "--out", str(full)) == 2
    assert "mend: make room on that disk" in capsys.readouterr().err
