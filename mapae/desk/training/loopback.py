"""Serves the training desk on loopback while its month is played, so that verification fetches real pages of the shop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings

from mapae.errors import UsageError

__all__ = ["serving"]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serving() -> Iterator[None]:
    """The desk answers at settings.PUBLIC_URL meanwhile; UsageError where the port is taken."""
    from mapae.desk.wsgi import application

    port = urlsplit(settings.PUBLIC_URL).port or 80
    try:
        server = make_server("127.0.0.1", port, application, _Server, _Quiet)
    except OSError as error:
        raise UsageError(
            f"port {port} cannot be used: {error.strerror}", where="MAPAE_PUBLIC_URL", mend="choose another"
        ) from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
