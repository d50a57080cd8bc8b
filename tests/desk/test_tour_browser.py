"""Real Chromium walks the tour in Korean and English, on a desk and on a phone; axe-core finds nothing, pictures are kept."""

from __future__ import annotations

import pytest

from mapae.desk.training.tour_acts import ACTS
from tests.desk.browsing import chromium, faults, keep_picture, too_wide
from tests.desk.touring import begin

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.apart,
    pytest.mark.django_db(transaction=True),
]
_SEEN = {"en": "You have seen it all.", "ko": "모두 둘러보았습니다."}
_ASIDE = ("tour/jiwoo", "training/mail", "training/stall", "training/shop/lumibay")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_tour_is_walked_in_a_browser(settings, desk_server, language: str, width: int) -> None:  # type: ignore[no-untyped-def]
    begin(settings, desk_server.url)
    name = f"{language}-{width}"
    with chromium() as browser:
        page = browser.new_page(locale=language, viewport={"width": width, "height": 900})
        heard: list[str] = []
        page.on("console", lambda line: heard.append(line.text) if line.type == "error" else None)
        page.on(
            "request",
            lambda asked: heard.append(asked.url) if not asked.url.startswith(desk_server.url) else None,
        )
        page.goto(f"{desk_server.url}/tour")
        keep_picture(page, f"{name}-0-begin")
        for number, act in enumerate(ACTS, 1):
            page.locator(f'button[name="act"][value="{act.key}"]').click()
            page.wait_for_load_state()
            assert page.locator(".messages .error").count() == 0, page.locator(".messages").inner_text()
            keep_picture(page, f"{name}-{number}-{act.key}")
        assert _SEEN[language] in page.content()
        assert faults(page) == []
        assert too_wide(page) == 0
        for place in _ASIDE:
            page.goto(f"{desk_server.url}/{place}")
            assert faults(page) == [], place
            assert too_wide(page) == 0, place
            keep_picture(page, f"{name}-{place.replace('/', '-')}")
        assert heard == []


def test_a_person_is_changed_with_one_click_and_without_a_mouse(settings, desk_server) -> None:  # type: ignore[no-untyped-def]
    begin(settings, desk_server.url)
    with chromium() as browser:
        page = browser.new_page(locale="en", viewport={"width": 1280, "height": 900})
        page.goto(f"{desk_server.url}/tour")
        page.locator('select[name="person"]').focus()
        page.locator('select[name="person"]').select_option("minjun")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        assert "(Minjun)" in page.locator(".who .name").inner_text()
