"""Messages made from known days, written in many ways: the days of delivery and of knowledge come out as they went in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product

import pytest

from mapae.law import LawBook
from mapae.measures.helpline.dates import DateReader
from mapae.measures.helpline.messages import lowered
from mapae.measures.helpline.periods import Periods, delivery_day
from mapae.pack import load_pack

Way = Callable[
    [date, date], str | None
]  # (day, day of the message) → how it is told; None where nobody says it so
_KO_WEEK, _ZH_WEEK = "월화수목금토일", "一二三四五六日"
_MONTHS = "January February March April May June July August September October November December".split()
_DIGITS = " 一二三四五六七八九"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _weeks_back(day: date, message: date) -> int:
    monday = [one - timedelta(one.weekday()) for one in (day, message)]
    return (monday[1] - monday[0]).days // 7


def _months_back(day: date, message: date) -> int:
    return (message.year - day.year) * 12 + message.month - day.month


_WAYS: dict[str, tuple[Way, ...]] = {
    "ko": (
        lambda day, _: f"{day.month}월 {day.day}일에",
        lambda day, _: f"{day.year}년 {day.month}월 {day.day}일에",
        lambda day, _: f"{day.month}/{day.day}에",
        lambda day, _: f"{day.month}.{day.day}({_KO_WEEK[day.weekday()]})에",
        lambda day, message: f"{(message - day).days}일 전에",
        lambda day, message: f"지난달 {day.day}일에" if _months_back(day, message) == 1 else None,
        lambda day, message: f"이달 {day.day}일에" if _months_back(day, message) == 0 else None,
        lambda day, message: (
            f"지난주 {_KO_WEEK[day.weekday()]}요일에" if _weeks_back(day, message) == 1 else None
        ),
        lambda day, message: "어제" if (message - day).days == 1 else None,
        lambda day, _: f"{day.year}.{day.month}.{day.day}.에",
        lambda day, _: f"'{day.year % 100}.{day.month}.{day.day}에",
        lambda day, _: f"{day.month}.{day.day}.에",
        lambda day, message: (
            f"2주 전 {_KO_WEEK[day.weekday()]}요일에" if _weeks_back(day, message) == 2 else None
        ),
    ),
    "en": (
        lambda day, _: f"on {day.day} {_MONTHS[day.month - 1]}",
        lambda day, _: f"on {_MONTHS[day.month - 1]} {day.day}",
        lambda day, _: f"on {_MONTHS[day.month - 1][:3]} {day.day}, {day.year}",
        lambda day, message: f"{(message - day).days} days ago" if (message - day).days > 1 else "yesterday",
        lambda day, message: (
            f"on {day:%A} last week" if _weeks_back(day, message) == 1 else None
        ),
        lambda day, _: f"on {day.month}/{day.day}/{day.year}" if day.day > 12 else None,
        lambda day, _: f"on {day:%A} {day.day} {_MONTHS[day.month - 1]}",
        lambda day, _: f"on {day.isoformat()}",
        lambda day, message: f"on the {day.day}th of last month" if _months_back(day, message) == 1 else None,
    ),
    "zh": (
        lambda day, _: f"{day.month}月{day.day}号",
        lambda day, _: f"{day.year}年{day.month}月{day.day}日",
        lambda day, _: f"{_chinese(day.month)}月{_chinese(day.day)}日",
        lambda day, message: f"{(message - day).days}天前",
        lambda day, _: f"{day.month}/{day.day}",
        lambda day, _: f"{day.year}.{day.month}.{day.day}",
        lambda day, _: f"{day.month}月{day.day}日（周{_ZH_WEEK[day.weekday()]}）",
        lambda day, message: f"上个月{day.day}号" if _months_back(day, message) == 1 else None,
        lambda day, message: (
            f"上周{_ZH_WEEK[day.weekday()]}" if _weeks_back(day, message) == 1 else None
        ),
    ),
}  # fmt: skip
_CAME = {
    "ko": (
        *("{} 받았습니다.", "물건은 {} 왔어요.", "택배가 {} 도착했고요.", "{} 배송받은 제품입니다."),
        *("{} 집 앞에 놓여 있었어요.", "배송은 {} 됐고요."),
    ),
    "en": (
        *("It arrived {}.", "I received it {}.", "The parcel came {}.", "It was delivered {}."),
        *("It turned up {}.", "I got it {} and"),
    ),
    "zh": ("货是{}到的。", "{}收到的。", "{}签收了。", "{}快递到了。", "我{}取的快递。"),
}
_LEARNT = {
    "ko": (
        "{} 처음 켜 보고 고장인 걸 알았어요.",
        "창고에 두었다가 {} 꺼냈더니 다리가 부러져 있었습니다.",
        "{} 감정을 맡겼더니 가짜래요.",
        "{} 세탁하려고 라벨을 읽었는데 소재가 다릅니다.",
        "{} 갑자기 불꽃이 튀었어요.",
        "{} 길에서 끈이 떨어졌습니다.",
        "{} 저울에 달아 보니 모자라요.",
        "서비스센터에서 {} 불량이라고 했어요.",
    ),
    "en": (
        "I only opened the box {} and the glass was cracked.",
        "It broke {} without warning.",
        "A repair shop told me {} that it is a copy.",
        "A jeweller looked at it {} and laughed.",
        "I put it together {} and a leg was missing.",
        "Smoke poured out of it {}.",
        "The strap came off {}.",
        "My son got a rash from it {}.",
    ),
    "zh": (
        "{}拆开才发现是坏的。",
        "{}拿去鉴定说是假的。",
        "{}第一次插电就冒烟了。",
        "{}一称少了半斤。",
        "孩子{}戴了就起红疹。",
        "{}装起来才知道少一条腿。",
        "{}洗的时候掉色了。",
    ),
}
_DAYS = [  # message, delivery, knowledge
    (date(2026, 6, 24), date(2026, 5, 21), date(2026, 6, 17)),
    (date(2026, 11, 18), date(2026, 10, 6), date(2026, 11, 13)),
    (date(2026, 2, 25), date(2025, 11, 30), date(2026, 2, 16)),
    (date(2026, 3, 9), date(2026, 2, 11), date(2026, 3, 8)),
]


def _messages() -> Iterator[tuple[str, date, date, date]]:
    for lang, (message, came, learnt) in product(_WAYS, _DAYS):
        for (one, first), (two, second) in product(enumerate(_WAYS[lang]), repeat=2):
            told, known = first(came, message), second(learnt, message)
            if told is None or known is None or (one + two) % 5:  # one pair of five is enough
                continue
            for number, later in enumerate(_LEARNT[lang]):
                frame = _CAME[lang][number % len(_CAME[lang])]
                yield f"{frame.format(told)} {later.format(known)}", message, came, learnt


@pytest.fixture(scope="module")
def reader() -> DateReader:
    return DateReader(load_pack("kr").data("helpline/dates.yaml"))


def test_known_days_are_read_back_from_messages_written_in_many_ways(reader: DateReader) -> None:
    periods = Periods(LawBook(load_pack("kr")))
    made, wrong = 0, []
    for text, message, came, learnt in _messages():
        made += 1
        delivered = delivery_day(None, reader.mentions(lowered(text), message, None), False)
        days = reader.mentions(lowered(text), message, delivered)
        found = periods.mismatch(delivered, message, days) if delivered else None
        if found is None or (found.delivered, found.known) != (came, learnt):
            wrong.append((text, message, found and (found.delivered, found.known)))
    assert made > 1000
    assert wrong == []


_LATER: dict[str, tuple[tuple[int, str], ...]] = {  # days after the delivery, and how they are told
    "ko": (
        *((4, "나흘 만에"), (9, "받은 지 9일 만에"), (10, "쓴 지 열흘 만에"), (3, "수령 후 3일 지나")),
        *((8, "딱 8일 쓰고 나서"), (14, "이 주 뒤에"), (8, "도착하고 여드레 지나서"), (1, "받은 다음 날"), (0, "받은 당일")),
    ),
    "en": (
        *((4, "after just four days"), (9, "after 9 days of use"), (7, "a week later"), (12, "12 days after it arrived")),
        *((1, "the next morning"), (1, "the day after it came"), (0, "the evening it arrived"), (14, "two weeks later")),
    ),
    "zh": (
        *((6, "用了6天"), (3, "过了三天"), (7, "一周后"), (9, "收到9天后"), (4, "收货四天后"), (14, "两个星期后")),
        *((1, "收到的第二天"), (0, "收到那天"), (0, "一到货就")),
    ),
}  # fmt: skip


def test_days_counted_from_the_delivery_are_read_back(reader: DateReader) -> None:
    periods = Periods(LawBook(load_pack("kr")))
    wrong = []
    for message, came, _ in _DAYS:
        for lang, ways in _LATER.items():
            for number, (days, told) in enumerate(ways):
                text = f"{_CAME[lang][number % 3].format(_WAYS[lang][0](came, message))} {_LEARNT[lang][4].format(told)}"
                found = periods.mismatch(came, message, reader.mentions(lowered(text), message, came))
                if found.known != came + timedelta(days):
                    wrong.append((text, found.known, days))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "came", "asked"),
    [
        ("이번 주 월요일에 받고 화요일에 환불을 요청했어요", "2026-11-16", "2026-11-17"),
        ("It came on Monday 16 November and on Tuesday I asked to return it", "2026-11-16", "2026-11-17"),
        ("11月16日收到货，周二申请了退货", "2026-11-16", "2026-11-17"),
        ("10월 30일에 도착했고 2일에 반품을 신청했습니다", "2026-10-30", "2026-11-02"),
        ("delivered on 30 October, and on the 2nd I asked for a return", "2026-10-30", "2026-11-02"),
    ],
)
def test_a_day_rests_on_the_one_named_before(text: str, came: str, asked: str, reader: DateReader) -> None:
    found = reader.mentions(lowered(text), date(2026, 11, 20), None)
    assert [item.day.isoformat() for item in found] == [came, asked]
    assert ["delivered" in item.roles for item in found] == [True, False]


def test_a_message_of_nothing_but_days_is_read_to_a_limit(reader: DateReader) -> None:
    found = reader.mentions("3월 3일 " * 2000, date(2026, 11, 20), None)
    assert 0 < len(found) <= 300
