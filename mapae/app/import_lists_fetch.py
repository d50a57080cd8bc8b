"""Fetches a list from its address by the guarded fetcher, and says in words what went wrong; addresses without secrets."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from mapae.errors import InputError, UsageError
from mapae.sources.fetch import FetchOutcome, FetchRules
from mapae.sources.fetch.download import download

__all__ = ["FetchLimits", "fetch", "is_address", "without_secrets"]

_SECRET = re.compile(r"key|token|secret|passw|auth|signature", re.IGNORECASE)
_KEY_IN_PATH = re.compile(r"(?=[0-9a-zA-Z]*\d)[0-9a-zA-Z]{16,}|[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
_PORTS = (80, 443, 8080, 8081, 8443)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """size: bytes of the answer. redirects: how many are followed. wait: seconds without a byte. total: seconds in all.
    loopback: only this machine may be asked, at any port; else only public addresses at the usual ports.
    """

    size: int = 512 << 20
    redirects: int = 5
    wait: float = 30.0
    total: float = 900.0
    headers: Mapping[str, str] = field(default_factory=dict)
    loopback: bool = False


def is_address(text: str) -> bool:
    """Whether this is meant as an address (`scheme://…`) and not as a file."""
    return bool(re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", text))


def without_secrets(address: str) -> str:
    """The address as it may be stored: no user, no password, no values of keys and tokens."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    query = [(name, "***" if _SECRET.search(name) else value) for name, value in parse_qsl(parts.query, True)]
    path = "/".join("***" if _KEY_IN_PATH.fullmatch(step) else step for step in parts.path.split("/"))
    return urlunsplit((parts.scheme, host, path, urlencode(query, safe="*"), ""))


def fetch(
    address: str,
    folder: Path,
    limits: FetchLimits = FetchLimits(),
    progress: Callable[[int], None] = lambda _: None,
) -> Path:
    """The answer as a file in the folder. Headers given go to the first host only.

    UsageError for an address that may not be asked; InputError for whatever is wrong with the answer.
    """
    target, shown = folder / "fetched", without_secrets(address)
    rules = FetchRules(
        loopback=limits.loopback, ports=_PORTS, wait=limits.wait, total=limits.total, size=limits.size,
        redirects=limits.redirects,
    )  # fmt: skip
    outcome = download(address, target, rules, headers=limits.headers, progress=progress)
    if outcome.kind == "page" and outcome.status == HTTPStatus.OK:
        return target
    if outcome.kind == "refused":
        raise UsageError(
            f"it may not be asked: {outcome.detail}", where=shown,
            mend="give a public http or https address, or download the file and import that",
        )  # fmt: skip
    raise InputError(
        _said(outcome, limits), where=shown, mend="open it in a browser; or download the file and import that"
    )


def _said(outcome: FetchOutcome, limits: FetchLimits) -> str:
    if outcome.kind == "page":
        names = {status.value: status.phrase for status in HTTPStatus}
        return f"the server answers {outcome.status} {names.get(outcome.status or 0, '')}".rstrip()
    return {
        "no_page": f"the answer is {outcome.detail}, no data",
        "too_slow": f"it took more than {limits.wait:.0f} s for a byte, or {limits.total:.0f} s in all",
        "unreachable": f"it cannot be reached: {outcome.detail}",
    }.get(outcome.kind, outcome.detail)
