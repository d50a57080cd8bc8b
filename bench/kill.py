"""Kills (-9) the desk in its midst: while it imports, sends, answers and looks; KILL_ROUNDS times each."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from typing import Any

from bench import Absent, Row

TITLE = "Killed (-9) in its midst"
INTRO = (
    "A worker is started, killed at a drawn moment, and started again, KILL_ROUNDS times (1,000) in each work, on SQLite; "
    "then it may end. *Lost*: findings, letters, answers or looks that are not there at the end; *twice*: those that are "
    "there, or were sent, more than once; *torn*: moments after a kill at which a submission was there in part. A letter "
    "that was being sent when its worker died is never sent again by itself: it is *in doubt* until a person has looked."
)
ROUNDS = int(os.environ.get("KILL_ROUNDS", "1000"))
_SEED = 11
_PATIENCE = 6 * 3600.0


def main() -> list[Row]:
    """The four works, by the programs of the desk's own tests."""
    try:
        import aiosmtpd  # noqa: F401
    except ImportError as error:
        raise Absent("the desk's packages for tests are not installed") from error
    os.environ.setdefault("MAPAE_SECRET_KEY", "only for the bench")
    os.environ.pop("DATABASE_URL", None)
    return [_row(work.__name__.strip("_"), work) for work in (_importing, _sending, _answering, _verifying)]


def _row(what: str, work: Callable[[Path], dict[str, Any]]) -> Row:
    print(f"bench: kill: {what}", file=sys.stderr)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder, "tables")  # where the tests' own start keeps a migrated database
        tables.mkdir()
        os.environ["MAPAE_TEST_HOME"] = str(tables)
        found = work(Path(folder))
    return Row(what, {**found, "minutes": (time.perf_counter() - start) / 60})


def _importing(folder: Path) -> dict[str, Any]:
    with _desk(folder) as run:
        left = run("import_killer", folder / "out")
    lost = left["rows"] - min(left["different"], left["subjects"], left["counted"], left["done"])
    return _told(left, left["rows"], lost, left["findings"] - left["different"])


def _sending(folder: Path) -> dict[str, Any]:
    from tests.desk.mailserver import kept, mail_server

    box = folder / "box"
    box.mkdir()
    with mail_server(box, wait=0.01) as port:
        mail = {"KEPT": str(box), "MAPAE_SMTP": f"smtp://127.0.0.1:{port}", "MAPAE_MAIL_ARRIVES": "accepted"}
        with _desk(folder, **mail) as run:
            left = run("outbox_killer")
    sent = kept(box)
    doubt = sum(state == "in_doubt" for state in left["rows"].values())
    told = _told(left, len(left["rows"]), len(set(left["rows"]) - set(sent)), sum(sent.values()) - len(sent))
    return {**told, "in doubt": doubt}


def _answering(folder: Path) -> dict[str, Any]:
    with _desk(folder) as run:
        left = run("answers_killer")
    told = _told(left, left["items"], left["items"] - left["different"], left["answers"] - left["different"])
    return {**told, "torn": left["torn"], "faults in the audit chain": left["chain_faults"]}


def _verifying(folder: Path) -> dict[str, Any]:
    from tests.sources.fetch.servers import answer, serving

    def sell(client: socket, path: str) -> None:
        client.sendall(answer("404 Not Found", b"<h1>404</h1>"))

    with serving(sell) as address, _desk(folder) as run:
        left = run("looks_killer", address)
    return _told(left, left["items"], left["items"] - left["checked"], left["checks"] - left["checked"])


def _told(left: dict[str, Any], things: int, lost: int, twice: int) -> dict[str, Any]:
    return {"rounds": ROUNDS, "killed": left["killed"], "things": things, "lost": lost, "twice": twice}


@contextmanager
def _desk(folder: Path, **more: str) -> Iterator[Callable[..., dict[str, Any]]]:
    from tests.desk.killing import killed_desk, run_killer

    with killed_desk(folder, **more) as env:
        yield lambda program, *words: run_killer(program, env, ROUNDS, _SEED, *words, patience=_PATIENCE)
