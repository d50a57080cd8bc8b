"""In an executor: the package of the driver, installed there already or unpacked from the zip that came along."""

from __future__ import annotations

import importlib
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

__all__ = ["use_package"]


def use_package(package: str, version: str) -> str:
    """Make `mapae` of this version the one that is imported; returns the folder it comes from.

    package: a zip, or the folder that holds the package where the driver is on this machine.

    Unpacked, not imported from the zip: compiled loops are kept beside their source, so that the workers of a machine
    compile them once. This function is sent by value: it must need nothing of the package.
    """
    try:
        found = importlib.import_module("mapae.engine.version")
        if found.code_version() == version:
            return str(Path(str(found.__file__)).parents[2])
    except ImportError:
        pass
    there = Path(package).is_dir()
    folder = Path(package) if there else Path(package).with_suffix(".unpacked")
    if not folder.is_dir():
        draft = Path(tempfile.mkdtemp(dir=folder.parent))
        with zipfile.ZipFile(package) as archive:
            archive.extractall(draft)
        try:
            draft.rename(folder)
        except OSError:  # another worker was first
            shutil.rmtree(draft, ignore_errors=True)
    for name in [name for name in sys.modules if name == "mapae" or name.startswith("mapae.")]:
        del sys.modules[name]
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    return str(folder)
