"""Fetches one page within the rules: each address on the way is checked anew, each answer is bounded and kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from urllib.parse import urljoin

import httpcore
import httpx

from mapae.sources.fetch.addresses import AddressRefused, Resolver, checked_url, system_resolver
from mapae.sources.fetch.network import Budget, GuardedNetwork
from mapae.sources.fetch.outcome import FetchOutcome, Hop
from mapae.sources.fetch.pace import Pace, retry_after
from mapae.sources.fetch.rules import FetchRules
from mapae.sources.fetch.site import same_site
from mapae.sources.fetch.unpack import TooLarge, Unreadable, read_body, unpacked

__all__ = ["Fetcher"]

_SLOW = (httpcore.TimeoutException,)
_BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, OSError)
_REDIRECTS = (301, 302, 303, 307, 308)


class Fetcher:
    """Fetches within its rules. patience: seconds it waits for its turn at a host; beyond that the outcome is `later`.

    resolver, clock, sleep: what it takes from the world, so that tests can give their own.
    """

    def __init__(
        self,
        rules: FetchRules = FetchRules(),
        *,
        pace: Pace | None = None,
        resolver: Resolver = system_resolver,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        patience: float = 5.0,
    ) -> None:
        self.rules = rules
        self.pace = pace or Pace(clock)
        self._resolver, self._clock, self._sleep, self._patience = resolver, clock, sleep, patience

    def fetch(self, address: str, *, language: str = "ko", sites: Iterable[str] = ()) -> FetchOutcome:
        """GET an address and follow it within the site. sites: further hosts that belong to it. Never raises for what
        the other side does."""
        budget = Budget(self.rules.total, self._clock)
        hops: list[Hop] = []
        here = address
        try:
            start = self._checked(address)
            for _ in range(self.rules.redirects + 1):
                url = self._checked(here)
                if not same_site(start.host, url.host, sites):
                    return FetchOutcome("off_site", here, detail=url.host, hops=tuple(hops))
                if not self._turn(url.host):
                    return FetchOutcome("later", here, hops=tuple(hops))
                hop = self._ask(url, language, budget)
                hops.append(hop)
                if hop.status not in _REDIRECTS or not hop.header("location"):
                    return self._read(hop, hops)
                here = urljoin(str(url), hop.header("location"))
        except (AddressRefused, httpx.InvalidURL, ValueError) as error:
            return FetchOutcome("refused", here, detail=str(error)[:200], hops=tuple(hops))
        except (TooLarge, *_SLOW) as error:
            kind = "too_large" if isinstance(error, TooLarge) else "too_slow"
            return FetchOutcome(kind, here, detail=str(error)[:200], hops=tuple(hops))
        except _BROKEN as error:
            detail = (str(error) or type(error).__name__)[:200]
            return FetchOutcome("unreachable", here, detail=detail, hops=tuple(hops))
        return FetchOutcome(
            "unreachable",
            here,
            detail=f"it leads on more than {self.rules.redirects} times",
            hops=tuple(hops),
        )

    def _checked(self, address: str) -> httpx.URL:
        return checked_url(address, self.rules.ports, loopback=self.rules.loopback)

    def _turn(self, host: str) -> bool:
        wait = self.pace.wait(host)
        if wait > self._patience:
            return False
        if wait:
            self._sleep(wait)
        self.pace.asked(host)
        return True

    def _ask(self, url: httpx.URL, language: str, budget: Budget) -> Hop:
        network = GuardedNetwork(self.rules, self._resolver, budget)
        asked = self._headers(url, language)
        waits = {"connect": self.rules.connect, "read": self.rules.wait, "write": self.rules.wait}
        with (
            httpcore.ConnectionPool(network_backend=network, retries=0) as pool,
            pool.stream("GET", str(url), headers=list(asked), extensions={"timeout": waits}) as answer,
        ):
            headers = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in answer.headers)
            hop = Hop(str(url), network.address, asked, answer.status, headers)
            self.pace.answered(url.host, hop.status, retry_after(hop.header("retry-after")))
            if hop.status in _REDIRECTS or not self._wanted(hop):
                return hop
            body = read_body(answer.iter_stream(), self.rules.size)
        return Hop(hop.url, hop.address, hop.asked, hop.status, hop.headers, body)

    def _headers(self, url: httpx.URL, language: str) -> tuple[tuple[str, str], ...]:
        """No cookies, no referrer: every look is that of a visitor who comes for the first time."""
        return (
            ("Host", url.netloc.decode("ascii")),
            ("User-Agent", self.rules.agent),
            ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"),
            ("Accept-Language", language),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        )

    def _wanted(self, hop: Hop) -> bool:
        kind = hop.header("content-type").partition(";")[0].strip().lower()
        return not kind or kind in self.rules.kinds

    def _read(self, hop: Hop, hops: list[Hop]) -> FetchOutcome:
        whole = tuple(hops)
        if not self._wanted(hop):
            detail = hop.header("content-type")[:80]
            return FetchOutcome("no_page", hop.url, hop.status, detail=detail, hops=whole)
        try:
            body = unpacked(hop.body, hop.header("content-encoding"), self.rules.size)
        except Unreadable as error:
            return FetchOutcome("no_page", hop.url, hop.status, detail=str(error), hops=whole)
        return FetchOutcome("page", hop.url, hop.status, body=body, hops=whole)
