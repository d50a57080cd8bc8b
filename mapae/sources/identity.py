"""Who sells and which listing it is, read from addresses: platform, listing id, currency of the shop's country."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pyarrow as pa
import pyarrow.compute as pc
import yaml

from mapae.model.records import Kind
from mapae.sources.money import domain_currency

__all__ = ["currencies", "home_of", "item_of", "platform_of", "with_identity"]

_HOST = r"(?i)^(?:https?:)?//(?:www\.|m\.)?(?P<host>[^/?#:]+)"


@cache
def _table() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(
        (Path(__file__).parent / "profiles/platforms.yaml").read_text("utf-8")
    )
    return {
        "hosts": [(host, name) for name, entry in data["platforms"].items() for host in entry["hosts"]],
        "homes": data["homes"],
        "items": {
            name: [re.compile(pattern) for pattern in entry.get("item", ())]
            for name, entry in data["platforms"].items()
        },
        "tracking": re.compile(data["tracking"]),
    }


@lru_cache(maxsize=16_384)
def platform_of(host: str) -> str:
    """The platform's name for a host, the host itself where it is not known."""
    host = host.casefold().removeprefix("www.").removeprefix("m.")
    for known, name in _table()["hosts"]:
        if host == known or host.endswith("." + known) or (known.endswith(".") and f".{known}" in f".{host}"):
            return str(name)
    return host


def home_of(host: str) -> str | None:
    """The address of the platform whose pictures come from this host."""
    homes: dict[str, str] = _table()["homes"]
    return next((home for known, home in homes.items() if host == known or host.endswith("." + known)), None)


def item_of(url: str) -> str:
    """A stable listing id for an address: the platform's own item number, else `url-` and 16 hex digits.

    The hash leaves out the fragment and parameters that only track.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return _hashed(url)
    for pattern in _table()["items"].get(platform_of(host), ()):
        if match := pattern.search(f"{parts.path}?{parts.query}"):
            return "-".join(group for group in match.groups() if group)
    tracking = _table()["tracking"]
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not tracking.match(pair[0])))
    return _hashed(f"{host.removeprefix('www.').removeprefix('m.')}{parts.path.rstrip('/')}?{query}")


def _hashed(text: str) -> str:
    return "url-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def with_identity(kind: Kind, done: dict[str, pa.Array], constants: Mapping[str, str]) -> dict[str, pa.Array]:
    """Fill nulls: constants of the layout; of a listing also platform and id by its address."""
    for name, value in constants.items():
        if name in done and done[name].null_count:
            done[name] = pc.fill_null(done[name], value)
    if kind.name == "listing":
        _by_address(done)
    return done


def currencies(kind: Kind, done: Mapping[str, pa.Array]) -> pa.Array | None:
    """The money of the country of each listing's shop; None where no record lacks a currency or has an address."""
    if (
        kind.name != "listing"
        or not done["currency"].null_count
        or done["url"].null_count == len(done["url"])
    ):
        return None
    return _by_host(done["url"], domain_currency)


def _by_host(url: pa.Array, read: Callable[[str], str | None]) -> pa.Array:
    hosts = pc.struct_field(pc.extract_regex(url, _HOST), "host").dictionary_encode()
    return pa.array([read(name) for name in hosts.dictionary.to_pylist()], pa.string()).take(hosts.indices)


def _by_address(done: dict[str, pa.Array]) -> None:
    url = done["url"]
    if url.null_count == len(url):
        return
    if done["platform"].null_count:
        done["platform"] = pc.coalesce(done["platform"], _by_host(url, platform_of))
    key = done["listing_id"]
    if key.null_count:
        missing = pc.and_(key.is_null(), url.is_valid())
        fresh = pa.array([item_of(address) for address in url.filter(missing).to_pylist()], pa.string())
        done["listing_id"] = pc.replace_with_mask(key, missing, fresh)
