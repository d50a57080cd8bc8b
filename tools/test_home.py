"""Loaded by pytest before anything of the project: tests get a home folder of their own, never the user's."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if "MAPAE_TEST_HOME" not in os.environ:
    _home = tempfile.mkdtemp(prefix="mapae-test-")
    os.environ["MAPAE_TEST_HOME"] = os.environ["MAPAE_HOME"] = _home
    atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ.setdefault("MAPAE_SECRET_KEY", "only for tests")
