"""Forms that are not finished: kept sealed under a secret address, without an account, until their last day. One that was
sent keeps no answer any more; its address leads on to the complaint, for who goes back or sends it twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from mapae.desk import clock
from mapae.desk.helpline.links import digest, find, new_link
from mapae.desk.helpline.models import Complaint, Draft

__all__ = ["DAYS", "clear_old", "find_draft", "keep", "led_to", "new_draft", "read", "sent_as"]

DAYS = 14
_SENT = "sent"  # instead of answers: the secret of the complaint's address


def new_draft(data: Mapping[str, str], language: str) -> str:
    """Keep the answers so far; the secret of their address."""
    link, now = new_link(), clock.now()
    Draft.objects.create(
        link_digest=digest(link), language=language, data=_plain(data), made_at=now,
        expires_at=now + timedelta(days=DAYS),
    )  # fmt: skip
    return link


def find_draft(link: str) -> Draft | None:
    """The draft while it holds."""
    return Draft.objects.filter(link_digest=digest(link), expires_at__gt=clock.now()).first()


def read(draft: Draft) -> dict[str, str]:
    """The answers so far."""
    found: dict[str, str] = json.loads(draft.data)
    return found


def keep(draft: Draft, data: Mapping[str, str]) -> None:
    """Keep the answers as they are now; the draft holds anew."""
    draft.data, draft.expires_at = _plain(data), clock.now() + timedelta(days=DAYS)
    draft.save(update_fields=["data", "expires_at"])


def sent_as(draft: Draft, complaint: Complaint) -> None:
    """The draft was sent: its answers go, its address leads to the complaint while the draft would have held."""
    keep(draft, {_SENT: complaint.link})


def led_to(draft: Draft) -> tuple[Complaint | None, datetime] | None:
    """The complaint that a draft became (None once it is gone) and when; None while it was not sent."""
    link = read(draft).get(_SENT)
    return (find(link), draft.expires_at - timedelta(days=DAYS)) if link else None


def clear_old(now: datetime) -> None:
    """Work of each round: drafts past their last day are gone."""
    Draft.objects.filter(expires_at__lte=now).delete()


def _plain(data: Mapping[str, str]) -> str:
    return json.dumps(dict(data), ensure_ascii=False)
