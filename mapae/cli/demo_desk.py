"""Starts the training desk behind `mapae demo`: loads it once, serves it on loopback, says who may sign in."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import httpx

from mapae.errors import MapaeError

__all__ = [
    "PASSWORD", "PEOPLE", "Loading", "begin_loading", "desk_installed", "desk_loaded", "desk_serving", "load_desk", "stamp",
]  # fmt: skip

# who of the training desk is told at once; the rest stands in the switch on every page
PEOPLE = ("sora@desk.example", "hana@desk.example", "minjun@desk.example", "yuna@desk.example")
PASSWORD = "training-only-2026"  # as in mapae.desk.training.world, which needs Django to be read
_NEEDED = ("django", "granian", "typst", "ninja", "csp", "warcio", "PIL")
_START = "from mapae.cli.main import main; main()"
_PATIENCE = 180.0  # seconds until the first page must come; a busy machine takes its time
_PORT = 8000


def desk_installed() -> bool:
    """Whether what the desk needs is here (`pip install 'mapae[desk]'`)."""
    return all(find_spec(name) is not None for name in _NEEDED)


@cache
def stamp() -> str:
    """16 hex digits over the code and data of this Mapae: what was loaded by the same one need not be loaded again."""
    digest = hashlib.sha256()
    root = Path(str(files("mapae")))
    for path in sorted(root.rglob("*")):
        if (
            path.suffix in (".py", ".yaml", ".html", ".css", ".js", ".typ")
            and "__pycache__" not in path.parts
        ):
            digest.update(str(path.relative_to(root)).encode())
            digest.update(path.read_bytes())
        elif path.suffix == ".jsonl":
            digest.update(f"{path.name} {path.stat().st_size}".encode())
    return digest.hexdigest()[:16]


def desk_loaded(out: Path) -> bool:
    """Whether this same Mapae has loaded OUT/home before."""
    return _about(out).get("stamp") == stamp() and (out / "home" / "desk" / "desk.sqlite3").is_file()


@dataclass(frozen=True, slots=True)
class Loading:
    """A desk that is being loaded by a process beside this one, for that address."""

    process: subprocess.Popen[str]
    address: str


def begin_loading(out: Path, port: int) -> Loading:
    """Begin to load OUT/home beside the screening: the world first; the findings of OUT once OUT/said.txt is there."""
    (out / "desk.json").unlink(missing_ok=True)
    shutil.rmtree(out / "home" / "desk", ignore_errors=True)
    address = f"http://127.0.0.1:{_port(port, '')}"
    return Loading(_started(out, address, str(out), "--wait"), address)


def load_desk(out: Path, port: int, begun: Loading | None = None) -> str:
    """Load OUT/home with an invented world, a month of work and the findings of OUT, unless the same Mapae has done so.

    begun: the loading that is under way. The desk's address. MapaeError where loading fails.
    """
    known = _about(out)
    if desk_loaded(out):
        address = f"http://127.0.0.1:{_port(port, known['address'])}"
        if known["address"] != address:
            _end(out, _started(out, address, "--moved-from", known["address"]))
    else:
        begun = begun or begin_loading(out, port)
        address = begun.address
        _end(out, begun.process)
    (out / "desk.json").write_text(json.dumps({"stamp": stamp(), "address": address}), "utf-8")
    return address


def _about(out: Path) -> dict[str, str]:
    """What was noted of the desk loaded last: stamp and address; empty where none was."""
    place = out / "desk.json"
    known: dict[str, str] = json.loads(place.read_text("utf-8")) if place.is_file() else {}
    return known


@contextmanager
def desk_serving(out: Path, address: str) -> Iterator[subprocess.Popen[bytes]]:
    """The desk's processes while open; it has answered before the body runs. MapaeError where it does not."""
    log = (out / "desk.log").open("wb")
    command = [sys.executable, "-c", _START, "serve", "--port", address.rpartition(":")[2]]
    command += ["--follow", str(os.getpid())]
    process = subprocess.Popen(command, env=_environment(out, address), stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(process, f"{address}/tour", out / "desk.log")
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


def _environment(out: Path, address: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "MAPAE_HOSTS")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "mapae.desk.settings",
        "MAPAE_HOME": str((out / "home").resolve()),
        "MAPAE_PUBLIC_URL": address,
        "MAPAE_TRAINING": "1",
    }


def _started(out: Path, address: str, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "mapae.desk.training.load", *words]
    return subprocess.Popen(
        command, env=_environment(out, address), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _end(out: Path, process: subprocess.Popen[str]) -> None:
    said, wrong = process.communicate()
    if process.returncode != 0:
        last = (wrong or said).strip().splitlines()[-1:] or ["no words"]
        raise MapaeError(f"the training desk could not be loaded: {last[0]}", where=str(out / "home"))


def _port(wish: int, before: str) -> int:
    """The port asked for, else the one of last time, else the usual one, else any that is free."""
    for port in filter(None, (wish, int(before.rpartition(":")[2] or 0), _PORT)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        try:
            answer = httpx.get(address, timeout=20.0, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.2)
            continue
        if answer.status_code == 200 and "</html>" in answer.text:
            return
        raise MapaeError(f"the desk's first page did not come (status {answer.status_code})", where=address)
    raise MapaeError("the desk did not start", where=str(log), mend="read what it wrote there")
