"""The file for the settlement commission on paper: its data as labelled rows of an A4 document, in Korean."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from mapae.desk.citing import cited
from mapae.desk.helpline.advice import advice
from mapae.desk.helpline.drawing import drawn
from mapae.desk.helpline.mediation_file import data
from mapae.desk.helpline.models import Complaint
from mapae.desk.money import money

__all__ = ["pdf"]

_TEMPLATE = Path(__file__).with_name("mediation.typ")
_TITLES = {
    "title": "분쟁조정 신청 자료",
    "parties": "당사자",
    "deal": "거래",
    "claim": "신청 취지와 원인",
    "triage": "쟁점과 근거",
    "answers": "사업자의 답변",
    "course": "처리 경과",
    "clocks": "법정 기한",
    "files": "첨부 자료",
}
_STATES = {
    "running": "진행 중",
    "overdue": "기한 지남",
    "lapsed": "기한 지남",
    "done_in_time": "기한 내",
    "done_late": "기한 뒤",
}
_KINDS = {"progress": "경과", "result": "결과", "question": "질문"}
_VERDICTS = {"accepted": "소비자가 받아들임", "declined": "소비자가 거절"}


def pdf(complaint: Complaint) -> bytes:
    """A4; the same file gives the same bytes. In training it is marked as a specimen."""
    found = data(complaint)
    with translation.override("ko"):
        rows = _rows(found)
    return drawn(_TEMPLATE, {**rows, "specimen": "연습" if settings.TRAINING else ""})


def _rows(found: dict[str, Any]) -> dict[str, Any]:
    facts = {
        "parties": _parties(found["parties"]),
        "deal": _deal(found["deal"]),
        "triage": _triage(found["triage"]),
    }
    return {
        "titles": _TITLES,
        "number": found["number"],
        "made_on": found["made_on"],
        "facts": {key: [list(row) for row in rows if row[1]] for key, rows in facts.items()},
        "remedy": found["claim"]["remedy"],
        "text": found["claim"]["text"],
        "answers": [_answer(row) for row in found["answers"]],
        "course": [[row["on"], row["says"]] for row in found["course"]],
        "clocks": [
            [row["title"], cited(row["provision"]), row["started_on"], row["due"], _STATES[row["state"]]]
            for row in found["clocks"]
        ],
        "files": [[row["name"], row["sha256"][:16]] for row in found["files"]],
    }


def _parties(found: dict[str, Any]) -> list[tuple[str, str]]:
    consumer, operator, agent = (found[key] for key in ("consumer", "operator", "agent"))
    country = advice("countries").get(operator["country"], {}).get("ko", operator["country"])
    against = " / ".join(filter(None, (operator["name"], operator["name_en"], country)))
    return [
        ("신청인", consumer["name"]),
        ("전자우편", consumer["email"]),
        ("전화", consumer["phone"]),
        ("피신청인", against),
        ("주소", operator["address"]),
        ("국내대리인", agent.get("name", "")),
        ("대리인 주소", agent.get("address", "")),
        ("대리인 연락처", " ".join(filter(None, (agent.get("phone"), agent.get("email"))))),
        ("판매자", found["seller"]),
    ]


def _deal(found: dict[str, str]) -> list[tuple[str, str]]:
    return [
        ("상품", found["product"]),
        ("상품 주소", found["listing_url"]),
        ("주문번호", found["order_number"]),
        ("결제 금액", _sum(found)),
        ("구매일", found["purchased_on"]),
        ("받은 날", found["delivered_on"]),
    ]


def _triage(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("분류", found["category"]),
        ("책임", found["responsible"]),
        ("권리", found["right"]),
        ("권리의 마지막 날", found["last_day"]),
        ("위해", "있음" if found["hazard"] else ""),
    ]


def _answer(row: dict[str, Any]) -> dict[str, str]:
    parts = (row["on"], _KINDS[row["kind"]], row["offer"], _sum(row), _VERDICTS.get(row["verdict"], ""))
    reply = f"소비자의 답: {row['reply']}" if row["reply"] else ""
    return {"head": " · ".join(filter(None, parts)), "text": row["text"], "reply": reply}


def _sum(row: dict[str, str]) -> str:
    """`12,900원`; empty where no money is named."""
    return money(Decimal(row["amount"]), row["currency"], "ko") if row["amount"] else ""
