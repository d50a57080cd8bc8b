"""How `pytest -n` deals out tests: those of a file are one worker's, so that its fixtures are made once.

Tests of a file that says `pytest.mark.apart` are dealt out one by one. xdist's own `--dist loadgroup` hangs the group on
private parts of a test's id that pytest 9.2 no longer has, and deals every test alone without a word.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

__all__ = ["Files", "pytest_xdist_make_scheduler"]


class Files(LoadScopeScheduling):
    """Work units are files in the order of collection; tests of a file marked `apart` are units of their own."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return nodeid if _apart(self.config.rootpath / file) else file


@cache
def _apart(file: Path) -> bool:
    return "pytest.mark.apart" in file.read_text("utf-8")


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Files:
    """A hook of xdist, which `tests/conftest.py` brings in."""
    config.option.loadscopereorder = False  # files with slow tests are collected first
    return Files(config, log)
