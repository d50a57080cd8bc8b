"""Runs a command and watches it: seconds, and the most memory its whole process tree held at one time."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

__all__ = ["Run", "watch"]

_EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Run:
    """What a command printed, how long it took, its peak memory.

    peak: proportional set size over the tree, shared pages counted once; resident: plain sum, shared pages counted in
    each process; both in GB. cpu: processor seconds of the tree, as last seen of each process.
    """

    out: str
    seconds: float
    peak: float
    resident: float
    cpu: float


def watch(command: list[str], env: Mapping[str, str] | None = None) -> Run:
    """Run to the end. RuntimeError with the end of stderr where the command fails (exit 3 is no failure)."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
    peak = resident = 0.0
    used: dict[int, float] = {}
    while process.poll() is None:
        used |= _used(process.pid)
        shared, plain = _memory(process.pid)
        peak, resident = max(peak, shared), max(resident, plain)
        time.sleep(_EVERY)
    out, err = process.communicate()
    if process.returncode not in (0, 3):
        raise RuntimeError(f"{command[:4]} ended with {process.returncode}: {err[-2000:]}")
    return Run(out, time.perf_counter() - start, peak / 1e9, resident / 1e9, sum(used.values()))


def _used(pid: int) -> dict[int, float]:
    """Processor seconds of each process of the tree, without children that have ended (they were seen before)."""
    found = {}
    try:
        tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.Error:
        return {}
    for process in tree:
        with suppress(psutil.Error):
            times = process.cpu_times()
            found[process.pid] = times.user + times.system
    return found


def _memory(pid: int) -> tuple[float, float]:
    shared = plain = 0.0
    try:
        tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.Error:
        return 0.0, 0.0
    for process in tree:
        try:
            plain += process.memory_info().rss
            shared += _proportional(process.pid)
        except (psutil.Error, OSError):
            continue
    return shared, plain


def _proportional(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return float(line.split()[1]) * 1024
    return 0.0
