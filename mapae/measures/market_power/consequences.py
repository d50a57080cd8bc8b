"""What may follow where a dominant firm abuses its position: surcharges in force and announced, limitation, agreed remedy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pyarrow as pa

from mapae.detect.markets.judged import JudgedFirm, JudgedMarket
from mapae.law import LawBook
from mapae.law.calendar import add_months
from mapae.law.questions import answer
from mapae.text.periods import named_period

__all__ = ["SCHEMA", "agreed_remedy", "consequences"]

_COLUMNS = "market definition period group step what what_ko status amount unit provision source".split()
SCHEMA = pa.schema([(name, pa.string()) for name in _COLUMNS])
_CONDUCTS = ("abuse_of_dominance", "unfair_practice_45_1_6")
_ARTICLES = {"abuse_of_dominance": "MRF 8", "unfair_practice_45_1_6": "MRF 50"}
_WHAT = {
    "abuse_of_dominance": ("surcharge for abuse of dominance, at most", "시장지배적지위 남용 과징금 상한"),
    "unfair_practice_45_1_6": (
        "surcharge for unfair use of a superior position, at most",
        "거래상 지위 남용 과징금 상한",
    ),
}
_OF_SALES = ("of these sales", "이 매출액 기준")
_FLAT = ("flat, where turnover cannot be worked out", "매출액 산정이 곤란한 경우의 정액")
_ALLOWED = {"yes": "가능", "no": "불가"}


def consequences(
    judged: JudgedMarket, firm: JudgedFirm, book: LawBook, as_of: date
) -> Iterator[dict[str, Any]]:
    """Rows of SCHEMA for one firm. Amounts are what the law allows at most for one year of these sales, never a forecast.

    The turnover that counts is that of the whole time of the breach (MRFD 13(1)), to be put in its place once known.
    """
    key = judged.market.key
    same = {
        "market": key.market,
        "definition": key.definition or None,
        "period": key.period or None,
        "group": firm.name,
    }
    for row in (
        *_surcharges(firm, book, as_of),
        *_limitation(key.period, book, as_of),
        *agreed_remedy(book, as_of),
    ):
        yield same | {"unit": None, "amount": None} | row


def _surcharges(firm: JudgedFirm, book: LawBook, as_of: date) -> Iterator[dict[str, Any]]:
    for conduct in _CONDUCTS:
        ends = list(dict.fromkeys(firm.sales or (Fraction(0),)))
        found = [_at_most(conduct, end, book, as_of) for end in ends]
        basis = _OF_SALES if firm.sales else _FLAT
        yield {
            "step": "surcharge",
            "what": f"{_WHAT[conduct][0]}, {basis[0]}",
            "what_ko": f"{_WHAT[conduct][1]}, {basis[1]}",
            "status": "in force",
            "amount": " – ".join(f"{value:,}" for value, _ in found),
            "unit": "KRW",
            "provision": _ARTICLES[conduct],
            "source": "; ".join(found[-1][1]),
        }
        yield from _announced(conduct, firm, book, as_of)


def _at_most(conduct: str, sales: Fraction, book: LawBook, as_of: date) -> tuple[int, tuple[str, ...]]:
    """The statute's own answer, with the article and its working."""
    facts = {"kind": "surcharge", "conduct": conduct, "relevant_turnover_krw": int(sales) or None}
    said = answer("max_krw", "MRF", facts, as_of, book)
    dated = book.parameter(f"mrf.surcharge.{conduct}", as_of)
    return int(said.value), (*([dated.reference] if dated else said.reasons), *said.working)


def _announced(conduct: str, firm: JudgedFirm, book: LawBook, as_of: date) -> Iterator[dict[str, Any]]:
    """What was announced and needs an Act first: shown apart, never as law."""
    dated = book.parameter(f"mrf.announced.{conduct}", as_of, draft=True)
    if dated is None:
        return
    share = Fraction(str(dated.value)) / 100
    ends = dict.fromkeys(firm.sales or ())
    yield {
        "step": "surcharge announced",
        "what": f"{_WHAT[conduct][0]}, {dated.value} % of turnover as announced",
        "what_ko": f"{_WHAT[conduct][1]}, 발표안 매출액의 {dated.value} %",
        "status": "announced, not law",
        "amount": " – ".join(f"{int(end * share):,}" for end in ends) or None,
        "unit": "KRW" if ends else None,
        "provision": _ARTICLES[conduct],
        "source": dated.reference,
    }


def _limitation(period: str, book: LawBook, as_of: date) -> Iterator[dict[str, Any]]:
    """The last day for an order or surcharge if the conduct ended with the period, and whether it may be imposed today."""
    ended = _end_of(period)
    if ended is None or ended > as_of:
        return
    dated = book.parameter("mrf.80.limitation", as_of)
    if dated is None:
        return
    said = answer(
        "allowed",
        "MRF",
        {"action": "impose_surcharge", "conduct": "abuse_of_dominance", "ended_on": ended.isoformat()},
        as_of,
        book,
    )
    yield {
        "step": "limitation",
        "what": f"last day for an order or surcharge, had the conduct ended on {ended}; "
        f"allowed on {as_of}: {said.value}",
        "what_ko": f"행위가 {ended}에 종료된 경우 처분 가능 마지막 날, {as_of} 현재 처분 {_ALLOWED[str(said.value)]}",
        "status": "in force",
        "amount": add_months(ended, dated.value).isoformat(),
        "provision": "MRF 80",
        "source": "; ".join([dated.reference, f"{dated.value} months from {ended}", *said.working]),
    }


def _open_to(book: LawBook, as_of: date) -> Iterator[dict[str, Any]]:
    excluded = book.parameter("mrf.89.excluded_conduct", as_of)
    if excluded is None:
        return
    said = answer("allowed", "MRF", {"action": "consent_decision"}, as_of, book)
    stops = book.parameter("mrf.90.clock_stops", as_of)
    yield {
        "step": "agreed remedy",
        "what": f"agreed remedy (consent decision) open for abuse of dominance: {said.value}; the limitation period "
        f"{'stands still' if stops else 'runs on'} from the application",
        "what_ko": f"시장지배적지위 남용에 대한 동의의결 {_ALLOWED[str(said.value)]}, 신청하면 처분시효 "
        f"{'정지' if stops else '계속 진행'}",
        "status": "in force",
        "provision": "MRF 89",
        "amount": None,
        "unit": None,
        "source": "; ".join(
            [
                excluded.reference,
                f"all but conduct under {', '.join(excluded.value)}",
                *([stops.reference] if stops else []),
            ]
        ),
    }


def _end_of(period: str) -> date | None:
    found = named_period(period)
    return found.last if found else None


def agreed_remedy(book: LawBook, as_of: date) -> Iterator[dict[str, Any]]:
    """Whether the agreed remedy is open to this conduct (the statute's answer), then its steps."""
    yield from _open_to(book, as_of)
    for step in book.pack.data("markets/remedy.yaml"):
        dated = book.parameter(step["parameter"], as_of) if "parameter" in step else None
        provision = book.provision(step["provision"], as_of)
        if provision is None:
            continue
        yield {
            "step": f"agreed remedy: {step['key']}",
            "what": step["en"],
            "what_ko": step["ko"],
            "status": "in force",
            "amount": f"{dated.value:,}" if dated else None,
            "unit": book.pack.parameters[step["parameter"]].unit if dated else None,
            "provision": step["provision"],
            "source": (dated or provision).reference,
        }
