"""The page of the product check: what is known, what was taken down or reported, nothing else; and its feed."""

from __future__ import annotations

from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client

from mapae.desk.cases.models import CaseItem
from mapae.desk.helpline.models import Complaint
from mapae.desk.publication.cells import least
from tests.desk.answered import served
from tests.desk.consuming import feed_faults
from tests.desk.letters import NOON

pytestmark = pytest.mark.slow

PLACE = "https://lumibay.example/i/777"


def page(text: str, language: str = "en") -> str:
    answer = Client().get("/check", {"q": text}, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "Recalled"), ("ko", "리콜"), ("zh-hans", "召回")])
def test_a_recalled_product_is_told_with_source_day_and_article(language: str, words: str) -> None:
    shown = page("Rival brand griddle XJ-14207", language)
    assert words in shown
    assert "CPSC" in shown and "16062" in shown
    assert "2016-01-12" in shown
    assert "https://www.cpsc.gov/" in shown
    assert {"en": "stop using it", "ko": "쓰지 말고", "zh-hans": "停止使用"}[language] in shown


@pytest.mark.django_db
def test_a_blocked_ingredient_is_told_with_what_customs_does() -> None:
    shown = page("멜ㄹㅏ토닌 5mg 구미 60정", "ko")
    assert "반입 차단 원료" in shown and "통관에서 막힐 수 있습니다" in shown and "쓰지 말고" not in shown


@pytest.mark.django_db
def test_nothing_known_is_not_called_safe_and_markup_is_inert() -> None:
    shown = page("<script>alert(1)</script> 면 양말")
    assert "That does not mean it is safe" in shown
    assert "<script>alert" not in shown


def test_an_address_that_was_taken_down_is_told_only_once_it_was_seen_gone(world: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False):
        item = served(world).items.first()
        item.url = PLACE
        item.save()
        assert "Taken down" not in page(f"look {PLACE}")
        CaseItem.objects.filter(pk=item.pk).update(state="removed", removed_at=NOON)
        assert "Taken down" in page(f"look {PLACE}")
        assert "Taken down" in page("http://m.lumibay.example/i/777/?utm_source=kakao#top")
        assert "Taken down" not in page("https://lumibay.example/i/778")


def test_complaints_on_an_address_are_told_only_when_they_are_not_few(world: SimpleNamespace) -> None:
    def filed(number: int) -> Complaint:
        return Complaint(
            number=f"H-{number}",
            link_digest=f"{number}",
            relay=f"r{number}",
            listing_url=PLACE,
            received_at=NOON,
            language="ko",
        )

    Complaint.objects.bulk_create(filed(number) for number in range(least() - 1))
    assert "complaints name this address" not in page(PLACE)
    Complaint.objects.bulk_create([filed(least())])
    assert f"{least()} complaints name this address" in page(PLACE)


@pytest.mark.django_db
def test_notices_come_as_a_feed() -> None:
    answer = Client().get("/check/alerts.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(answer.content).findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 50 and feed_faults(answer.content) == []


@pytest.mark.django_db
def test_calls_of_one_address_are_limited_by_the_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mapae.desk.api.limits.OPEN_A_MINUTE", 2)
    with time_machine.travel(NOON, tick=False):
        answers = [Client().get("/check", {"q": "면 양말"}) for _ in range(3)]
        empty = Client().get("/check")
    assert [each.status_code for each in answers] == [200, 200, 429] and answers[2]["Retry-After"]
    assert empty.status_code == 200


@pytest.mark.django_db
def test_the_api_tells_the_same_and_counts_the_same_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mapae.desk.api.limits.OPEN_A_MINUTE", 2)
    with time_machine.travel(NOON, tick=False):
        told = Client().get("/api/v1/check", {"q": "Rival brand griddle XJ-14207"}).json()
        assert [(row["reference_id"], row["sure"]) for row in told["known"]] == [("cpsc:16062", True)]
        assert told["notices"] > 1000 and (told["taken_down"], told["reported"]) == (0, 0)
        assert Client().get("/check", {"q": "x"}).status_code == 200
        assert Client().get("/api/v1/check", {"q": "x"}).status_code == 429
        assert Client().get("/check", {"q": "x"}).status_code == 429
