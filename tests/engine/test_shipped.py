"""An executor uses the driver's package: its own where that is the same, else what was sent along."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from mapae.engine.shipped import use_package
from mapae.engine.version import code_version

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("alone", sys.argv[1])
alone = importlib.util.module_from_spec(spec)
spec.loader.exec_module(alone)
print(alone.use_package(sys.argv[2], sys.argv[3]))
print(alone.use_package(sys.argv[2], sys.argv[3]))
import mapae.contract.run
print(mapae.contract.run.__file__)
"""


def test_a_package_of_the_same_version_is_used_as_it_is(tmp_path):
    assert Path(use_package(str(tmp_path / "none.zip"), code_version())) == ROOT


def test_a_package_of_another_version_or_none_is_unpacked_once(tmp_path):
    from mapae.engine.spark import zip_package

    package = zip_package(tmp_path)
    script = [sys.executable, "-c", PROGRAM, str(ROOT / "mapae/engine/shipped.py"), str(package), "another"]
    done = subprocess.run(script, cwd=tmp_path, capture_output=True, text=True, check=True)
    first, second, module = done.stdout.split()
    assert first == second == str(package.with_suffix(".unpacked"))
    assert Path(module) == package.with_suffix(".unpacked") / "mapae" / "contract" / "run.py"
