"""Pace, sites and addresses, each by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.sources.fetch.addresses import AddressRefused, allowed, checked
from mapae.sources.fetch.pace import Pace, retry_after
from mapae.sources.fetch.site import same_site, site_of


def test_the_pause_doubles_with_each_refusal_and_ends_with_an_answer() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0], gap=2.0, first=30.0)
    pace.asked("a.example")
    assert (pace.wait("a.example"), pace.wait("b.example")) == (2.0, 0.0)
    waits = []
    for _ in range(9):
        pace.answered("a.example", 503)
        waits.append(pace.wait("a.example"))
    assert waits[:3] == [30.0, 60.0, 120.0] and waits[-1] == 3600.0
    pace.answered("a.example", 200)
    pace.answered("a.example", 429, 7.0)
    assert pace.wait("a.example") == 7.0


def test_retry_after_is_read_as_seconds_or_as_a_date() -> None:
    now = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    assert retry_after("120") == 120.0
    assert retry_after("Wed, 25 Nov 2026 03:01:00 GMT", now) == 60.0
    assert retry_after("Wed, 25 Nov 2026 02:00:00 GMT", now) == 0.0
    assert retry_after("soon") is None and retry_after("") is None


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.shop.example", "shop.example"), ("m.shop.co.kr", "shop.co.kr"), ("shop.co.kr", "shop.co.kr"),
        ("ko.item.shop.com", "shop.com"), ("127.0.0.1", "127.0.0.1"), ("localhost", "localhost"), ("a.co", "a.co"),
    ],
)  # fmt: skip
def test_the_site_is_what_somebody_registered(host: str, site: str) -> None:
    assert site_of(host) == site


def test_further_hosts_of_an_operator_count_as_its_site() -> None:
    assert same_site("www.shop.example", "m.shop.example")
    assert not same_site("shop.example", "shop.other")
    assert same_site("shop.example", "img.shop.other", also=("shop.other",))
    assert not same_site("a.co.kr", "b.co.kr")


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_an_ipv6_address_is_judged_alike(inner: IPv4Address) -> None:
    plain = allowed(str(inner), loopback=False)
    number = int(inner)
    for wrapped in (f"::ffff:{inner}", f"64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}"):
        assert allowed(wrapped, loopback=False) == plain
    assert not allowed(str(inner), loopback=True) or inner.is_loopback


def test_no_address_and_no_number_are_refused() -> None:
    with pytest.raises(OSError, match="no address"):
        checked("shop.example", [], loopback=False)
    with pytest.raises(AddressRefused):
        checked("shop.example", ["shop"], loopback=False)
    assert not allowed("2001:4860:4860::8888%eth0", loopback=False)
    assert allowed("2001:4860:4860::8888", loopback=False)
