"""Days told in messages: written in three languages, counted, named by a holiday; and what happened on them."""

from __future__ import annotations

from datetime import date

import pytest

from mapae.measures.helpline.dates import DateReader
from mapae.pack import load_pack

RECEIVED = date(2026, 10, 12)
DELIVERED = date(2026, 9, 28)


@pytest.fixture(scope="module")
def days() -> DateReader:
    return DateReader(load_pack("kr").data("helpline/dates.yaml"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10월 3일에 켜 보고 알았어요", "2026-10-03"),
        ("10月3号拆开才发现", "2026-10-03"),
        ("on 3 october the handle broke", "2026-10-03"),
        ("it broke on oct 3rd", "2026-10-03"),
        ("2026-10-03 확인", "2026-10-03"),
        ("12월 24일에 주문", "2025-12-24"),
        ("어제 열어 보니", "2026-10-11"),
        ("前天试了一下", "2026-10-10"),
        ("four days ago", "2026-10-08"),
        ("6일 전에 알았어요", "2026-10-06"),
        ("개천절에 처음 켰는데", "2026-10-03"),
        ("光复节那天冒烟", "2026-08-15"),
        ("받은 날 바로 열어 봤어요", "2026-09-28"),
        ("the next day it stopped", "2026-09-29"),
        ("나흘 만에 끊어졌어요", "2026-10-02"),
        ("nine days after it came it snapped", "2026-10-07"),
        ("열흘 뒤에 알았어요", "2026-10-08"),
        ("지난주 화요일에 켰더니", "2026-10-06"),  # the message is of a Monday
        ("it broke on tuesday last week", "2026-10-06"),
        ("上周二坏了", "2026-10-06"),
        ("上上周二坏了", "2026-09-29"),
        ("그 자리에서 확인했어요", "2026-09-28"),
        ("the evening it was delivered i tried it", "2026-09-28"),
        ("개천절 다음다음 날 켜 봤어요", "2026-10-05"),
        ("the day after hangul day it broke", "2026-10-10"),
        ("at the end of september, on the 30th", "2026-09-30"),
        ("十月三日拆开", "2026-10-03"),
        ("九月廿八号收到", "2026-09-28"),
        ("지난달 28일에 왔고", "2026-09-28"),
        ("이달 2일 켜 보니", "2026-10-02"),
        ("9월 말일에 도착", "2026-09-30"),
        ("9/28 받음", "2026-09-28"),
        ("9.28(월)에 받았어요", "2026-09-28"),
        ("9号收到", "2026-10-09"),
        ("지난 토요일 저녁이에요", "2026-10-10"),
        ("it broke on saturday", "2026-10-10"),
        ("어버이날에 켰는데", "2026-05-08"),
        ("8월 첫 번째 수요일에 펼쳤더니", "2026-08-05"),
        ("the last friday of august it broke", "2026-08-28"),
        ("上个月最后一个周五打开", "2026-09-25"),
        ("上个月最后一天打开", "2026-09-30"),
        ("올해 첫날 켰는데", "2026-01-01"),
        ("it broke on father's day", "2026-06-21"),
        ("清明节打开", "2026-04-05"),
        ("추석 연휴 끝나고 첫 월요일에 켰더니", "2026-09-28"),
        ("the friday before hangul day it broke", "2026-10-02"),
        ("2주 전 오늘 켰는데", "2026-09-28"),
        ("saturday the 3rd it broke", "2026-10-03"),
        ("10월의 첫날 켰는데", "2026-10-01"),
        ("켜 본 건 3일입니다", "2026-10-03"),
    ],
)
def test_a_day_is_read_however_it_is_told(text: str, day: str, days: DateReader) -> None:
    assert [item.day.isoformat() for item in days.mentions(text, RECEIVED, DELIVERED)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "10월 30일까지 온다고 해요",
        "1/2 크기예요",
        "하루 만에 끊어진 건 아니고",
        "10/45",
        "2월 30일",
        "평점 4.5에",
        "3号店",
        "승인 메일 뒤 영업일 3일",
        "3일 배송이라길래",
    ],
)
def test_what_is_no_day_of_the_past_is_not_read(text: str, days: DateReader) -> None:
    assert days.mentions(text, RECEIVED, DELIVERED) == ()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("9월 28일에 받았습니다", "delivered"),
        ("8월 1일에 주문했고 아직", "ordered"),
        ("9월 10일까지 보내 준다더니", "promised"),
        ("9월 30일에 반품을 신청했어요", "declared"),
        ("9月30日收到货", "delivered"),
        ("on 30 september i measured it", "known"),
    ],
)
def test_the_clause_says_what_happened_on_the_day(text: str, role: str, days: DateReader) -> None:
    assert role in days.mentions(text, RECEIVED, None)[0].roles


def test_places_are_those_of_the_text(days: DateReader) -> None:
    text = "안녕하세요, 10월 3일에 알았어요"
    found = days.mentions(text, RECEIVED, None)[0]
    assert text[found.start : found.end] == "10월 3일"


def test_that_day_is_the_day_named_just_before(days: DateReader) -> None:
    found = days.mentions(
        "10월 3일에 왔고 택배 기사님이 두고 가셨는데 그날 바로 입어 봤어요", RECEIVED, DELIVERED
    )
    assert [item.day.isoformat() for item in found] == ["2026-10-03", "2026-10-03"]
    assert "opened" in found[1].roles


def test_a_period_of_days_in_a_rule_is_no_day_of_the_month(days: DateReader) -> None:
    assert days.mentions("판매자는 벌써 30일 지났으니 끝이래요", RECEIVED, None) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9월 28일에 왔고 그 다음 주 월요일에 켰어요", "2026-10-05"),
        ("it came on 28 september, i opened it on monday of the following week", "2026-10-05"),
        ("9月28号收到，那周五打开", "2026-10-02"),
    ],
)
def test_a_day_of_the_week_is_counted_from_the_day_named_before(
    text: str, day: str, days: DateReader
) -> None:
    assert days.mentions(text, RECEIVED, DELIVERED)[-1].day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "days_told"),
    [
        ("10월 3일에 켰어요. 온 건 그보다 열흘 전이에요", ["2026-10-03", "2026-09-23"]),
        ("10월 3일에 켰고 배송은 그 전주 화요일이었어요", ["2026-10-03", "2026-09-22"]),
        ("my flight was on 1 october and it came two days before that", ["2026-10-01", "2026-09-29"]),
        (
            "it came on 1 september, and i opened it on the last day of the month",
            ["2026-09-01", "2026-09-30"],
        ),
        ("개천절에 줬는데 바로 다음 날 가짜라고", ["2026-10-03", "2026-10-04"]),
        ("9月30日拆箱，拆箱的第二天坏了", ["2026-09-30", "2026-10-01"]),
        ("생일은 10월 6일이에요. 생일날 열어 보니", ["2026-10-06", "2026-10-06"]),
        ("it came on 5 october, the wednesday after it broke down", ["2026-10-05", "2026-10-07"]),
    ],
)
def test_a_distance_rests_on_the_day_named_before(text: str, days_told: list[str], days: DateReader) -> None:
    found = days.mentions(text, RECEIVED, date(2026, 8, 3))
    assert [item.day.isoformat() for item in found] == days_told


@pytest.mark.parametrize(
    "text",
    [
        "9월 27일에 왔다고 적었는데 다시 보니 28일이네요",
        "it came on 27 september, no, sorry, the label says 28 september",
        "9月27号，不对，28号到的",
    ],
)
def test_a_day_taken_back_leaves_what_was_said_of_it(text: str, days: DateReader) -> None:
    found = days.mentions(text, RECEIVED, None)
    assert [(item.day, "delivered" in item.roles) for item in found] == [(DELIVERED, True)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("9월 28일에 왔는데 그날은 못 뜯었어요", "opened"),
        ("9月28日到的，没拆", "opened"),
        ("9월 28일에 감정서를 받았어요", "delivered"),
        ("9월 28일에 안내 메일이 왔습니다", "delivered"),
        ("到今天没下文", "delivered"),
    ],
)
def test_what_is_denied_or_is_of_another_thing_is_not_said_of_the_day(
    text: str, role: str, days: DateReader
) -> None:
    found = days.mentions(text, RECEIVED, DELIVERED)
    assert found
    assert all(role not in item.roles for item in found)


def test_the_day_of_a_report_is_not_the_day_of_delivery(days: DateReader) -> None:
    told = days.mentions("감정서 받은 날이 10월 3일입니다", RECEIVED, DELIVERED)
    assert [item.day for item in told] == [date(2026, 10, 3)]
