"""Loaded by pytest: with workers (`-n`), the tests of a file are one worker's, so that its fixtures are made once.

Tests of a file that says `pytest.mark.apart` are dealt out one by one. xdist's own `--dist loadgroup` hangs the group on
private parts of a test's id that pytest 9.2 no longer has, and deals every test alone without a word.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

__all__ = ["pytest_xdist_make_scheduler"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Work units are files in the order of collection, where those with slow tests come first."""
    from xdist.scheduler import LoadScopeScheduling  # not sooner: pytest has yet to load xdist as a plugin

    class Files(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return nodeid if _apart(config.rootpath / file) else file

    config.option.loadscopereorder = False
    return Files(config, log)


@cache
def _apart(file: Path) -> bool:
    return "pytest.mark.apart" in file.read_text("utf-8")
