"""Tells a firm by e-mail that something happened to its complaint; the mail holds no fact of it, only where to look."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from django.conf import settings
from django.urls import reverse

from mapae.desk import clock
from mapae.desk.documents.outbox import put
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.share import agreed, live_mandate
from mapae.desk.parties.models import Mandate, Operator

__all__ = ["tell"]

HANDED = "complaint_handed_over"


def tell(complaint: Complaint, verb: str) -> None:
    """Into the outbox, in the caller's transaction, once for each event; nothing where the firm may not see the complaint."""
    words, mandate = _words().get(verb), _reader(complaint)
    if words is None or mandate is None:
        return
    place = settings.PUBLIC_URL.rstrip("/") + reverse("agent-complaint", args=(complaint.number,))
    names = _names(mandate.operator)
    lines = [words[key].format(number=complaint.number, operator=names[key]) for key in ("ko", "en", "zh")]
    subject = f"[Mapae] 소비자 불만 / Consumer complaint / 消费者投诉 {complaint.number}"
    key = f"helpline:{complaint.pk}:firm:{mandate.pk}:{complaint.events.count()}"
    put(key, "email", mandate.firm.email, {"subject": subject, "text": "\n".join([*lines, "", place])})


def _reader(complaint: Complaint) -> Mandate | None:
    """The mandate by which a firm sees the complaint today: agreed to, handed over, live."""
    share = agreed(complaint)
    if share is None or not complaint.events.filter(kind=HANDED).exists():
        return None
    own = share.mandate
    return own if own and own.live(clock.today()) else live_mandate(complaint)


def _names(operator: Operator) -> dict[str, str]:
    return {"ko": operator.name_ko, "en": operator.name_en, "zh": operator.name_zh or operator.name_en}


@cache
def _words() -> dict[str, dict[str, str]]:
    found = yaml.safe_load(files("mapae.desk.helpline").joinpath("firm_mail.yaml").read_text("utf-8"))
    return dict(found)
