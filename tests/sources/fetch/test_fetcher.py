"""The guarded fetcher against servers that lie, leak, drip and explode."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from mapae.sources.fetch import Fetcher, FetchRules, Pace
from tests.sources.fetch.servers import answer, bomb, drip, serving

LOCAL = FetchRules(loopback=True, connect=1, wait=1, total=2, size=100_000)


def _fetcher(rules: FetchRules = LOCAL, **more: object) -> Fetcher:
    return Fetcher(rules, pace=Pace(time.monotonic, gap=0.0), **more)  # type: ignore[arg-type]


def test_a_page_comes_with_all_that_was_asked_and_answered() -> None:
    page = "<h1>몽몽 치발기</h1>".encode()
    with serving(answer(body=page)) as address:
        found = _fetcher().fetch(f"{address}/i/1?x=1", language="zh")
    assert (found.kind, found.status, found.body, found.content_type) == ("page", 200, page, "text/html")
    hop = found.hops[0]
    assert hop.address == "127.0.0.1" and ("Accept-Language", "zh") in hop.asked
    assert hop.body == page and not {"Cookie", "Referer"} & {name for name, _ in hop.asked}


def test_a_packed_page_is_unpacked_and_kept_packed() -> None:
    packed = gzip.compress(b"<p>hello</p>")
    with serving(answer(body=packed, Content_Encoding="gzip")) as address:
        found = _fetcher().fetch(address)
    assert found.body == b"<p>hello</p>" and found.hops[0].body == packed


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (answer(body=b"x" * 200_000), "too_large"),
        (answer(body=bomb(50_000_000), Content_Encoding="gzip"), "too_large"),
        (answer(body=b"\x89PNG", Content_Type="image/png"), "no_page"),
        (answer(body=b"abc", Content_Encoding="br"), "no_page"),
        (answer(body=b"not gzip", Content_Encoding="gzip"), "no_page"),
        (b"this is no HTTP\r\n\r\n", "unreachable"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort", "unreachable"),
        (b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"b" * 300_000 + b"\r\n\r\n", "unreachable"),
        (b"", "unreachable"),
    ],
)
def test_what_is_too_much_or_no_page_has_a_kind_of_its_own(reply: bytes, kind: str) -> None:
    with serving(reply) as address:
        assert _fetcher().fetch(address).kind == kind


def test_a_byte_now_and_then_does_not_hold_us_longer_than_the_whole_may_take() -> None:
    ended = threading.Event()

    def to_the_end(client: socket.socket, path: str) -> None:
        drip(client, path)
        ended.set()

    with serving(to_the_end) as address:
        found = _fetcher(replace(LOCAL, total=0.5)).fetch(address)
        assert found.kind == "too_slow" and not ended.is_set()


def test_a_resolver_that_never_answers_does_not_hold_us() -> None:
    released, answered = threading.Event(), threading.Event()

    def stuck(host: str, port: int) -> Sequence[str]:
        released.wait(60)
        answered.set()
        return ["127.0.0.1"]

    try:
        found = _fetcher(replace(LOCAL, connect=0.2), resolver=stuck).fetch("http://slow.example/")
        assert found.kind == "too_slow" and not answered.is_set()
    finally:
        released.set()


def test_nobody_listening_and_no_such_host_are_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert _fetcher().fetch(f"http://127.0.0.1:{port}/").kind == "unreachable"

    def none(host: str, port: int) -> Sequence[str]:
        raise OSError("unknown name")

    assert _fetcher(resolver=none).fetch("http://nowhere.example/").kind == "unreachable"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://10.0.0.8/", "http://192.168.1.1/", "http://169.254.169.254/latest",
        "http://100.64.0.1/", "http://[fe80::1]/", "http://[fd00::1]/", "http://224.0.0.1/", "http://0.0.0.0/",
        "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://shop.example:22/", "http://me:pw@shop.example/",
        "ftp://shop.example/", "file:///etc/passwd", "gopher://shop.example/", "http:///",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_or_no_web_are_refused_without_a_connection(address: str) -> None:
    found = Fetcher(FetchRules(total=2)).fetch(address)
    assert (found.kind, found.hops) == ("refused", ()), found


def test_a_name_is_resolved_once_and_the_checked_address_is_the_one_connected_to() -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with serving(answer(body=b"ok")) as address:
        port = address.rpartition(":")[2]
        fetcher = _fetcher(resolver=rebinding)
        first = fetcher.fetch(f"http://shop.example:{port}/")
        second = fetcher.fetch(f"http://shop.example:{port}/")
    assert (first.kind, first.hops[0].address, len(asked)) == ("page", "127.0.0.1", 2)
    assert second.kind == "refused" and not second.hops


def test_one_private_address_among_public_ones_refuses_the_whole_name() -> None:
    rules = FetchRules(total=1)
    found = Fetcher(rules, resolver=lambda host, port: ["8.8.8.8", "192.168.0.1"]).fetch(
        "http://shop.example/"
    )
    assert found.kind == "refused" and "192.168.0.1" in found.detail


def test_in_training_no_other_machine_is_asked() -> None:
    found = _fetcher(resolver=lambda host, port: ["8.8.8.8"]).fetch("http://shop.example/")
    assert found.kind == "refused"


def _leading(to: str, status: str = "302 Found") -> bytes:
    return answer(status, Location=to)


def test_redirects_within_the_site_are_followed_and_kept() -> None:
    def shop(client: socket.socket, path: str) -> None:
        client.sendall(_leading("/item") if path == "/" else answer("410 Gone", b"gone"))

    with serving(shop) as address:
        found = _fetcher().fetch(f"{address}/")
    assert (found.kind, found.status, found.url, len(found.hops)) == ("page", 410, f"{address}/item", 2)


@pytest.mark.parametrize(
    ("to", "kind"),
    [
        ("http://10.0.0.1/", "off_site"), ("http://evil.example/", "off_site"), ("file:///etc/passwd", "refused"),
        ("//user:pw@127.0.0.1/", "refused"), ("/again", "unreachable"), ("http://[bad", "refused"),
    ],
)  # fmt: skip
def test_a_redirect_that_leads_astray_is_not_followed(to: str, kind: str) -> None:
    with serving(_leading(to)) as address:
        found = _fetcher().fetch(f"{address}/")
    assert found.kind == kind
    assert len(found.hops) == (6 if kind == "unreachable" else 1)


def test_a_redirect_to_a_name_of_the_same_site_with_a_private_address_is_refused() -> None:
    def two_faced(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"] if host == "www.shop.example" else ["192.168.0.1"]

    with serving(lambda client, path: client.sendall(_leading("http://m.shop.example/"))) as address:
        port = address.rpartition(":")[2]
        found = _fetcher(resolver=two_faced).fetch(f"http://www.shop.example:{port}/")
    assert found.kind == "refused" and "192.168.0.1" in found.detail and len(found.hops) == 1


def test_a_host_that_asks_for_patience_is_left_alone() -> None:
    now, slept = [0.0], []
    pace = Pace(lambda: now[0], gap=2.0)
    fetcher = Fetcher(LOCAL, pace=pace, sleep=slept.append)
    with serving(answer("429 Too Many Requests", Retry_After="120")) as address:
        assert fetcher.fetch(address).status == 429
        assert fetcher.fetch(address).kind == "later"
        now[0] = 121.0
        assert fetcher.fetch(address).kind == "page"
    assert not slept and pace.wait("127.0.0.1") == 120
