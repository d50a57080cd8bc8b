"""Whether two hosts are of one site, told by their last labels."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["same_site", "site_of"]

_SECOND = frozenset("ac co com edu go gov kr mil ne net or org re pe".split())


def site_of(host: str) -> str:
    """The part of a host name that is registered: `m.shop.co.kr` → `shop.co.kr`. An IP address is its own site."""
    labels = host.rstrip(".").lower().split(".")
    if labels[-1].isdigit() or ":" in host:
        return host
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND else 2
    return ".".join(labels[-keep:])


def same_site(host: str, other: str, also: Iterable[str] = ()) -> bool:
    """Whether `other` is of the site of `host`, or of one of `also`."""
    return site_of(other) in {site_of(host), *(site_of(name) for name in also)}
