"""Which addresses may be asked: public ones only, or, where the rules say so, this machine only."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

__all__ = ["AddressRefused", "Resolver", "allowed", "checked", "checked_url", "system_resolver"]

Resolver = Callable[[str, int], Sequence[str]]
_NAT64 = ip_network("64:ff9b::/96")
_IN_V6 = ip_network("::/96")


class AddressRefused(Exception):
    """The host has an address that may not be asked."""


def system_resolver(host: str, port: int) -> Sequence[str]:
    """All addresses of a host, as the machine's resolver gives them; OSError where it knows none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def allowed(address: str, *, loopback: bool) -> bool:
    """Whether that address may be asked. Addresses that hold an IPv4 address (mapped, 6to4, Teredo, NAT64) are judged by
    it as well."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(ip)
    if loopback:
        return (inner or ip).is_loopback
    return _public(ip, inner) and "%" not in address


def checked(host: str, addresses: Sequence[str], *, loopback: bool) -> Sequence[str]:
    """The addresses, if every one may be asked: a mixed answer is how a name is turned against us."""
    if not addresses:
        raise OSError(f"{host} has no address")
    for address in addresses:
        if not allowed(address, loopback=loopback):
            raise AddressRefused(f"{host} is {address}")
    return addresses


def checked_url(address: str, ports: Sequence[int], *, loopback: bool) -> httpx.URL:
    """The address taken apart; AddressRefused for another scheme, a user in it, or a port that is not on the list."""
    url = httpx.URL(address)
    if url.scheme not in ("http", "https") or not url.host:
        raise AddressRefused(f"addresses of {url.scheme or 'no'} scheme are not fetched")
    if url.userinfo:
        raise AddressRefused("an address with a user in it is not fetched")
    port = url.port or (443 if url.scheme == "https" else 80)
    if port not in ports and not loopback:
        raise AddressRefused(f"port {port} is not on the list")
    return url


def _public(ip: IPv4Address | IPv6Address, inner: IPv4Address | None) -> bool:
    if inner is not None:
        return inner.is_global and not inner.is_multicast
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _inner(ip: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for, if it does."""
    if isinstance(ip, IPv4Address):
        return None
    if ip in _NAT64 or (ip in _IN_V6 and int(ip) > 1):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
