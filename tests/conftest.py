"""Fixtures every test may use, and the rule that turns skips into failures where all is required."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
SLOW = ("slow", "spark", "browser")
REQUIRE_ALL = os.environ.get("MAPAE_REQUIRE") == "all"
SHARED_ABSENT = "../shared is not beside the project: tests on real data are left out"

if hypothesis.settings.get_current_profile_name() == "default":
    hypothesis.settings.register_profile("tests", deadline=None)  # a busy machine fails no test
    hypothesis.settings.load_profile("tests")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ../shared with real data and labelled cases; the test is skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "cases").is_dir():
        pytest.skip(SHARED_ABSENT)
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first, those with most of them at the head: no worker is left alone with one at the end."""
    slow = Counter(item.path for item in items if _is_slow(item))
    items.sort(key=lambda item: -slow[item.path])


def pytest_collection_finish() -> None:
    """What is there now stays to the end: looking through it for garbage again and again takes a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _is_slow(item: pytest.Item) -> bool:
    return any(map(item.get_closest_marker, SLOW))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """What a test marked `no_cover` is given is made untraced too; pytest-cov itself leaves out its call only."""
    plugin = item.config.pluginmanager.get_plugin("_cov")
    tracing = getattr(plugin, "cov_controller", None) if item.get_closest_marker("no_cover") else None
    if tracing is not None:
        tracing.pause()
    yield
    if tracing is not None:
        tracing.resume()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """With MAPAE_REQUIRE=all, a skip for anything but ../shared is a failure."""
    outcome = yield
    _require(outcome.get_result())


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):  # type: ignore[no-untyped-def]
    """The same for a file that is skipped whole."""
    outcome = yield
    _require(outcome.get_result())


def _require(report: pytest.TestReport | pytest.CollectReport) -> None:
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[-1]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if SHARED_ABSENT not in reason:
            report.outcome = "failed"
            report.longrepr = f"skipped although MAPAE_REQUIRE=all: {reason}"
