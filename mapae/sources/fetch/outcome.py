"""What came of a fetch, by kind, with every answer on the way as it was sent."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["OUTCOMES", "FetchOutcome", "Hop"]

OUTCOMES = {
    "page": "an answer was read to its end, whatever its status",
    "refused": "our own guard forbids the address",
    "unreachable": "no connection, no such host, or no HTTP",
    "too_slow": "the time ran out",
    "too_large": "more bytes than allowed, as sent or as unpacked",
    "off_site": "it leads to another site",
    "no_page": "the answer is no text, or packed in a way we do not read",
    "later": "the host asked for patience; nothing was sent",
}


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer. address: the IP that was asked; body: as sent, still packed."""

    url: str
    address: str
    asked: tuple[tuple[str, str], ...]
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    def header(self, name: str) -> str:
        """The first header of that name, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """kind: of OUTCOMES; url: where it ended; body: unpacked, of a page only; detail: more of what went wrong."""

    kind: str
    url: str
    status: int = 0
    body: bytes = b""
    detail: str = ""
    hops: tuple[Hop, ...] = ()

    @property
    def content_type(self) -> str:
        """The media type the last answer names, in small letters."""
        return self.hops[-1].header("content-type").partition(";")[0].strip().lower() if self.hops else ""
