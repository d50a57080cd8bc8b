"""A pytest plugin: collects once, then runs the tests in a fresh fork for every wrong put into the code.

What to do comes as JSON in the file named by MUTATION (source: files; count; seed; out). First every test runs unharmed
under coverage, which tells which tests touch which line; a wrong is given to these first, then to all others.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import coverage
import hypothesis
import pytest
from hypothesis import HealthCheck, Phase

from bench._mutants import Mutant, put_in, sample, told

_SLACK = 5.0  # seconds of processor time beyond three times what the tests need
_WALL = 900.0  # seconds after which a child is stuck, whatever it does


def pytest_configure() -> None:
    """Property tests draw the same examples each time, and shrink nothing: only whether they fail is asked."""
    hypothesis.settings.register_profile(
        "mutation",
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    hypothesis.settings.load_profile("mutation")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of running the tests once: once unharmed, then for each wrong."""
    work = json.loads(Path(os.environ["MUTATION"]).read_text("utf-8"))
    keep = Path(tempfile.mkdtemp(prefix="mutation-"))
    try:
        os.environ["MAPAE_CACHE"] = str(keep / "cache")
        seen = _unharmed(session, work["source"], keep)
        rows = []
        for mutant in sample([Path(path) for path in work["source"]], work["count"], work["seed"]):
            verdict, seconds = _judge(session, mutant, seen, keep)
            rows.append(
                [mutant.path, mutant.first, mutant.function, mutant.kind, told(mutant), verdict, seconds]
            )
            Path(work["out"]).write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    finally:
        shutil.rmtree(keep, ignore_errors=True)
    return True


def _unharmed(session: pytest.Session, source: list[str], keep: Path) -> dict[str, Any]:
    """Seconds of each test, and the tests of each line; RuntimeError where a test fails without any wrong."""

    def work() -> int:
        cov = coverage.Coverage(data_file=None, include=[str(Path(path).resolve()) for path in source])
        cov.start()
        cost, failed, results = {}, [], _failures(session, session.items)
        for item in session.items:
            traced = item.get_closest_marker("no_cover") is None
            cov.switch_context(item.nodeid) if traced else cov.stop()
            start = time.process_time()
            failed += [item.nodeid] * next(results)
            cost[item.nodeid] = time.process_time() - start
            if not traced:
                cov.start()
        cov.stop()
        data = cov.get_data()
        lines = {
            path: {
                str(line): names for line, names in data.contexts_by_lineno(str(Path(path).resolve())).items()
            }
            for path in source
        }
        (keep / "seen.json").write_text(json.dumps({"cost": cost, "lines": lines, "failed": failed}), "utf-8")
        return 0

    code, _ = _forked(work, _WALL * 4, None)
    seen: dict[str, Any] = (
        json.loads((keep / "seen.json").read_text("utf-8")) if code == 0 else {"failed": "all"}
    )
    if seen["failed"]:
        raise RuntimeError(f"not passed without any wrong: {seen['failed']}")
    return seen


def _judge(session: pytest.Session, mutant: Mutant, seen: dict[str, Any], keep: Path) -> tuple[str, float]:
    """`killed`, `killed (time)`, `survived` or `unreached`, and the seconds of processor time."""
    lines = seen["lines"].get(mutant.path, {})
    near = {name for line in range(mutant.first, mutant.last + 1) for name in lines.get(str(line), ())}
    items = sorted(session.items, key=lambda item: (item.nodeid not in near, seen["cost"][item.nodeid]))
    most = 3 * sum(seen["cost"].values()) + _SLACK
    own = keep / "own"

    def work() -> int:
        os.environ["MAPAE_CACHE"] = str(own)
        if not put_in(mutant):
            return 3
        return int(any(_failures(session, items)))

    shutil.rmtree(own, ignore_errors=True)
    if (keep / "cache").is_dir():
        shutil.copytree(keep / "cache", own)
    code, seconds = _forked(work, _WALL, most)
    names = {0: "survived" if near else "unreached", 1: "killed", 3: "not put in"}
    return names.get(code, "killed (time)"), round(seconds, 2)


def _failures(session: pytest.Session, items: list[pytest.Item]) -> Iterator[bool]:
    """Run the tests one after the other; whether each failed."""
    listener = _Listener()
    session.config.pluginmanager.register(listener)
    for item, after in zip(items, [*items[1:], None], strict=True):
        listener.failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        yield listener.failed


class _Listener:
    failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed


def _forked(work: Callable[[], int], wall: float, most: float | None) -> tuple[int, float]:
    """Exit code (negative: the signal) and processor seconds of `work` in a child that is silent and bounded."""
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        code = 2
        with contextlib.suppress(BaseException):
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1), os.dup2(silent, 2)
            if most is not None:
                resource.setrlimit(resource.RLIMIT_CPU, (int(most) + 1, int(most) + 2))
            code = work()
        os._exit(code)
    ends = time.monotonic() + wall
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime
        if time.monotonic() > ends:
            os.killpg(pid, signal.SIGKILL)
        time.sleep(0.01)
