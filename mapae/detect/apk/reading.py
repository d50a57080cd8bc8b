"""Processes that read packages: one stays warm and forks anew for each package, so that none sees another's leavings."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import orjson

__all__ = ["TIMED_OUT", "read_apart"]

TIMED_OUT = "timed out"
_READER = [sys.executable, "-m", "mapae.detect.apk.child"]
_idle: list[subprocess.Popen[bytes]] = []
_lock = threading.Lock()


def read_apart(path: Path, memory: int, processor: int, wall: float, out: Any) -> int | str:
    """Read the package into the open file `out` in a process of its own; its exit code, or TIMED_OUT after `wall` seconds.

    A reader that was stopped or broke is thrown away; those that answered wait for the next package of any thread.
    """
    if not hasattr(os, "fork"):
        return _alone(path, memory, processor, wall, out)
    reader = _taken()
    asked = orjson.dumps([str(path.absolute()), memory, processor, out.name]) + b"\n"
    try:
        assert reader.stdin is not None and reader.stdout is not None
        reader.stdin.write(asked)
        reader.stdin.flush()
        in_time = bool(select.select([reader.stdout], [], [], wall)[0])
        answer = reader.stdout.readline() if in_time else b""
    except BrokenPipeError:
        in_time, answer = True, b""
    if not answer:
        _ended(reader)
        return -signal.SIGABRT if in_time else TIMED_OUT
    with _lock:
        _idle.append(reader)
    return int(answer)


def _taken() -> subprocess.Popen[bytes]:
    with _lock:
        while _idle:
            reader = _idle.pop()
            if reader.poll() is None:
                return reader
    return subprocess.Popen(
        [*_READER, "--serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _ended(reader: subprocess.Popen[bytes]) -> None:
    """Stop a reader and what it forked: they are a session of their own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(reader.pid, signal.SIGKILL)
    for pipe in (reader.stdin, reader.stdout):
        with contextlib.suppress(OSError):
            if pipe is not None:
                pipe.close()
    reader.wait()


def _alone(path: Path, memory: int, processor: int, wall: float, out: Any) -> int | str:
    """Where a process cannot fork: a fresh one for the package."""
    command = [*_READER, str(path.absolute()), str(memory), str(processor)]
    with tempfile.TemporaryFile() as nothing:
        try:
            done = subprocess.run(
                command, stdin=nothing, stdout=out, stderr=subprocess.DEVNULL, timeout=wall, check=False
            )
        except subprocess.TimeoutExpired:
            return TIMED_OUT
    return done.returncode
