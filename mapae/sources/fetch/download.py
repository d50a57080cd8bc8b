"""Fetches a file of data to disk within the rules: the guarded connections of pages, any site, streamed and unpacked."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urljoin

import httpcore
import httpx

from mapae.sources.fetch.addresses import AddressRefused, Resolver, checked_url, system_resolver
from mapae.sources.fetch.network import Budget, GuardedNetwork
from mapae.sources.fetch.outcome import FetchOutcome, Hop
from mapae.sources.fetch.rules import FetchRules
from mapae.sources.fetch.unpack import TooLarge, Unreadable

__all__ = ["download"]

_REDIRECTS = (301, 302, 303, 307, 308)
_PAGES = ("text/html", "application/xhtml+xml", "image/", "video/", "audio/", "font/")


def download(
    address: str,
    target: Path,
    rules: FetchRules,
    *,
    headers: Mapping[str, str] | None = None,
    progress: Callable[[int], None] = lambda _: None,
    resolver: Resolver = system_resolver,
    clock: Callable[[], float] = time.monotonic,
) -> FetchOutcome:
    """GET an address into the file. headers: sent to the first host only. Never raises for what the other side does.

    The file is whole where the outcome is a `page` of status 200; its body is empty. A web page or picture is `no_page`.
    """
    budget = Budget(rules.total, clock)
    here, sent = address, dict(headers or {})
    try:
        for _ in range(rules.redirects + 1):
            url = checked_url(here, rules.ports, loopback=rules.loopback)
            network = GuardedNetwork(rules, resolver, budget)
            with (
                httpcore.ConnectionPool(network_backend=network, retries=0) as pool,
                pool.stream(
                    "GET", str(url), headers=_asked(url, rules, sent), extensions=_waits(rules)
                ) as answer,
            ):
                hop = _hop(url, network.address, answer)
                if hop.status in _REDIRECTS and hop.header("location"):
                    here = urljoin(here, hop.header("location"))
                    sent = sent if _same_host(url, here) else {}
                    continue
                return _saved(hop, answer, target, rules.size, progress)
    except (AddressRefused, httpx.InvalidURL, ValueError) as error:
        return FetchOutcome("refused", here, detail=str(error)[:200])
    except TooLarge as error:
        return FetchOutcome("too_large", here, detail=str(error)[:200])
    except Unreadable as error:
        return FetchOutcome("no_page", here, detail=str(error)[:200])
    except httpcore.TimeoutException as error:
        return FetchOutcome("too_slow", here, detail=str(error)[:200])
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        return FetchOutcome("unreachable", here, detail=(str(error) or type(error).__name__)[:200])
    return FetchOutcome("unreachable", here, detail=f"it leads on more than {rules.redirects} times")


def _asked(url: httpx.URL, rules: FetchRules, more: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        ("Host", url.netloc.decode("ascii")),
        ("User-Agent", rules.agent),
        ("Accept", "*/*"),
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
        *more.items(),
    ]


def _waits(rules: FetchRules) -> dict[str, dict[str, float]]:
    return {"timeout": {"connect": rules.connect, "read": rules.wait, "write": rules.wait}}


def _hop(url: httpx.URL, address: str, answer: httpcore.Response) -> Hop:
    headers = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in answer.headers)
    return Hop(str(url), address, (), answer.status, headers)


def _same_host(url: httpx.URL, there: str) -> bool:
    other = httpx.URL(there)
    return url.netloc == other.netloc and not (url.scheme == "https" and other.scheme == "http")


def _saved(
    hop: Hop, answer: httpcore.Response, target: Path, most: int, progress: Callable[[int], None]
) -> FetchOutcome:
    kind = hop.header("content-type").partition(";")[0].strip().casefold()
    if hop.status != httpx.codes.OK:
        return FetchOutcome("page", hop.url, hop.status)
    if kind.startswith(_PAGES):
        return FetchOutcome("no_page", hop.url, hop.status, detail=kind)
    length = hop.header("content-length")
    if length.isdigit() and int(length) > most:
        raise TooLarge(f"the answer has {int(length):,} bytes, more than {most:,}")
    size = 0
    with target.open("wb") as file:
        for piece in _unpacked(answer.iter_stream(), hop.header("content-encoding"), most):
            size += len(piece)
            if size > most:
                raise TooLarge(f"the answer has more than {most:,} bytes")
            file.write(piece)
            progress(size)
    return FetchOutcome("page", hop.url, hop.status)


def _unpacked(pieces: Iterable[bytes], encoding: str, most: int) -> Iterator[bytes]:
    """Pieces as they come, or unpacked from gzip, never more than `most` bytes of one piece."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        yield from pieces
        return
    if name not in ("gzip", "x-gzip"):
        raise Unreadable(f"packed as {name[:40]!r}")
    machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for piece in pieces:
            yield machine.decompress(piece, most + 1)
    except zlib.error as error:
        raise Unreadable(str(error)) from error
