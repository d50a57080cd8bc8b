"""The report in a real browser: on a phone, in the other language, filtered, with hostile listings."""

from __future__ import annotations

import shutil

import pytest

from tests.report.test_html import finding, page
from tests.report.test_overview import page as overview

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def view(browser, tmp_path):
    rows = [
        finding(finding_id="1" * 32, severity="high"),
        finding(finding_id="2" * 32, severity="low", measure="illegal_ads", subject_title="상품 " * 60),
        finding(finding_id="3" * 32, severity="low", subject_title="x" * 280),
    ]
    counts = {
        ("counterfeits", "c", "high"): 1,
        ("counterfeits", "c", "low"): 1,
        ("illegal_ads", "a", "low"): 1,
    }
    path = tmp_path / "report.html"
    path.write_text(page(shown=rows, counts=counts), "utf-8")
    window = browser.new_page(viewport={"width": 360, "height": 740})
    window.said = []
    window.on("console", lambda message: window.said.append(message.text))
    window.on("dialog", lambda dialog: (window.said.append(dialog.message), dialog.dismiss()))
    window.asked = []
    window.on("request", lambda request: window.asked.append(request.url))
    window.goto(path.as_uri())
    yield window
    window.close()


def test_it_fits_a_phone_without_scrolling_sideways(view):
    assert view.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_runs_and_nothing_is_fetched_but_the_file_itself(view):
    assert view.said == []
    assert [url[:7] for url in view.asked] == ["file://"]


def test_the_other_language_is_one_click_away(view):
    assert view.locator("h1").inner_text() == "Screening report"
    view.get_by_text("한국어", exact=True).click()
    assert view.locator("h1").inner_text() == "점검 결과 보고서"
    assert view.evaluate("document.documentElement.lang") == "ko"


def test_filters_leave_what_fits_and_say_how_many(view):
    view.select_option("#by-severity", "low")
    assert view.locator(".finding:visible").count() == 2
    view.select_option("#by-measure", "illegal_ads")
    assert view.locator("#count").inner_text() == "1"
    view.fill("#by-text", "no such word")
    assert view.locator(".finding:visible").count() == 0


def test_on_paper_the_filters_are_gone_and_the_findings_stay(view):
    view.emulate_media(media="print")
    assert not view.locator("#filters").is_visible()
    assert view.locator(".finding:visible").count() == 3


def test_the_overview_fits_a_phone_and_asks_for_nothing(browser, tmp_path):
    path = tmp_path / "index.html"
    path.write_text(overview(language="ko"), "utf-8")
    window = browser.new_page(viewport={"width": 360, "height": 740})
    asked = []
    window.on("request", lambda request: asked.append(request.url))
    window.goto(path.as_uri())
    assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert len(asked) == 1
    assert window.locator("h1").inner_text() == "마패 둘러보기"
    window.close()
