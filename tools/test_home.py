"""Loaded by pytest before anything of the project: every worker has a home folder of its own, never the user's."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "MAPAE_TEST_HOME" not in os.environ:
    os.environ["MAPAE_TEST_HOME"] = tempfile.mkdtemp(prefix="mapae-test-")
    atexit.register(shutil.rmtree, os.environ["MAPAE_TEST_HOME"], ignore_errors=True)
_home = Path(os.environ["MAPAE_TEST_HOME"], os.environ.get("PYTEST_XDIST_WORKER", "main"))
_home.mkdir(exist_ok=True)
os.environ["MAPAE_HOME"] = str(_home)
os.environ.setdefault("MAPAE_SECRET_KEY", "only for tests")
os.environ.setdefault(
    "OMP_NUM_THREADS", "1"
)  # a worker a core: threads that wait for each other would take the others' time
