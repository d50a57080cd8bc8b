"""Compiled loops are kept by all their sources: a change of any file of them makes all anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import mapae
from mapae.compiled import KERNELS, keep_apart

ROOT = Path(mapae.__file__).parent


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    for kernels in KERNELS:
        (tmp_path / kernels).mkdir(parents=True)
        (tmp_path / kernels / "loop.py").write_text("one\n")
    return tmp_path


def _place(package: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    keep_apart(package)
    return os.environ["NUMBA_CACHE_DIR"]


def test_every_compiled_loop_lies_in_a_package_that_is_looked_at():
    folders = {
        file.parent.relative_to(ROOT).as_posix()
        for file in ROOT.rglob("*.py")
        if "njit(" in file.read_text("utf-8")
    }
    assert folders == set(KERNELS)


@pytest.mark.parametrize("kernels", KERNELS)
def test_a_change_of_any_source_moves_the_folder_and_the_old_source_moves_it_back(
    kernels: str, package: Path, monkeypatch: pytest.MonkeyPatch
):
    before = _place(package, monkeypatch)
    (package / kernels / "loop.py").write_text("two\n")
    assert _place(package, monkeypatch) != before
    (package / kernels / "loop.py").write_text("one\n")
    assert _place(package, monkeypatch) == before


def test_a_folder_of_the_users_stands_and_a_package_inside_an_archive_is_left_alone(
    package: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "mine")
    keep_apart(package)
    assert os.environ["NUMBA_CACHE_DIR"] == "mine"
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    keep_apart(package / "mapae.zip" / "mapae")
    assert "NUMBA_CACHE_DIR" not in os.environ
