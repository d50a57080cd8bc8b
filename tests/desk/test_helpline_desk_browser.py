"""An officer takes a call in Chromium, hands the complaint over, the agent answers: axe-clean, and on a phone's width too."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from mapae.desk.helpline.models import Complaint
from tests.desk.browsing import chromium, faults, keep_picture, too_wide
from tests.desk.people import make_world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.apart,
    pytest.mark.django_db(transaction=True),
]
_SAID = "루미베이에서 산 치발기가 불량이라 부러졌어요. 환불을 안 해 줍니다."


class Desk:
    """A signed-in person's browser that notes what is wrong with each page it looks at."""

    def __init__(self, browser: Any, url: str, person: Any, language: str, width: int) -> None:
        client = Client()
        client.force_login(person)
        self.context = browser.new_context(locale=language, viewport={"width": width, "height": 800})
        cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": language}
        self.context.add_cookies(
            [{"name": name, "value": value, "url": url} for name, value in cookies.items()]
        )
        self.page, self.url, self.wrong = self.context.new_page(), url, []
        self.page.on("dialog", lambda dialog: dialog.accept())

    def look(self, place: str, name: str) -> Any:
        """Open a page and hold it against WCAG 2.2 AA and the width of the window."""
        if place:
            self.page.goto(f"{self.url}{place}")
        self.wrong += [f"{name}: {fault}" for fault in faults(self.page)]
        if wide := too_wide(self.page):
            self.wrong.append(f"{name}: {wide} px too wide")
        keep_picture(self.page, f"helpline-desk-{name}")
        return self.page

    def press(self, verb: str) -> None:
        """Open the verb's form if it is closed, and send it."""
        form = self.page.locator(f'form[action$="/do/{verb}"]')
        if not form.locator("button").last.is_visible():
            self.page.locator(f'details:has(form[action$="/do/{verb}"]) > summary').click()
        with self.page.expect_navigation():
            form.locator("button").last.click()


@pytest.mark.parametrize(("language", "width"), [("ko", 360), ("en", 1280)])
def test_a_call_becomes_a_complaint_that_the_agent_answers(
    desk_server: Any, language: str, width: int
) -> None:
    world = make_world(date(2026, 11, 25))
    with chromium() as browser:
        desk = Desk(browser, desk_server.url, world.dojin, language, width)
        page = desk.look("/complaints/new", f"new-{language}")
        page.fill('textarea[name="text"]', _SAID)
        page.fill('input[name="email"]', "jiwoo@mail.example")
        page.wait_for_selector("#live .badge", timeout=30_000)
        desk.look("", f"live-{language}")
        with page.expect_navigation():
            page.locator("main form button").last.click()
        made = Complaint.objects.get()
        place = f"/complaints/{made.number}"
        desk.look(place, f"complaint-{language}")
        desk.look(f"{place}/share", f"share-{language}")
        with page.expect_navigation():
            page.locator('button[value="agree"]').click()
        desk.press("hand_over")
        for queue in ("/complaints", "/complaints?queue=open&q=치발기", "/complaints/mass"):
            desk.look(queue, f"queue-{language}")
        agent = Desk(
            browser, desk_server.url, world.minjun, "zh-hans" if language == "en" else language, width
        )
        agent.look("/agent/complaints", f"agent-list-{language}")
        page = agent.look(f"/agent/complaints/{made.number}", f"agent-{language}")
        page.select_option('select[name="offer"]', "refund")
        page.locator('form[action$="/do/answer"] textarea').fill("전액 환불합니다.")
        agent.press("answer")
        agent.look("", f"answered-{language}")
        desk.look(place, f"officer-answered-{language}")
    made.refresh_from_db()
    assert (made.state, made.channel, made.owner) == ("answered", "phone", world.dojin)
    assert desk.wrong + agent.wrong == []
