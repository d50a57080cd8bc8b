"""A mail server on loopback for tests: keeps every message in a folder before it says yes, and can say no or hang up."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller


class Keeper:
    """Handles messages: writes each to a file of its own. answers: what to say first, in order; then always yes."""

    def __init__(self, folder: Path, answers: tuple[str, ...] = (), wait: float = 0.0) -> None:
        self.folder, self.answers, self.wait = folder, list(answers), wait
        self.places = itertools.count()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep it, then answer; `hang up` closes the connection after it was kept."""
        answer = self.answers.pop(0) if self.answers else "250 kept"
        if answer.startswith("4") or answer.startswith("5"):
            return answer
        (self.folder / f"{next(self.places):06d}.eml").write_bytes(envelope.content)
        time.sleep(self.wait)
        if answer == "hang up":
            server.transport.abort()
        return "250 kept"


@contextmanager
def mail_server(folder: Path, answers: tuple[str, ...] = (), wait: float = 0.0) -> Iterator[int]:
    """The port of a running server."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    controller = Controller(Keeper(folder, answers, wait), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def kept(folder: Path) -> Counter[str]:
    """Message-ID → how often the server took it."""
    return Counter(str(message_from_bytes(path.read_bytes())["Message-ID"]) for path in folder.glob("*.eml"))
