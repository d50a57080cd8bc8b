"""Importing lists from addresses: redirects, headers, refusals, secrets."""

from __future__ import annotations

import gzip
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mapae.app.import_lists import ImportRequest, import_list
from mapae.app.import_lists_fetch import FetchLimits, fetch, without_secrets
from mapae.errors import InputError, UsageError
from tests.app.importing import FIRST, recall, run

HERE = FetchLimits(loopback=True)


@pytest.fixture(autouse=True)
def own_home(monkeypatch, tmp_path):
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def store(tmp_path) -> Path:
    return tmp_path / "store"


@contextmanager
def serving(answers: dict[str, tuple[int, dict[str, str], bytes]]):
    """A server on the loopback; seen: headers of each request by path."""
    seen: dict[str, dict[str, str]] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path = self.path.partition("?")[0]
            seen[path] = dict(self.headers)
            status, headers, body = answers.get(path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()


def test_a_list_is_fetched_from_its_address_through_a_redirect_and_no_key_is_stored(tmp_path, store):
    body = json.dumps({"resultCode": "2000", "resultData": [recall(1)]}).encode()
    answers = {
        "/old": (302, {"Location": "/api/recallList.json"}, b""),
        "/api/recallList.json": (200, {"Content-Type": "application/json"}, body),
    }
    with serving(answers) as (host, seen):
        address = f"{host}/old?serviceKey=abc123&conditionKey=all"
        request = ImportRequest(
            "safetykorea",
            (address,),
            FIRST,
            store=store,
            fetch=FetchLimits(headers={"AuthKey": "hidden"}, loopback=True),
        )
        assert import_list(request).written.rows == 1
    assert seen["/api/recallList.json"]["AuthKey"] == "hidden"
    meta = (store / "recalls/safetykorea/meta.json").read_text("utf-8")
    assert "abc123" not in meta
    assert "hidden" not in meta
    assert f"{host}/old" in meta


def test_headers_do_not_follow_to_another_host(tmp_path):
    data = {"/data": (200, {"Content-Type": "text/csv"}, b"a,b\n1,2\n")}
    leading: dict[str, tuple[int, dict[str, str], bytes]] = {}
    with serving(data) as (there, seen), serving(leading) as (here, _):
        leading["/go"] = (302, {"Location": f"{there}/data"}, b"")
        fetch(f"{here}/go", tmp_path, FetchLimits(headers={"AuthKey": "hidden"}, loopback=True))
    assert "AuthKey" not in seen["/data"]


@pytest.mark.parametrize(
    ("answer", "limits", "words"),
    [
        ((200, {"Content-Type": "text/html"}, b"<html>"), HERE, "text/html, no data"),
        ((503, {}, b""), HERE, "answers 503"),
        (
            (200, {"Content-Length": "99999"}, b"x"),
            FetchLimits(size=100, loopback=True),
            "99,999 bytes, more than 100",
        ),
        ((200, {}, b"x" * 5000), FetchLimits(size=100, loopback=True), "more than 100 bytes"),
        ((302, {"Location": "/page"}, b""), HERE, "leads on more than 5 times"),
        ((200, {}, b"x" * 5000), FetchLimits(total=-1, loopback=True), "took more than"),
    ],
)
def test_an_answer_that_is_no_list_is_refused_with_its_reason(tmp_path, answer, limits, words):
    with serving({"/page": answer}) as (host, _), pytest.raises(InputError, match=words) as error:
        fetch(f"{host}/page", tmp_path, limits)
    assert error.value.mend


@pytest.mark.parametrize("address", ["ftp://example.org/list.csv", "file:///etc/hosts"])
def test_only_http_and_https_are_fetched(tmp_path, store, address):
    with pytest.raises(UsageError, match="are not fetched"):
        run("csv", address, store, list="terms")


def test_a_redirect_to_a_file_is_not_followed(tmp_path):
    answers = {"/go": (302, {"Location": "file:///etc/hosts"}, b"")}
    with serving(answers) as (host, _), pytest.raises(UsageError, match="are not fetched"):
        fetch(f"{host}/go", tmp_path, HERE)


def test_a_server_that_is_silent_or_absent_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot be reached"):
        fetch("http://127.0.0.1:9/list", tmp_path, HERE)


def test_addresses_lose_their_secrets():
    address = (
        "https://user:pass@api.example.org/api/0123456789abcdef0123/I2715/json/1/9?serviceKey=s3&type=json#x"
    )
    assert (
        without_secrets(address) == "https://api.example.org/api/***/I2715/json/1/9?serviceKey=***&type=json"
    )


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/list", "http://10.1.2.3/list", "http://[::1]/list", "https://u:p@example.org/x"],
)
def test_an_address_inside_a_network_or_with_a_user_is_not_asked(tmp_path, address):
    with pytest.raises(UsageError, match="may not be asked") as error:
        fetch(address, tmp_path)
    assert "u:p" not in str(error.value)


def test_a_packed_answer_is_unpacked_within_the_limit(tmp_path):
    packed = {"Content-Encoding": "gzip", "Content-Type": "text/csv"}
    answers = {
        "/a": (200, packed, gzip.compress(b"a,b\n1,2\n")),
        "/b": (200, packed, gzip.compress(b"0" * 10_000_000)),
    }
    with serving(answers) as (host, _):
        assert fetch(f"{host}/a", tmp_path, HERE).read_bytes() == b"a,b\n1,2\n"
        with pytest.raises(InputError, match="more than 1,000 bytes"):
            fetch(f"{host}/b", tmp_path, FetchLimits(size=1000, loopback=True))
