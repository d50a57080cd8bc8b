"""Official series on the public pages: as published, apart where they must be, downloadable, as known on a day."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mapae.desk.law import book
from mapae.measures.market_statistics.catalogue import catalogue
from mapae.report.series import figure_text
from tests.desk.publishing import answer_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOW, tick=False):
        yield


def _page(name: str, *args: str, language: str = "en", **query: str) -> str:
    answer = Client(headers={"accept-language": language}).get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_consultations_are_shown_as_published_with_ten_months_marked() -> None:
    page = _page("series", "kca.crossborder_consultations")
    for figure in ("14,086", "16,608", "19,418", "22,816", "30,066"):
        assert f">{figure}" in page
    assert "10 months" in page and "<svg" in page


def test_the_two_series_on_aliexpress_have_pages_of_their_own_that_say_why() -> None:
    union, agency = _page("series", "kcu.aliexpress"), _page("series", "kca.aliexpress")
    assert "Two bodies count" in union and "Two bodies count" in agency
    assert ">465<" in union and ">673<" not in union
    assert ">673<" in agency and ">465<" not in agency
    assert "두 기관의 통계" in _page("series", "kcu.aliexpress", language="ko")


def test_complaints_by_users_show_their_working_and_link_the_series_of_users() -> None:
    page = _page("series", "kca.aliexpress")
    assert "928 ÷ 9 months ÷ 8,180,000 users" in page and ">12.6<" in page
    assert f'href="{reverse("series", args=["wiseapp.aliexpress"])}?as-known-on=2026-11-25"' in page
    assert "이용자 백만 명당" in _page("series", "kca.aliexpress", language="ko")
    assert "Per million users" not in _page("series", "kcu.aliexpress")


def test_complaints_by_users_are_what_their_query_gives_from_the_file_of_all_series(tmp_path: Path) -> None:
    for key in ("kca.aliexpress", "kca.temu"):
        page = _page("series", key)
        rows = answer_of(Client(), reverse("series", args=[key]), tmp_path, at=1)
        assert rows and all(f">{row['per_million']:,.1f}<" in page for row in rows)
        assert page.count("months ÷") == len(rows)


def test_every_series_is_listed_and_every_figure_is_in_the_file() -> None:
    known = catalogue(book().pack)
    page = _page("series-list")
    assert all(reverse("series", args=[key]) in page for key in known.series)
    rows = list(csv.DictReader(io.StringIO(_page("series-csv").removeprefix("\ufeff"))))
    assert len(rows) == sum(len(one.values) for one in known.series.values())
    assert Client().get(reverse("series", args=["no.such"])).status_code == 404


def test_a_day_of_the_past_shows_what_was_known_then() -> None:
    page = _page("series", "kca.aliexpress", **{"as-known-on": "2025-06-01"})
    assert ">928" in page and ">673" not in page
    assert "No figure was known" in _page("series", "kca.aliexpress", **{"as-known-on": "2020-01-01"})


def test_every_value_of_a_page_is_what_its_query_gives_from_its_file(tmp_path: Path) -> None:
    for day in ("2025-06-01", "2026-11-25"):
        for key in catalogue(book().pack).series:
            address = f"{reverse('series', args=[key])}?as-known-on={day}"
            page = Client().get(address).content.decode()
            shown = [text.strip() for text in re.findall(r'<td class="number nowrap"[^>]*>([^<]*)', page)]
            rows = answer_of(Client(), address, tmp_path) if shown else []
            assert len(rows) == len(shown)
            for row, text in zip(rows, shown, strict=True):
                assert row["value"] is None or figure_text(row["value"]) == text


def test_all_series_come_as_one_file_of_either_kind_as_known_on_a_chosen_day(tmp_path: Path) -> None:
    day = {"as-known-on": "2025-06-01"}
    page = _page("series-list", **day)
    assert 'name="as-known-on" value="2025-06-01"' in page
    for name in ("series-csv", "series-parquet"):
        assert f"{reverse(name)}?as-known-on=2025-06-01" in page
    content = Client().get(reverse("series-parquet"), day).content
    file = pq.read_table(io.BytesIO(content))
    assert len(set(file["series"].to_pylist())) > 5 and max(file["known_on"].to_pylist()) <= "2025-06-01"


def test_a_series_names_those_it_is_not_mixed_with_by_their_titles() -> None:
    page = _page("series", "kca.aliexpress", language="ko")
    assert ">알리익스프레스 소비자 불만(1372·소비자연맹)</a>" in page and "2024-01 – 2024-09" in page
