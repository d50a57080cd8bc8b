"""What a fetch may do: where it may go, how long and how large it may be, under which name it comes."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FetchRules"]

_AGENT = "Mapae/1 (market surveillance by public authority; checks that recalled and illegal goods are gone)"


@dataclass(frozen=True, slots=True)
class FetchRules:
    """Limits of one fetch, all redirects together.

    loopback: only this machine may be asked, at any port (training, tests); else only public addresses at `ports`.
    connect, wait, total: seconds for a connection, for a byte, in all; size: bytes, as sent and as unpacked; redirects: most
    that are followed; kinds: content types that count as a page (a page that names none is read too).
    """

    loopback: bool = False
    ports: tuple[int, ...] = (80, 443)
    connect: float = 5.0
    wait: float = 10.0
    total: float = 30.0
    size: int = 8 << 20
    redirects: int = 5
    kinds: tuple[str, ...] = ("text/html", "application/xhtml+xml", "text/plain", "application/json")
    agent: str = _AGENT
