from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.sources.dates import iso_date, iso_moment


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-09-03", "2024-09-03"),
        ("2024-09-03T12:30:00+09:00", "2024-09-03T12:30:00+09:00"),
        ("2024.9.3", "2024-09-03"),
        ("2024. 9. 3.", "2024-09-03"),
        ("2024/09/03 12:30", "2024-09-03"),
        ("20240903", "2024-09-03"),
        ("2024년 9월 3일", "2024-09-03"),
        ("2024年9月3日", "2024-09-03"),
        ("113年9月3日", "2024-09-03"),
        ("113/09/03", "2024-09-03"),
        ("3 Sep 2024", "2024-09-03"),
        ("Sep 3, 2024", "2024-09-03"),
        ("03-Sep-24", "2024-09-03"),
        ("Tue Sep 03 2024 12:59:59 GMT+0000 (Coordinated Universal Time)", "2024-09-03"),
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("1725321600", "2024-09-03"),
        ("1725321600000", "2024-09-03"),
        ("2024", "2024"),
        ("2024-09", "2024-09"),
        ("2024-Q3", "2024-Q3"),
    ],
)
def test_a_date_in_any_writing_becomes_iso(text, iso):
    assert iso_date(text) == iso


@pytest.mark.parametrize(
    "text", ["2024-13-45", "2024-02-30", "03/04/2024", "yesterday", "22-04-15", "", "0000-00-00", "99999999"]
)
def test_what_is_no_date_or_has_two_meanings_is_none(text):
    assert iso_date(text) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_korean_and_chinese_writing_come_back_as_the_same_day(day):
    for form in (
        "{0}년 {1}월 {2}일",
        "{0}年{1}月{2}日",
        "{0}.{1}.{2}",
        "{0}/{1:02d}/{2:02d}",
        "{0}{1:02d}{2:02d}",
    ):
        assert iso_date(form.format(day.year, day.month, day.day)) == day.isoformat()


@given(st.text(max_size=40))
def test_any_text_gives_a_date_or_none_and_never_raises(text):
    assert iso_date(text) is None or isinstance(iso_date(text), str)


def test_days_as_a_spreadsheet_counts_them_are_dates():
    assert (iso_date("46082"), iso_date("45000.75")) == ("2026-03-01", "2023-03-15")
    assert (iso_date("12345"), iso_date("460820")) == (None, None)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02T09:30:00+09:00", "2026-03-02T09:30:00+09:00"),
        ("2026-03-02 9:30", "2026-03-02T09:30"),
        ("2026/03/02", "2026-03-02"),
        ("2026. 3. 2. 오후 12:05:07", "2026-03-02T12:05:07"),
        ("2026年3月2日 上午12:05", "2026-03-02T00:05"),
        ("Mar 2, 2026 1:05 PM", "2026-03-02T13:05"),
        ("2026-03-02 09:30 KST", "2026-03-02T09:30+09:00"),
        ("2026-03-02 09:30:00 UTC", "2026-03-02T09:30:00+00:00"),
        ("1725321600", "2024-09-03T00:00:00+00:00"),
        ("03/04/2026 10:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_moment_in_any_writing_becomes_iso_with_its_time_and_zone(text, iso):
    assert iso_moment(text) == iso


@given(st.text(max_size=40))
def test_any_text_gives_a_moment_or_none_and_never_raises(text):
    assert iso_moment(text) is None or isinstance(iso_moment(text), str)
