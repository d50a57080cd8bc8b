"""Invented complaints in bulk, and an mbox of messages with what mailboxes really hold: charsets, HTML, repeats, junk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["build", "mbox"]

_BATCH = 5000
_TWO_YEARS = 1_051_200  # minutes
_SHOPS = ("루미베이", "달마트", "Pinecove", "Tidewick")
_GOODS = (
    "치발기",
    "운동화",
    "무선 이어폰",
    "전기 담요",
    "주방 칼",
    "가방",
    "화장품",
    "장난감",
    "충전기",
    "텐트",
)
_SAYS = {
    "ko": (
        "{shop}에서 산 {goods}이 불량입니다. 환불을 요청했는데 판매자와 연락이 안 됩니다. 주문 {n}.",
        "{shop}에서 주문한 {goods} 배송이 한 달째 안 옵니다. 취소하고 환불받고 싶어요. 주문 {n}.",
        "{goods}이 광고와 다릅니다. {shop} 상담원은 답이 없고 반품비를 내라고 합니다. 주문 {n}.",
    ),
    "en": ("The {goods} from {shop} is broken and they refuse a refund. Order {n}.",),
    "zh-hans": ("在{shop}买的{goods}有问题，要求退款被拒绝。订单{n}。",),
}
_STATES = ("received", "advised", "handed_over", "answered", "redress", "closed", "closed", "closed")
_CATEGORIES = ("defective", "delivery", "not_as_described", "refund_delay", "unsafe_product")
_COURSE = {
    "received": ("received",),
    "advised": ("received", "advised"),
    "handed_over": ("received", "advised", "complaint_handed_over"),
    "answered": ("received", "advised", "complaint_handed_over", "progress_told", "result_told"),
    "redress": ("received", "advised", "redress_applied"),
    "closed": ("received", "advised", "closed"),
}


def build(count: int, seed: int = 0) -> Any:
    """That many complaints over two years; the officer who looks at them."""
    from mapae.desk import clock
    from tests.desk.people import make_world

    world = make_world(clock.today())
    random, now = Random(seed), clock.now()
    for first in range(0, count, _BATCH):
        _batch(world, random, now, range(first, min(count, first + _BATCH)))
    _analyse()
    return world.dojin


def _batch(world: Any, random: Random, now: datetime, numbers: range) -> None:
    from mapae.desk.helpline import desk_due, desk_search
    from mapae.desk.helpline.models import Complaint, ComplaintEvent

    rows = [Complaint(**_complaint(world, random, now, number)) for number in numbers]
    made = Complaint.objects.bulk_create(rows)
    ComplaintEvent.objects.bulk_create(
        ComplaintEvent(
            complaint=each, seq=seq, kind=kind, at=each.received_at + timedelta(hours=seq), role="desk"
        )
        for each in made
        for seq, kind in enumerate(_COURSE[each.state], 1)
    )
    desk_search.keep(made)
    live = Complaint.objects.filter(pk__in=[each.pk for each in made]).prefetch_related("events")
    desk_due.refresh_many(list(live))


def _complaint(world: Any, random: Random, now: datetime, number: int) -> dict[str, Any]:
    language = random.choices(("ko", "en", "zh-hans"), (85, 10, 5))[0]
    shop, goods = random.choice(_SHOPS), random.choice(_GOODS)
    text = random.choice(_SAYS[language]).format(shop=shop, goods=goods, n=number)
    if number % 50_000 == 7:
        text += " 희귀낱말"
    operators = {"루미베이": world.lumibay, "달마트": world.dalmart}
    return {
        "number": f"2025-H-{number:06d}",
        "link": f"l{number}",
        "link_digest": hashlib.sha256(f"l{number}".encode()).hexdigest(),
        "received_at": now - timedelta(minutes=(5 * (1_000_000 - number)) % _TWO_YEARS),
        "channel": random.choice(("web", "phone", "email")),
        "language": language,
        "operator": operators.get(shop),
        "operator_told": shop,
        "product": goods,
        "text": text,
        "gist": text,
        "order_number": f"LB-{number:08d}",
        "email": f"c{number}@mail.example",
        "relay": f"r{number:016x}",
        "state": random.choice(_STATES),
        "category": random.choice(_CATEGORIES),
        "confidence": random.random(),
        "responsible": random.choice(("agent", "agent", "seller", "customs")),
        "hazard": random.random() < 0.01,
        "right": "mismatch_3m_30d",
    }


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def mbox(path: Path, count: int, seed: int = 1) -> Path:
    """An mbox: seven of ten plain, HTML, code pages by turns; one in 50 comes twice, one in 100 is junk."""
    random = Random(seed)
    with path.open("wb") as file:
        for raw in _messages(random, count):
            body = raw.replace(b"\nFrom ", b"\n>From ")
            file.write(
                b"From consumer@mail.example Mon Nov  9 10:00:00 2026\n" + body.rstrip(b"\n") + b"\n\n"
            )
    return path


def _messages(random: Random, count: int) -> Iterator[bytes]:
    before = b""
    for number in range(count):
        if number % 50 == 49:
            yield before
        elif number % 100 == 13:
            yield random.choice(
                (b"no headers at all\n", b"From: x\n\n\xff\xfe", b"Subject: nobody\n\nwords\n")
            )
        else:
            before = _message(random, number)
            yield before


def _message(random: Random, number: int) -> bytes:
    shop, goods = random.choice(_SHOPS), random.choice(_GOODS)
    text = random.choice(_SAYS["ko"]).format(shop=shop, goods=goods, n=number) + "\n"
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = f"c{number}@mail.example", f"<m{number}@mail.example>"
    mail["Subject"], mail["Date"] = "환불 문제", "Mon, 09 Nov 2026 10:00:00 +0900"
    kind = number % 10
    if kind < 7:
        mail.set_content(text)
    elif kind == 7:
        mail.set_content(f"<p>{text}</p><script>1</script>", subtype="html")
    else:
        head = f"From: c{number}@mail.example\nMessage-ID: <m{number}@mail.example>\nContent-Type: text/plain; charset="
        named = "euc-kr" if kind == 8 else "us-ascii"  # the second lies
        return f"{head}{named}\nContent-Transfer-Encoding: 8bit\n\n".encode() + text.encode("euc-kr")
    return mail.as_bytes()
