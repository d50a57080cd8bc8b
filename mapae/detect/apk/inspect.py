"""Reads one package in a process of its own, within bounds of memory, time and size of the answer."""

from __future__ import annotations

import signal
import stat
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson

from mapae.detect.apk.reading import TIMED_OUT, read_apart
from mapae.errors import UsageError

__all__ = ["LIMITS", "Limits", "inspect"]

_FILE = 8 << 30  # bytes of a package that is opened at all
_ANSWER = 96 << 20  # bytes of the answer


@dataclass(frozen=True, slots=True)
class Limits:
    """memory: bytes of address space; processor and wall: seconds."""

    memory: int = 2 << 30
    processor: int = 60
    wall: int = 120


LIMITS = Limits()


def inspect(path: Path, limits: Limits = LIMITS) -> dict[str, Any]:
    """Facts of an APK, XAPK, APKS or APKM, or `{"error": what is wrong with it, "anomalies": […]}`.

    Never raises for a broken or hostile file and returns within `limits.wall`. Keys: format, package, version_name,
    version_code, min_sdk, target_sdk, permissions [{name, level, until, own}], features, debuggable, allow_backup,
    cleartext {allowed, why, domains, user_certificates}, components [{kind, name, exported, permission}], classes (one
    a line), class_count, hosts, dex, anomalies. UsageError where androguard is not installed.
    """
    if find_spec("androguard") is None:
        raise UsageError(
            "androguard is not installed",
            where="--kind app",
            mend="pip install 'mapae[apps]', or give apps.jsonl only",
        )
    try:
        told = path.stat()
        if not stat.S_ISREG(told.st_mode):
            return _failed("it is no file")
        if told.st_size > _FILE:
            return _failed(f"it is larger than {_FILE >> 30} GiB")
    except OSError as error:
        return _failed(f"it cannot be opened: {error.strerror}")
    with tempfile.NamedTemporaryFile(prefix="mapae-apk-") as out:
        code = read_apart(path, limits.memory, limits.processor, limits.wall, out)
        if code == TIMED_OUT:
            return _failed(f"reading it took longer than {limits.wall} s")
        return _answer(out, int(code), limits)


def _answer(out: Any, code: int, limits: Limits) -> dict[str, Any]:
    size = out.seek(0, 2)
    out.seek(0)
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return _failed(f"reading it took more than {limits.processor} s of processor time, or was stopped")
    if code != 0:
        return _failed("reading it failed within the bounds of memory and time")
    if size > _ANSWER:
        return _failed("what is in it is too much to tell")
    try:
        found: dict[str, Any] = orjson.loads(out.read())
    except orjson.JSONDecodeError:
        return _failed("reading it ended without an answer")
    return found


def _failed(what: str) -> dict[str, Any]:
    return {"error": what, "anomalies": []}
