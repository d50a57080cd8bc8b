"""Loaded by pytest: with MAPAE_SLOWEST naming a file, notes there what each test took of the processor, and tells the most.

Seconds of the processor, those of ended children included, say what a test costs however busy the machine is. Runs that
follow each other add to one file, so that the last of them speaks for all.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

__all__ = ["slowest"]

_TOLD = 15
_WORKER = "PYTEST_XDIST_WORKER" in os.environ
_kept = "" if _WORKER else os.environ.get("MAPAE_SLOWEST", "")
_took: defaultdict[str, float] = defaultdict(
    float
)  # seconds by test, where reports of all workers come together
_before = pytest.StashKey[float]()


def slowest(lines: Iterable[str], most: int = _TOLD) -> list[str]:
    """What to tell of lines of seconds, tab, test: how much all took, then the tests that took the most."""
    rows = [(float(seconds), name) for seconds, name in (line.rstrip("\n").split("\t", 1) for line in lines)]
    total = sum(seconds for seconds, _ in rows)
    head = f"{len(rows)} tests took {total:,.0f} s of the processor, most of it:"
    return [head, *(f"{seconds:8.1f} s  {name}" for seconds, name in sorted(rows, reverse=True)[:most])]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Note what was used before the first fixture of a test."""
    item.stash[_before] = _used()
    yield


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """What a phase of a test took goes with its report, from whichever worker."""
    outcome = yield
    now = _used()
    outcome.get_result().processor = now - item.stash[_before]  # type: ignore[attr-defined]
    item.stash[_before] = now


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add a phase to its test, and write the test down when it has ended."""
    if not _kept:
        return
    name = report.nodeid
    _took[name] += getattr(report, "processor", 0.0)
    if report.when == "teardown":
        where = " on PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else ""
        with Path(_kept).open("a", encoding="utf-8") as file:
            file.write(f"{_took.pop(name):.3f}\t{name}{where}\n")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell, before pytest's count."""
    if _kept and Path(_kept).is_file():
        with Path(_kept).open(encoding="utf-8") as file:
            for line in slowest(file):
                terminalreporter.write_line(line)


def _used() -> float:
    return sum(os.times()[:4])  # own and ended children's, user and system
