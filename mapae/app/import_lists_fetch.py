"""Fetches a list from its address: http or https only, few redirects, bounded in size and time, data and no web page."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import httpx

from mapae.errors import InputError, UsageError

__all__ = ["FetchLimits", "fetch", "is_address", "without_secrets"]

_SECRET = re.compile(r"key|token|secret|passw|auth|signature", re.IGNORECASE)
_KEY_IN_PATH = re.compile(r"(?=[0-9a-zA-Z]*\d)[0-9a-zA-Z]{16,}|[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml", "image/", "video/", "audio/", "font/")


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """size: bytes of the answer. redirects: how many are followed. wait: seconds without a byte. total: seconds in all."""

    size: int = 512 << 20
    redirects: int = 5
    wait: float = 30.0
    total: float = 900.0
    headers: Mapping[str, str] = field(default_factory=dict)


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
    clock: Callable[[], float] = time.monotonic,
) -> Path:
    """The answer as a file in the folder. Headers given go to the first host only.

    UsageError for another scheme than http and https; InputError for whatever is wrong with the answer.
    """
    target = folder / "fetched"
    ends = clock() + limits.total
    shown = without_secrets(address)
    timeout = httpx.Timeout(limits.wait)
    try:
        with httpx.Client(timeout=timeout, follow_redirects=False) as client:
            here, headers = _allowed(address, shown), dict(limits.headers)
            for _ in range(limits.redirects + 1):
                with client.stream("GET", here, headers=headers) as answer:
                    if answer.is_redirect:
                        there = _allowed(urljoin(here, answer.headers.get("location", "")), shown)
                        headers = headers if _same_host(here, there) else {}
                        here = there
                        continue
                    _check(answer, shown, limits)
                    _save(answer, target, shown, limits, ends, progress, clock)
                    return target
    except httpx.TimeoutException as error:
        raise _wrong(shown, f"no byte came for {limits.wait:.0f} s") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _wrong(shown, f"it cannot be reached: {error}") from error
    raise _wrong(shown, f"it leads on more than {limits.redirects} times")


def _allowed(address: str, shown: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            f"addresses of {parts.scheme or 'no'} scheme are not fetched", where=shown,
            mend="give an http or https address, or a file",
        )  # fmt: skip
    return address


def _same_host(here: str, there: str) -> bool:
    old, new = urlsplit(here), urlsplit(there)
    return old.netloc == new.netloc and not (old.scheme == "https" and new.scheme == "http")


def _check(answer: httpx.Response, shown: str, limits: FetchLimits) -> None:
    if answer.status_code != httpx.codes.OK:
        raise _wrong(shown, f"the server answers {answer.status_code} {answer.reason_phrase}")
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind.startswith(_PAGES):
        raise _wrong(shown, f"the answer is {kind}, no data")
    length = answer.headers.get("content-length", "")
    if length.isdigit() and int(length) > limits.size:
        raise _wrong(shown, f"the answer has {int(length):,} bytes, more than {limits.size:,}")


def _save(
    answer: httpx.Response, target: Path, shown: str, limits: FetchLimits, ends: float,
    progress: Callable[[int], None], clock: Callable[[], float],
) -> None:  # fmt: skip
    got = 0
    with target.open("wb") as file:
        for piece in answer.iter_bytes(1 << 16):
            got += len(piece)
            if got > limits.size:
                raise _wrong(shown, f"the answer has more than {limits.size:,} bytes")
            if clock() > ends:
                raise _wrong(shown, f"the answer took more than {limits.total:.0f} s")
            file.write(piece)
            progress(got)


def _wrong(shown: str, what: str) -> InputError:
    return InputError(what, where=shown, mend="open it in a browser; or download the file and import that")
