"""Tells a firm by e-mail that a complaint waits for it; the mail holds no fact of it, only where to look."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from mapae.desk.documents.outbox import put
from mapae.desk.helpline.models import Complaint
from mapae.desk.parties.models import Mandate

__all__ = ["waits"]


def waits(mandate: Mandate, complaint: Complaint) -> None:
    """Into the outbox, in the caller's transaction, once for each handing over."""
    place = settings.PUBLIC_URL.rstrip("/") + reverse("agent-complaint", args=(complaint.number,))
    number, operator = complaint.number, mandate.operator
    lines = [
        f"소비자 불만 {number}({operator.name_ko})이 접수되었습니다.",
        f"A consumer complaint {number} ({operator.name_en}) waits for you.",
        f"有一件消费者投诉 {number}（{operator.name_zh or operator.name_en}）待处理。",
        "",
        place,
    ]
    subject = f"[Mapae] 소비자 불만 / Consumer complaint / 消费者投诉 {number}"
    key = f"helpline:{complaint.pk}:firm:{mandate.pk}:{complaint.events.count()}"
    put(key, "email", mandate.firm.email, {"subject": subject, "text": "\n".join(lines)})
