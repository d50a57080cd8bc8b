"""Connections of a guarded fetch: the name is resolved here, the address checked, and that address connected to."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Overdue
from typing import Any

import httpcore

from mapae.sources.fetch.addresses import Resolver, checked
from mapae.sources.fetch.rules import FetchRules

__all__ = ["Budget", "GuardedNetwork"]


class Budget:
    """The seconds left of a fetch; every wait is cut to them, so that a byte a second does not go on for ever."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends = clock() + seconds

    def cut(self, seconds: float | None) -> float:
        """So many seconds, or what is left; ReadTimeout where nothing is."""
        left = self._ends - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for the whole fetch ran out")
        return left if seconds is None else min(seconds, left)


class GuardedNetwork(httpcore.NetworkBackend):
    """Connects to checked addresses only. `address`: the one that was last connected to."""

    def __init__(self, rules: FetchRules, resolver: Resolver, budget: Budget) -> None:
        self._rules, self._resolver, self._budget = rules, resolver, budget
        self._sockets = httpcore.SyncBackend()
        self.address = ""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check every address, connect to the first that answers. AddressRefused, httpcore.ConnectError."""
        problem: Exception = httpcore.ConnectError("no address")
        for address in checked(host, self._resolved(host, port), loopback=self._rules.loopback):
            limit = self._budget.cut(self._rules.connect)
            try:
                stream = self._sockets.connect_tcp(
                    address, port, timeout=limit, socket_options=socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
                continue
            self.address = address
            return _Timed(stream, self._budget)
        raise problem

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Never."""
        raise httpcore.ConnectError("local sockets are not fetched")

    def _resolved(self, host: str, port: int) -> list[str]:
        """The resolver's answer within the time for a connection; a resolver cannot be stopped, so it is left behind."""
        pool = ThreadPoolExecutor(1)
        try:
            return list(pool.submit(self._resolver, host, port).result(self._budget.cut(self._rules.connect)))
        except Overdue:
            raise httpcore.ConnectTimeout("the name was not resolved in time") from None
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


class _Timed(httpcore.NetworkStream):
    """A stream whose every wait is cut to what is left of the whole."""

    def __init__(self, stream: httpcore.NetworkStream, budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._budget.cut(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._budget.cut(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        limit = self._budget.cut(timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, limit), self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
