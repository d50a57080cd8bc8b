"""Servers on this machine that behave badly, for the fetcher's tests."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["answer", "bomb", "serving"]

Handler = Callable[[socket.socket, str], None]


def answer(status: str = "200 OK", body: bytes = b"", **headers: str) -> bytes:
    """An HTTP answer; header names with _ for -."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    named = {"Content_Type": "text/html; charset=utf-8", **headers}
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in named.items() if value]
    return "\r\n".join([*lines, "", ""]).encode() + body


def bomb(size: int) -> bytes:
    """`size` zeros, packed."""
    return gzip.compress(b"0" * size)


@contextmanager
def serving(handler: Handler | bytes) -> Iterator[str]:
    """A server that gives each connection to the handler with the path asked for; yields its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    stop = threading.Event()

    def one(client: socket.socket) -> None:
        with client:
            try:
                client.settimeout(5)
                head = client.recv(65536).decode("latin-1")
                path = head.split(" ")[1] if " " in head else ""
                if isinstance(handler, bytes):
                    client.sendall(handler)
                else:
                    handler(client, path)
            except OSError:
                pass

    def loop() -> None:
        while not stop.is_set():
            try:
                client, _ = listener.accept()
            except TimeoutError:
                continue
            threading.Thread(target=one, args=(client,), daemon=True).start()

    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stop.set()
        thread.join(timeout=2)
        listener.close()


def drip(client: socket.socket, path: str) -> None:
    """A header without end, a byte at a time."""
    client.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(200):
        client.sendall(b"a")
        time.sleep(0.05)
