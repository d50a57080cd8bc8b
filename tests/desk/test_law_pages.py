"""The law page: an article as of a day, its history, what depends on it; and that pages lead there."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from mapae.catalog import cards
from mapae.desk.citing import address, cited, key_of, laws, title_of
from mapae.desk.law import book
from mapae.workflow.clocks import clock_kinds
from mapae.workflow.force import document_kinds

pytestmark = pytest.mark.django_db


def _page(place: str, language: str = "ko") -> str:
    client = Client()
    client.cookies["django_language"] = language
    answer = client.get(place)
    assert answer.status_code == 200, place
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("language", "key", "words"),
    [
        ("ko", "ECA 20-5", "전자상거래법 제20조의5"),
        ("ko", "ECA 20-5(3)", "전자상거래법 제20조의5제3항"),
        ("ko", "PSF 12", "제품안전기본법 제12조"),
        ("en", "ECA 20-5", "E-Commerce Act Art. 20-5"),
        ("en", "ECA 20-5(3)", "E-Commerce Act Art. 20-5(3)"),
        ("zh-hans", "PSF 10-2", "产品安全基本法第10条之2"),
        ("ko", "no article", "no article"),
    ],
)
def test_an_article_is_cited_as_its_language_does(language: str, key: str, words: str) -> None:
    with translation.override(language):
        assert cited(key) == words


def test_every_law_of_the_pack_has_a_short_name_in_three_languages() -> None:
    short = laws("short")
    assert set(short) == set(book().pack.data("pack.yaml")["regimes"])
    assert [key for key, names in short.items() if not {"ko", "en", "zh"} <= set(names)] == []


def test_every_act_a_body_may_do_has_words() -> None:
    acts = {row["act"] for row in book().pack.data("competence.yaml")["acts"]}
    assert set(laws("acts")) == acts


def test_every_article_and_quantity_has_a_page(client: Client) -> None:
    pack = book().pack
    for key in [*pack.provisions, *pack.parameters]:
        place = address(key)
        assert key_of(place.rpartition("/")[2]) == key
        assert client.get(place).status_code == 200, key


def test_an_article_that_is_promulgated_says_so_before_its_day_and_that_it_is_in_force_after() -> None:
    before, after = _page("/law/ECA-20-5?on=2027-01-20"), _page("/law/ECA-20-5?on=2027-01-21")
    assert "이 날 효력이 있는 내용이 없습니다." in before and "공포됨, 시행 전" in before
    assert "이 날 효력이 있는 내용이 없습니다." not in after and "시행 중" in after


def test_the_page_names_reference_reading_day_and_official_text() -> None:
    page = _page("/law/PSF-10-2?on=2026-11-25")
    version = book().provision("PSF 10-2", date(2026, 11, 25))
    assert version is not None
    assert version.reference in page and version.checked_on.isoformat() in page
    assert "law.go.kr/법령/제품안전기본법/제10조의2" in page
    assert "삭제등의 권고" in page and "산업통상부" in page  # the document and the body that rest on it


def test_a_quantity_shows_its_value_with_its_unit_and_its_article() -> None:
    page = _page("/law/psf.10-2.report_period?on=2026-11-25")
    assert "10 일" in page and "제품안전기본법 시행령 제8조의5" in page and "조치 결과 보고" in page


def test_the_contents_are_searched_in_words_and_a_key_leads_to_its_page(client: Client) -> None:
    assert "국내대리인" in _page("/law?q=국내대리인")
    assert "해당하는 조문이 없습니다." in _page("/law?q=없는말")
    assert client.get("/law", {"q": "ECA 20-5"}).headers["Location"] == "/law/ECA-20-5"
    assert client.get("/law/NO-1").status_code == 404


def test_visitors_may_keep_the_page_and_those_with_an_account_keep_it_to_themselves(
    client: Client, world
) -> None:  # type: ignore[no-untyped-def]
    assert "public" in client.get("/law/ECA-20-5").headers["Cache-Control"]
    client.force_login(world.sora)
    answer = client.get("/law/ECA-20-5")
    assert "private" in answer.headers["Cache-Control"] and "Cookie" in answer.headers["Vary"]


def test_title_of_an_unknown_key_is_empty() -> None:
    assert title_of("XYZ 1") == "" and address("XYZ 1") == ""


def test_what_agents_sellers_and_letters_are_shown_of_law_has_chinese_headings() -> None:
    pack = book().pack
    shown = {kind.provision for kind in document_kinds(book()).values()}
    shown |= {pack.parameters[kind.length].provision for kind in clock_kinds(book()).values() if kind.length}
    shown |= {key for card in cards().values() for check in card.checks for key in check.provisions}
    known = pack.data("documents/form.yaml")["articles_zh"]
    assert shown - set(known) == set()
