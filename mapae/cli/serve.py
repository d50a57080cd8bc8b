"""`mapae serve`: the desk on an address, with its outbox worker."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from mapae.cli.desk import manage, setup
from mapae.cli.spoken import say

__all__ = ["app"]

app = typer.Typer(add_completion=False, rich_markup_mode=None)
_START = "from mapae.cli.main import main; main()"
# threads of a web process: each holds a connection to the database, and more than these only wait for one another
_THREADS, _KEPT = 8, 600  # how many; seconds an idle one is kept


@app.command(epilog="Example: mapae serve --port 8000")
def serve(
    host: str = typer.Option("127.0.0.1", "--host", help="address to listen on"),
    port: int = typer.Option(8000, "--port", min=1, max=65535),
    workers: int = typer.Option(1, "--workers", min=1, help="web processes"),
    follow: int = typer.Option(0, "--follow", hidden=True, help="end with the process of this number"),
) -> None:
    """Serve the desk and hand over what waits in the outbox, until stopped."""
    os.environ.setdefault("MAPAE_PUBLIC_URL", f"http://{host}:{port}")
    setup()
    manage("migrate", verbosity=0, interactive=False)
    if follow:
        from mapae.desk.parent import end_with, ended

        end_with(follow, ended)
    with _worker():
        _serve(host, port, workers)


def _serve(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    say(f"the desk is on http://{host}:{port}/ (stop with Ctrl+C)")
    Granian(
        "mapae.desk.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        websockets=False,
        blocking_threads=_THREADS,
        blocking_threads_idle_timeout=_KEPT,
    ).serve()


@contextmanager
def _worker() -> Iterator[None]:
    """One outbox worker beside the web processes; it ends with this process, however that ends."""
    process = subprocess.Popen([sys.executable, "-c", _START, "desk", "work", "--follow", str(os.getpid())])
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()  # in the middle of a long round; the next start goes on where it was
