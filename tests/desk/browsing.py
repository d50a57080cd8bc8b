"""Chromium for the tests marked `browser`: pages in a language and a width, their pictures, and what axe-core says."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's own loop runs in the test's thread

PICTURES = Path(__file__).parents[2] / "build" / "tour"
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
)
_RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}


@contextmanager
def chromium() -> Iterator[Any]:
    """A Chromium without a screen; the test is skipped where none is installed."""
    from playwright.sync_api import sync_playwright

    place = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if place is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def faults(page: Any) -> list[str]:
    """Violations of WCAG 2.2 A and AA on the page, one a line with the first place that has it."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=_RULES).response["violations"]
    return [f"{row['id']}: {row['nodes'][0]['html'][:160]}" for row in found]


def too_wide(page: Any) -> int:
    """By how many pixels the page is wider than its window; 0 where it is not."""
    return int(page.evaluate("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"))


def keep_picture(page: Any, name: str) -> None:
    """The whole page as PNG under build/tour, where MAPAE_PICTURES asks for it: drawing takes as long as the walk."""
    if not os.environ.get("MAPAE_PICTURES"):
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{name}.png"), full_page=True)
