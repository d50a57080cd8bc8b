"""The wheel with only the core's locked packages works in an empty folder: no Django, no Spark, no test tools."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
OFFERS = "상품번호,상품명,판매가,통화\n1,나ㅇㅣ키 덩크 로우 미러급 풀박스,69000,KRW\n2,Silicone spatula set,9900,KRW\n"


def _run(*command: str | Path, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV_", "MAPAE_"))
    }
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=clean | env, capture_output=True, text=True, timeout=300
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def place(wheel, tmp_path_factory) -> Path:
    """A fresh environment: the wheel, and of all installed packages only those that the core's lock names."""
    place = tmp_path_factory.mktemp("bare")
    done = _run(sys.executable, "-m", "venv", "--without-pip", place / "venv", cwd=place)
    assert done.returncode == 0, done.stderr
    site = next((place / "venv/lib").glob("python*/site-packages"))
    for name in _locked():
        for file in importlib.metadata.distribution(name).files or ():
            top, found = file.parts[0], Path(file.locate())
            found = found.parents[len(file.parts) - 2] if len(file.parts) > 1 else found
            # what was built from source by an old pip lists files that are not installed
            if top not in ("..", "__pycache__") and found.exists() and not (site / top).exists():
                (site / top).symlink_to(found)
    python = place / "venv/bin/python"
    done = _run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=place,
    )
    assert done.returncode == 0, done.stderr
    (place / "empty").mkdir()
    return place


def _locked() -> list[str]:
    """Names of the core's lock that are meant for this Python and system."""
    text = (ROOT / "locks/core.txt").read_text("utf-8")
    lines = (line.rstrip(" \\") for line in text.splitlines() if re.match(r"[a-z0-9]", line))
    wanted = [Requirement(line) for line in lines]
    return [item.name for item in wanted if item.marker is None or item.marker.evaluate()]


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_package(wheel):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "mapae"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    tracked = {name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()}
    assert tracked - set(zipfile.ZipFile(wheel).namelist()) == set()


@pytest.mark.slow
def test_it_shows_help_and_screens_a_table_in_an_empty_folder(place):
    mapae, folder = place / "venv/bin/mapae", place / "empty"
    env = {"HOME": str(place), "LC_ALL": "C.UTF-8"}
    assert "screen" in _run(mapae, "--help", cwd=folder, **env).stdout
    (folder / "offers.csv").write_text(OFFERS, "utf-8")
    done = _run(mapae, "screen", "offers.csv", "--out", "found", cwd=folder, **env)
    assert done.returncode == 0, done.stderr
    assert "2 listing records" in done.stdout
    assert "brand:Nike" in (folder / "found/report.html").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["django", "pyspark", "pytest", "pandas"])
def test_what_the_core_does_not_need_is_not_there(place, name):
    done = _run(place / "venv/bin/python", "-c", f"import {name}", cwd=place / "empty")
    assert "ModuleNotFoundError" in done.stderr
