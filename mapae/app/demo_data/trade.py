"""The invented market's trade: shares of firms, searches, commissions, settlements, parcels, events of the two platforms."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from mapae.app.demo_data.market import Market
from mapae.app.demo_data.read import hard, words

__all__ = ["events", "fees", "figures", "parcels", "searches", "settlements", "shares"]

_Row = dict[str, Any]
_PLATFORMS = ("Lumibay", "Dalmart", "한마루몰 (예시)", "별내장터 (예시)")
_QUERIES, _PLACES, _BOOST = (
    60,
    16,
    4,
)  # searches, results of each, places by which Lumibay lifts its own brand
_OWN = 0.25  # share of results that are of the platform's own brand
_RECIPIENTS = 40


def shares(_: Market) -> Iterator[_Row]:
    """Turnover of four invented platforms in two years, in won; what the smallest earned is known within bounds only."""
    known = {"2024": (1_310e9, 820e9, 320e9), "2025": (1_930e9, 905e9, 290e9)}
    bounds = {"2024": (90e9, 140e9), "2025": (80e9, 260e9)}
    for period, amounts in known.items():
        low, high = bounds[period]
        given = [*({"value": amount} for amount in amounts), {"low": low, "high": high}]
        for firm, amount in zip(_PLATFORMS, given, strict=True):
            yield {
                "market_share_id": f"ms-{period}-{_PLATFORMS.index(firm)}", "market": "온라인 해외직구 중개 (예시)",
                "period": period, "firm": firm, "group": firm.split()[0], "basis": "value", "currency": "KRW", **amount,
            }  # fmt: skip
    for firm, users in {
        "Lumibay Ads": 46.0,
        "Dalmart Feed": 27.5,
        "솔내미디어 (예시)": 14.0,
        "기타": 12.5,
    }.items():
        yield {
            "market_share_id": f"ms-ad-{users}", "market": "동영상 광고", "period": "2025", "firm": firm,
            "group": firm.split()[0], "basis": "value", "currency": "KRW", "value": users * 1e10,
        }  # fmt: skip


def searches(market: Market) -> Iterator[_Row]:
    """Results of Lumibay's search: by price and rating, but its own brand stands some places higher than these say."""
    for number in range(_QUERIES):
        found = [
            {"own": market.chance.random() < _OWN, "rating": round(market.chance.uniform(3, 5), 1),
             "price": market.chance.randrange(5, 60) * 1000}
            for _ in range(_PLACES)
        ]  # fmt: skip
        found.sort(key=lambda item: _pull(item) + market.chance.gauss(0, 1.0), reverse=True)
        brand = market.chance.choice(words("people")["brands"])
        for place, item in enumerate(found, 1):
            yield {
                "search_result_id": f"sr-{number:03}-{place:02}", "query": f"{brand} {number}", "seen_at": "2026-11-20",
                "position": place, "item_id": f"LU{number:03}{place:02}",
                "seller_id": "lumibay" if item["own"] else f"l-{market.chance.randrange(1, 90):05d}",
                "own_brand": item["own"],
                "attributes": f'{{"rating": {item["rating"]}, "price": {item["price"]}}}',
            }  # fmt: skip


def _pull(item: _Row) -> float:
    return 2 * float(item["rating"]) - math.log(item["price"]) + _BOOST * 0.5 * bool(item["own"])


def fees(_: Market) -> Iterator[_Row]:
    """Commissions by half-year: three platforms' stay, Lumibay's rises by half while its cost does not."""
    days = [date(year, month, 1) for year in (2023, 2024, 2025, 2026) for month in (1, 7)]
    rates: dict[str, list[float]] = {"Lumibay": [8, 8, 8, 8, 10, 12, 12, 12], "Dalmart": [9] * 8}
    rates |= {name: [8.5, 8.5, 8.5, 8.5, 8.6, 8.6, 8.6, 8.6] for name in _PLATFORMS[2:]}
    for platform, series in rates.items():
        for day, rate in zip(days, series, strict=True):
            yield {
                "fee_id": f"fee-{_PLATFORMS.index(platform)}-{day.isoformat()}", "operator": platform,
                "fee_kind": "commission", "rate": rate, "valid_from": day.isoformat(), "cost": 5.0,
            }  # fmt: skip


def settlements(market: Market) -> Iterator[_Row]:
    """What an invented large retailer paid its suppliers: most in time, those of one season late."""
    for number in range(120):
        closed = date(2026, 3, 31) + timedelta(days=7 * (number % 20))
        late = number % 20 in (8, 9, 10)
        days = market.chance.randrange(45, 70) if late else market.chance.randrange(12, 38)
        yield {
            "settlement_id": f"st-{number:03}", "operator": _PLATFORMS[2], "seller_id": f"h-{number % 30:05d}",
            "deal": "consignment", "closed_on": closed.isoformat(), "paid_on": (closed + timedelta(days=days)).isoformat(),
            "amount": market.chance.randrange(2, 90) * 100_000, "currency": "KRW",
        }  # fmt: skip


def parcels(market: Market) -> Iterator[tuple[_Row, tuple[str, ...]]]:
    """Lines of incoming parcels: ordinary ones, and those written by hand with the references expected."""
    people = [
        hashlib.sha256(f"recipient {number}".encode()).hexdigest()[:24] for number in range(_RECIPIENTS)
    ]
    for number in range(160):
        seller, _ = market.chance.choice(words("people")["sellers"])
        goods = market.chance.choice(hard("parcels")["ordinary"])
        yield (
            _line(
                market,
                number,
                goods,
                seller,
                round(market.chance.uniform(8, 120), 2),
                people[number % _RECIPIENTS],
            ),
            (),
        )
    for number, case in enumerate(hard("parcels")["cases"], 200):
        code = people[int(case["recipient"])] if "recipient" in case else people[number % _RECIPIENTS]
        line = _line(market, number, case["description"], case["seller"], float(case["usd"]), code)
        yield (
            line | {key: case[key] for key in ("date", "process_type") if key in case},
            tuple(case["expect"]),
        )


def _line(market: Market, number: int, goods: str, seller: str, usd: float, code: str) -> _Row:
    day = date(2026, 11, 2) + timedelta(days=market.chance.randrange(18))
    return {
        "consignment_id": f"EX26{number:07d}", "date": day.isoformat(), "process_type": "목록통관",
        "country_of_departure": "CN", "country_of_origin": "CN", "description": goods, "seller": seller,
        "value": usd, "currency": "USD", "carrier": "예시특송", "recipient_code_hash": code,
        "net_mass": round(market.chance.uniform(0.1, 4), 2),
    }  # fmt: skip


def events(market: Market) -> Iterator[_Row]:
    """Complaints handed to both platforms and what became of them: from August on Lumibay tells results too late.

    What each says of itself in a report stands at the end.
    """
    for number in range(160):
        platform = _PLATFORMS[number % 2]
        given = date(2026, 5, 4) + timedelta(days=number)
        slow = platform == "Lumibay" and given >= date(2026, 8, 1)
        days = market.chance.randrange(17, 30) if slow else market.chance.randrange(1, 9)
        steps = {
            "complaint_handed_over": 0,
            "progress_told": market.chance.randrange(0, 3),
            "result_told": days,
        }
        for step, (event, after) in enumerate(steps.items(), 1):
            yield {
                "event_id": f"ev-{number:03}-{step}", "operator": platform, "subject_id": f"cp-{number:05}",
                "event": event, "at": (given + timedelta(days=after)).isoformat(), "source": "예시 기록",
            }  # fmt: skip
    for number, (platform, share) in enumerate((("Lumibay", 97.0), ("Dalmart", 93.0))):
        yield {
            "event_id": f"ev-st-{number}", "operator": platform, "subject_id": "eca_complaints:result_in_time",
            "event": "declared", "at": "2026-09-10", "value": share, "n": 60, "source": "자체 투명성 보고서 (예시)",
        }  # fmt: skip


def figures(market: Market) -> Iterator[_Row]:
    """Figures that an invented paper printed: three hold, the others mix two series, unlike periods, or misstate."""
    all_cases = ("kca.crossborder_consultations", "2023", 19418, "2024", 22816)
    printed: tuple[tuple[str, str, float, str, str, float, float, str], ...] = (
        (*_pair(all_cases), 17.5, "국제거래 상담은 2024년 22,816건으로 17.5% 늘었다."),
        (
            "kcu.aliexpress",
            "2023",
            465,
            "",
            "2022",
            93,
            400.0,
            "알리익스프레스 불만은 93건에서 465건으로 늘었다.",
        ),
        (
            "kca.aliexpress",
            "2023",
            673,
            "",
            "2022",
            228,
            195.2,
            "알리익스프레스 상담은 228건에서 673건이 됐다.",
        ),
        (
            "kca.aliexpress",
            "2023",
            673,
            "kcu.aliexpress",
            "2022",
            93,
            623.7,
            "알리 민원은 93건에서 673건으로 뛰었다.",
        ),
        (
            all_cases[0],
            "2025-01..2025-10",
            30066,
            "",
            "2024",
            22816,
            31.8,
            "올해 상담은 30,066건으로 31.8% 늘었다.",
        ),
        (*_pair(all_cases), 71.5, "국제거래 상담이 22,816건으로 71.5% 급증했다."),
        (all_cases[0], "2022", 61608, "", "2021", 14086, 337.4, "2022년 국제거래 상담은 61,608건이었다."),
    )
    columns = ("series", "period", "value", "base_series", "base_period", "base_value", "growth", "text")
    for number, row in enumerate(printed, 1):
        yield {
            "figure_id": f"fig-{number}", "operator": "", "url": f"https://paper.example/{number}",
            "published_on": "2026-03-02", **dict(zip(columns, row, strict=True)),
        }  # fmt: skip


def _pair(told: tuple[str, str, float, str, float]) -> tuple[str, str, float, str, str, float]:
    series, before, base, period, value = told
    return series, period, value, "", before, base
