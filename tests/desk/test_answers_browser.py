"""The pages on objections to letters, on law and on two-part letters keep nobody out, on a desk and on a phone."""

from __future__ import annotations

import pytest
from django.test import Client

from mapae.desk.answers.models import Reply
from mapae.desk.cases.actions import run
from mapae.desk.documents.models import Document
from mapae.desk.training.world import person
from tests.desk.browsing import chromium, faults, keep_picture, too_wide
from tests.desk.touring import begin, walk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.apart,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 360), ("zh-CN", 360)])
def test_objections_law_and_letters_are_open_to_everybody(
    settings, desk_server, language: str, width: int
) -> None:  # type: ignore[no-untyped-def]
    case = begin(settings, desk_server.url)
    walk(Client(), until="remove")
    document = Document.objects.get(case=case)
    run("object", person("minjun"), case, document=document, reply={"text": "다른 모델입니다 (예시)"})
    objection = Reply.objects.get(kind="objection")
    places = {
        "": ("law", "law/PSF-10-2", "law/ECA-20-5", "law/psf.12.decision_period", f"letters/{document.code}"),
        "hana": (f"objections/{objection.pk}", "contests?show=letters", f"documents/{document.code}/replies"),
        "sora": (f"documents/{document.code}", f"cases/{case.number}/documents/new?kind=guidance&language=zh"),
        "minjun": (
            f"agent/letters/{document.code}/objection", f"agent/letters/{document.code}", f"agent/cases/{case.number}",
        ),
    }  # fmt: skip
    wrong = []
    with chromium() as browser:
        for key, chosen in places.items():
            page = browser.new_context(locale=language, viewport={"width": width, "height": 900}).new_page()
            if key:
                page.goto(f"{desk_server.url}/tour")
                page.locator('select[name="person"]').select_option(key)
                page.locator('select[name="person"] + button, label + button').first.click()
                page.wait_for_load_state()
            for place in chosen:
                answer = page.goto(f"{desk_server.url}/{place}")
                assert answer.status == 200, place
                wrong += [f"/{place}: {fault}" for fault in faults(page)]
                if wide := too_wide(page):
                    wrong.append(f"/{place}: {wide} pixels too wide")
                name = place.partition("?")[0].replace("/", "-")
                keep_picture(page, f"answers-{language}-{width}-{name}")
    assert wrong == []
