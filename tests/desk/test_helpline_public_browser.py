"""A consumer on a phone, in Chromium: files, withdraws, follows, declines, goes to mediation, is told; in two languages."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from mapae.desk import environment
from mapae.desk.documents.outbox import run_outbox
from mapae.desk.documents.worker import transports
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.models import Complaint
from mapae.desk.training.world import person
from tests.desk.browsing import chromium, faults, keep_picture, too_wide
from tests.desk.touring import begin

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.apart,
    pytest.mark.django_db(transaction=True),
]
_SAID = {
    "ko": (
        "루미베이에서 산 아기 치발기가 부러지고 아이 입 주위에 발진이 생겼습니다.",
        "루미베이",
        "재판상 화해",
    ),
    "en": (
        "The baby teether I bought on Lumibay broke and my child has a rash.",
        "Lumibay",
        "settlement in court",
    ),
}


class Phone:
    """A browser of a consumer's phone that keeps pictures of the pages and what is wrong with them."""

    def __init__(self, browser: Any, url: str, language: str, width: int = 390) -> None:
        self.context = browser.new_context(locale=language, viewport={"width": width, "height": 800})
        self.context.add_cookies([{"name": "django_language", "value": language, "url": url}])
        self.page, self.url, self.language, self.wrong = self.context.new_page(), url, language, []
        self.page.on("dialog", lambda dialog: dialog.accept())

    def look(self, name: str) -> None:
        """Note violations of WCAG and what is wider than the phone; keep a picture."""
        self.wrong += [f"{name}: {fault}" for fault in faults(self.page)]
        if wide := too_wide(self.page):
            self.wrong.append(f"{name}: {wide} px too wide")
        keep_picture(self.page, f"helpline-{self.language}-{name}")

    def press(self, selector: str) -> None:
        """Press and wait for the next page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()


def mails() -> list[Any]:
    """The messages in the training desk's mailbox, the newest last."""
    run_outbox(transports())
    places = sorted(environment.store("mail").glob("*.eml"), key=lambda place: place.stat().st_mtime_ns)
    return [message_from_bytes(place.read_bytes(), policy=policy.default) for place in places]


def text_of(mail: Any) -> str:
    """The words of the message."""
    return str(mail.get_body(("plain",)).get_content())


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing counted yet (calls are, by minute and hour), and a mailbox that no other test writes to at the same time."""
    cache.clear()
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_consumer_is_heard_from_the_form_to_the_outcome(
    settings: Any, desk_server: Any, language: str
) -> None:
    begin(settings, desk_server.url)
    text, shop, settled = _SAID[language]
    with chromium() as browser:
        phone = Phone(browser, desk_server.url, language)
        page = phone.page
        page.goto(f"{phone.url}/help")
        phone.look("1-questions")
        page.fill("#text", text)
        page.fill("#purchased_on", "2026-09-10")
        page.fill("#delivered_on", "2026-09-18")
        page.fill("#operator_told", shop)
        phone.press("main form button")
        assert "2026-10-22" in page.inner_text("main")
        phone.look("2-known-at-once")
        page.fill("[name=product]", "teether")
        page.fill("[name=order_number]", "LB-0918")
        page.fill("#amount", "35000")
        page.check("[name=remedy][value=refund]")
        page.fill("#email", "jiwoo@mail.example")
        phone.press("button[value=send]")
        phone.look("3-filed")
        made, follow = Complaint.objects.get(), page.url
        assert made.channel == "web" and made.state == "advised" and made.language == language

        page.goto(f"{follow}/withdrawal")
        phone.look("4-letter")
        phone.press("button[value=send]")
        assert any(
            mail["To"] == "agent@handeul.example" and mail.is_attachment() is False for mail in mails()
        )
        page.wait_for_selector("#proof:not([hx-get])", timeout=15_000)
        assert "2026-09-22" in page.inner_text("#proof")
        phone.look("5-proof")

        page.goto(f"{follow}/share")
        phone.look("6-what-is-sent")
        page.check("[name=agree]")
        phone.press("button[value=agree]")
        assert "2026-09-29" in page.inner_text("main")  # three business days, Chuseok between
        phone.look("7-with-the-agent")

        made.refresh_from_db()
        run("answer", person("minjun"), made, offer="refused", text="No refund.")
        other = Phone(browser, desk_server.url, language)
        other.page.goto(follow)
        assert "No refund." not in other.page.content()
        other.look("8-by-address-only")
        other.press("button[value=ask]")
        (sent,) = (
            mail for mail in mails() if "/help/f/" not in text_of(mail) and mail["To"] == "jiwoo@mail.example"
        )
        code = re.search(r"(?<!\d)\d{6}(?!\d)", text_of(sent))
        assert code
        other.page.fill("[name=code]", code[0])
        other.press("main form:has([name=code]) button")
        assert "No refund." in other.page.content()
        other.look("9-answer")
        for verb in ("decline", "apply_redress", "apply_mediation"):
            form = other.page.locator(f"form:has(input[value={verb}])")
            if form.locator("textarea").count():
                other.page.locator(f"details:has(input[value={verb}]) > summary").click()
            if verb == "apply_redress":  # who applies is named; the form had left it open
                form.locator("[name=name]").fill("Jiwoo")
                other.look("9b-who-applies")
            with other.page.expect_navigation():
                form.locator("button").click()
        made.refresh_from_db()
        assert made.state == "mediation"
        other.look("10-mediation")

        run("propose", person("dojin"), made, text="Refund of 35,000 won.")
        other.page.reload()
        other.press("form:has(input[value=accept_proposal]) button")
        made.refresh_from_db()
        run("accept_proposal", person("minjun"), made)
        told = [mail for mail in mails() if mail["To"] == "jiwoo@mail.example"]
        assert len(told) >= 4 and sum(follow in text_of(mail) for mail in told) == len(told) - 1
        other.page.reload()
        assert settled in other.page.inner_text("main")
        other.look("11-outcome")
        assert phone.wrong + other.wrong == [], "\n".join(phone.wrong + other.wrong)


def test_the_pages_reflow_at_four_hundred_percent_and_work_without_scripts(
    settings: Any, desk_server: Any
) -> None:
    begin(settings, desk_server.url)
    with chromium() as browser:
        context = browser.new_context(
            java_script_enabled=False, locale="ko", viewport={"width": 390, "height": 800}
        )
        plain = context.new_page()
        plain.goto(f"{desk_server.url}/help")
        plain.fill("#text", _SAID["ko"][0])
        plain.fill("#delivered_on", "2026-09-18")
        plain.fill("#operator_told", "루미베이")
        plain.locator("main form button").click()
        plain.locator("button[value=send]").click()
        follow = plain.url
        assert "/help/f/" in follow and Complaint.objects.count() == 1
        narrow = Phone(browser, desk_server.url, "ko", width=320)  # 1280 px at 400 %
        narrow.context.add_cookies(context.cookies())
        places = [follow, f"{follow}/share", f"{follow}/withdrawal", f"{desk_server.url}/help"]
        places.append(
            f"{desk_server.url}/rights?ground=17(1)&delivered_on=2026-09-18&returned_on=2026-09-19&amount=1000"
        )
        for number, place in enumerate(places):
            narrow.page.goto(place)
            narrow.look(f"zoom-{number}")
        assert narrow.wrong == [], "\n".join(narrow.wrong)
