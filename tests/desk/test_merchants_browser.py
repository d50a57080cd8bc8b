"""A merchant on a phone, in Chromium: reports with a photo and a document, is joined to a case, stays unknown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from mapae.desk.accounts.models import User
from mapae.desk.bodies.models import Body
from mapae.desk.merchants.models import MerchantReport
from mapae.desk.training.faces import faces
from tests.desk.browsing import chromium, faults, keep_picture, too_wide
from tests.desk.test_merchants_files import WHO, docx, jpeg
from tests.desk.touring import begin

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SHOP, WORDS = "반짝상회", "반짝상회의 정산금 12,345,600원이 2026년 5월 3일부터 보류되었습니다."
NEVER = (SHOP, "12,345,600", "help@banjjak.example", "Banjjak", "5월 3일")


class Seat:
    """A browser of one person that keeps pictures and what is wrong with the pages."""

    def __init__(self, browser: Any, url: str, name: str, width: int) -> None:
        self.page = browser.new_context(locale="ko", viewport={"width": width, "height": 800}).new_page()
        self.url, self.name, self.wrong = url, name, []
        self.page.on("dialog", lambda dialog: dialog.accept())

    def look(self, name: str) -> None:
        """Note violations of WCAG and what is wider than the window; keep a picture."""
        self.wrong += [f"{self.name} {name}: {fault}" for fault in faults(self.page)]
        if wide := too_wide(self.page):
            self.wrong.append(f"{self.name} {name}: {wide} px too wide")
        keep_picture(self.page, f"merchants-{self.name}-{name}")

    def go(self, place: str) -> None:
        """Open a page of the desk."""
        self.page.goto(place if "://" in place else f"{self.url}{place}")

    def press(self, selector: str) -> None:
        """Press and wait for the next page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def become(self, person: str) -> None:
        """Take a person of the training desk."""
        self.go("/tour")
        self.page.locator('select[name="person"]').select_option(person)
        self.press('select[name="person"] + button, label + button')


def officer_of_the_competent_body() -> str:
    """The key of an officer's face whose body takes reports of merchants."""
    kftc, _made = Body.objects.get_or_create(
        key="kftc", defaults={"name_ko": "공정거래위원회", "name_en": "Korea Fair Trade Commission"}
    )
    for face in faces():
        found = User.objects.filter(email__startswith=f"{face.key}@", role="officer").first()
        if found is not None:
            found.body = kftc
            found.save()
            return face.key
    raise AssertionError("training mode has no officer")


def agents_words(seat: Seat) -> str:
    """Every page that the agent reaches by links from its start, as text and source."""
    seen: dict[str, str] = {}
    waiting = [
        "/agent",
        "/agent/merchants",
        "/agent/complaints",
        "/agent/figures",
        "/search?q=정산",
        "/merchants/figures",
    ]
    while waiting and len(seen) < 40:
        place = waiting.pop(0)
        answer = seat.page.request.get(f"{seat.url}{place}")
        seen[place] = answer.text() if "text" in answer.headers.get("content-type", "") else ""
        waiting += [
            link
            for link in re.findall(r'href="(/agent[^"#]*)"', seen[place])
            if link not in {*seen, *waiting}
        ]
    return "\n".join(seen.values())


def test_a_merchant_reports_and_stays_unknown_to_the_platform(
    settings: Any, desk_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path))
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    cache.clear()
    begin(settings, desk_server.url)
    files = [tmp_path / f"{SHOP}.jpg", tmp_path / f"{SHOP} 정산.docx"]
    for file, content in zip(files, (jpeg(), docx()), strict=True):
        file.write_bytes(content)
    with chromium() as browser:
        merchant = Seat(browser, desk_server.url, "phone", 390)
        merchant.go("/merchants")
        merchant.look("1-form")
        page = merchant.page
        page.check('input[name="matter"][value="settlement"]')
        page.fill("#operator_told", "루미베이")
        page.fill("#text", WORDS)
        page.set_input_files("#files", [str(file) for file in files])
        page.check('input[name="confidence"][value="anonymous"]')
        assert not page.is_visible("#shop"), "an anonymous report asks for no name"
        page.check('input[name="confidence"][value="body"]')
        assert page.is_visible("#shop") and page.is_visible("#email"), "who may be named finds where"
        page.check('input[name="confidence"][value="disclosed"]')
        page.fill("#shop", SHOP)
        page.fill("#email", "help@banjjak.example")
        merchant.press("main form button:not([type=button])")
        assert "/merchants/f/" in page.url
        merchant.look("2-sent")
        report = MerchantReport.objects.get()

        officer = Seat(browser, desk_server.url, "officer", 1280)
        officer.become(officer_of_the_competent_body())
        officer.go("/merchant-reports")
        officer.look("3-queue")
        officer.press(f'a[href$="{report.number}"]')
        officer.look("4-report")
        file = officer.page.request.get(f"{desk_server.url}/merchant-reports/{report.number}/files/1").body()
        assert WHO.encode() not in file and b"Exif" not in file
        officer.press('form[action$="/join"] button')
        officer.page.fill("#tell", WORDS)
        officer.page.check('input[name="files"][value="2"]')
        officer.press('form[action$="/disclose"] button')
        officer.look("5-asked")

        page.reload()
        merchant.look("6-consent")
        merchant.press('button[value="agree"]')
        page.locator("#kind").evaluate("each => each.closest('details').open = true")
        page.select_option("#kind", "rank")
        page.fill("#rows", "\n".join(f"2026-05-{day:02d}, {9 + day % 3}" for day in range(1, 20)))
        merchant.press('button[value="series"]')
        merchant.look("7-values")

        agent = Seat(browser, desk_server.url, "agent", 1280)
        agent.become("minjun")
        agent.go("/agent/merchants")
        agent.look("8-told")
        words = agents_words(agent)
        assert "보류되었습니다" in words, "what was agreed to is there"
        assert [word for word in (*NEVER, report.number) if word in words] == []
        told = agent.page.request.get(
            f"{desk_server.url}{agent.page.locator('article a[href*=merchants]').get_attribute('href')}"
        )
        assert told.status == 200 and WHO.encode() not in told.body() and SHOP not in str(told.headers)
        wrong = [*merchant.wrong, *officer.wrong, *agent.wrong]
        assert wrong == [], "\n".join(wrong)
