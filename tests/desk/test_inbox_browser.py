"""The inbox in a real browser: decided by keyboard, focus kept, no rule of accessibility broken, also on a phone."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desk.findings_files import finding, listing, write_run
from tests.desk.migrated import copy_file
from tests.desk.people import PASSWORD

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium"),
]
_ROOT = Path(__file__).parents[2]
_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_FILL = """
import sys
from datetime import date
from pathlib import Path
from mapae.cli.desk import setup
setup()
from tests.desk.people import make_world
from mapae.desk.findings.intake import import_run
make_world(date(2026, 11, 25))
import_run(Path(sys.argv[1]))
"""
_SERVE = """
import sys
from wsgiref.simple_server import make_server
from mapae.desk.wsgi import application
make_server("127.0.0.1", int(sys.argv[1]), application).serve_forever()
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a desk of its own with twelve findings of one seller."""
    place = tmp_path_factory.mktemp("desk")
    env = {**os.environ, "MAPAE_HOME": str(place / "home"), "MAPAE_LANGUAGE": "en"}
    env["DATABASE_URL"] = copy_file(place / "desk.sqlite3")
    rows = [finding(number) for number in range(12)]
    folder = write_run(place / "out", rows, [listing(number) for number in range(12)])
    subprocess.run([sys.executable, "-c", _FILL, str(folder)], env=env, cwd=_ROOT, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVE, port], env=env, cwd=_ROOT, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    _wait(address)
    yield address
    server.terminate()
    server.wait()


def _wait(address: str) -> None:
    for _ in range(1000):  # a busy machine takes long to start Python
        try:
            urllib.request.urlopen(f"{address}/sign-in", timeout=5)
            return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("the desk does not answer")


@pytest.fixture
def window(desk: str) -> Iterator[Any]:
    """Sora, signed in; errors the page tells and addresses it asks for are kept."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGS)
        page = browser.new_page(locale="en", viewport={"width": 1280, "height": 900}, base_url=desk)
        page.said, page.asked = [], []
        page.on("console", lambda message: message.type == "error" and page.said.append(message.text))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto("/sign-in")
        page.fill("input[name=username]", "sora@desk.example")
        page.fill("input[name=password]", PASSWORD)
        page.click("main button")
        page.goto("/inbox")
        yield page
        browser.close()


def test_findings_are_decided_by_keyboard_and_the_place_is_kept(window: Any, desk: str) -> None:
    window.keyboard.press("j")
    window.keyboard.press("a")
    window.wait_for_selector("tr:nth-child(1) [data-key=u]:focus")
    window.keyboard.press("j")
    window.keyboard.press("1")
    window.wait_for_selector("tr:nth-child(2) [data-key=u]:focus")
    assert "Wrong product" in window.inner_text("tbody tr:nth-child(2)")
    window.keyboard.press("u")
    window.wait_for_selector("tr:nth-child(2) [data-key=a]:focus")
    window.goto("/inbox?state=accepted")
    assert window.locator("[data-row]").count() == 1
    window.goto("/inbox?state=rejected")
    assert window.locator("[data-row]").count() == 0
    window.goto("/inbox")
    window.keyboard.press("j")
    window.keyboard.press("Enter")
    window.wait_for_selector("#decide")
    assert window.said == []
    assert all(url.startswith(desk) for url in window.asked)


@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_breaks_a_rule_of_accessibility_or_runs_over_a_phone(window: Any, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    window.set_viewport_size({"width": width, "height": 800})
    for address in (
        "/inbox",
        "/inbox?state=accepted",
        "/inbox/5",
        "/inbox/sellers",
        "/inbox/seller?id=S-77",
        "/inbox/precision",
    ):
        window.goto(address)
        broken = Axe().run(window, options={"runOnly": _RULES}).response["violations"]
        assert [rule["id"] for rule in broken] == [], address
        assert window.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
