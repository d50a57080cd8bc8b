"""The folder is shown on this machine only."""

from __future__ import annotations

import httpx
import pytest

from mapae.app.serve_folder import serve_folder
from mapae.errors import UsageError


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "index.html").write_text("<p>first page", "utf-8")
    (tmp_path / "inner").mkdir()
    return tmp_path


def _get(address: str, **options) -> httpx.Response:
    return httpx.get(address, trust_env=False, **options)


def test_the_first_page_comes_and_is_not_kept_by_the_browser(folder):
    with serve_folder(folder) as address:
        answer = _get(address)
    assert address.startswith("http://127.0.0.1:")
    assert answer.text == "<p>first page"
    assert answer.headers["cache-control"] == "no-store"


def test_another_name_for_this_machine_is_refused(folder):
    with serve_folder(folder) as address:
        assert _get(address, headers={"Host": "evil.example:80"}).status_code == 421


def test_nothing_outside_the_folder_and_no_listing_is_shown(folder):
    with serve_folder(folder) as address:
        assert _get(f"{address}inner/").status_code == 404
        assert _get(f"{address}..%2f..%2fetc/passwd").status_code == 404


def test_a_port_in_use_is_named_with_a_remedy(folder):
    with serve_folder(folder) as address:
        port = int(address.rsplit(":", 1)[1].strip("/"))
        with pytest.raises(UsageError, match="cannot be used") as caught, serve_folder(folder, port):
            raise AssertionError("the port was given out twice")
    assert "--port" in str(caught.value)
