"""Tells consumers, sellers and agents by e-mail or SMS over the outbox; words and addresses are put together only on leaving.

A message to a consumer names no facts, only where to look; contacts, codes and links stand nowhere in the outbox in the open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from mapae.desk.documents.models import Outbox
from mapae.desk.documents.outbox import put
from mapae.desk.fields import seal, unseal
from mapae.desk.helpline import sms, withdrawal_mail
from mapae.desk.helpline.consumer.story import sentence, standing
from mapae.desk.helpline.links import address
from mapae.desk.helpline.models import Complaint
from mapae.desk.law import book, said
from mapae.desk.tags import day
from mapae.errors import InputError
from mapae.workflow.complaint_status import Status
from mapae.workflow.complaints import complaint_outcomes, complaint_states

__all__ = ["PREFIX", "Words", "reachable", "receiver", "send_code", "tell", "words"]

PREFIX = (
    "helpline:"  # `helpline:12:email`: of complaint 12; `helpline:12:letter:0`: first receiver of its letter
)


class Words(NamedTuple):
    """What leaves: subject, text, files as (name, media type, content)."""

    subject: str
    text: str
    files: tuple[tuple[str, str, bytes], ...] = ()


def reachable(complaint: Complaint) -> str:
    """How the consumer can be told: email, sms, or empty."""
    if complaint.email:
        return "email"
    return "sms" if complaint.phone and sms.available() else ""


def tell(complaint: Complaint, kind: str = "state") -> None:
    """Put the complaint's new state into the outbox, in the caller's transaction, once for each event. kind: the cause."""
    place = complaint.events.count()
    _put(complaint, f"{kind}:{place}", {"kind": "state", "state": complaint.state, "seq": place})


def send_code(complaint: Complaint, code: str, stamp: str) -> None:
    """Put a one-time code into the outbox; stamp: names this code, so that it leaves once."""
    _put(complaint, f"code:{stamp}", {"kind": "code", "secret": seal(code)})


def _put(complaint: Complaint, key: str, payload: Mapping[str, Any]) -> None:
    if channel := reachable(complaint):
        field = "email" if channel == "email" else "phone"
        put(f"helpline:{complaint.pk}:{key}", channel, f"{PREFIX}{complaint.pk}:{field}", payload)


def receiver(row: Outbox) -> str:
    """The address behind the row's; empty where it is gone."""
    complaint, field, place = _parts(row)
    if complaint is None:
        return ""
    if field == "letter":
        return withdrawal_mail.receiver(row.payload["withdrawal"], int(place))
    return str(getattr(complaint, field)) if field in ("email", "phone") else ""


def words(row: Outbox) -> Words:
    """The message of the row, in the language of who reads it. InputError where its complaint is gone."""
    complaint, field, place = _parts(row)
    if complaint is None:
        raise InputError("the complaint is gone", where=row.key)
    if field == "letter":
        return Words(*withdrawal_mail.words(row.payload["withdrawal"], int(place)))
    with translation.override(complaint.language):
        return _MAKERS[row.payload["kind"]](row, complaint)


def _state(row: Outbox, complaint: Complaint) -> Words:
    title = said(complaint_states(book())[row.payload["state"]].title)
    subject = _("Complaint %(number)s: %(state)s") % {"number": complaint.number, "state": title}
    look = _("See what happened and what you can do: %(address)s") % {"address": address(complaint)}
    if row.channel == "sms":
        return Words(subject, f"{subject}\n{address(complaint)}")
    end = [look, "", _("We never ask for a password or a card number.")]
    return Words(subject, "\n".join([subject, "", *_stands(row, complaint), *end]))


def _stands(row: Outbox, complaint: Complaint) -> list[str]:
    """What happened; and where the message still is of the newest state, who acts next, by when and what to do if not, as
    the page says it to whoever has the link."""
    happened = complaint.events.filter(seq__lte=row.payload.get("seq", 0)).order_by("-seq")
    told = next(filter(None, map(sentence, happened)), "")
    lines = [f"{told}."] if told else []
    if complaint.state == row.payload["state"]:
        lines += _next(complaint, standing(complaint))
    return [*lines, ""] if lines else []


def _next(complaint: Complaint, now: Status) -> list[str]:
    if complaint.state == "closed":
        outcome = said(complaint_outcomes(book()).get(complaint.outcome, {}))
        return [*([_("Outcome: %(outcome)s") % {"outcome": outcome}] if outcome else []), said(now.if_not)]
    due = _due(complaint, now) if now.by and not now.theirs else ""
    return [_("Who acts next: %(who)s%(due)s") % {"who": said(now.who_title), "due": due}, said(now.if_not)]


def _due(complaint: Complaint, now: Status) -> str:
    if now.clock is not None:
        why = said(now.clock.kind.title) if now.by_law else _("our target, not law")
    else:
        why = _("last day of your right") if now.by == complaint.last_day else _("The day that was promised")
    return _(", until %(day)s (%(why)s)") % {"day": day(now.by), "why": why}


def _code(row: Outbox, complaint: Complaint) -> Words:
    code = unseal(row.payload["secret"])
    subject = _("Code for complaint %(number)s") % {"number": complaint.number}
    text = _("Your code is %(code)s. It holds for 10 minutes. Give it to nobody.") % {"code": code}
    return Words(subject, text)


def _relayed(row: Outbox, complaint: Complaint) -> Words:
    """What somebody wrote to the relay address, and that an answer to this mail goes nowhere."""
    sender, _sep, text = unseal(row.payload["secret"]).partition("\n")
    subject = _("Message about complaint %(number)s") % {"number": complaint.number}
    end = _("Do not answer this mail: it does not reach them. Use your page: %(address)s") % {
        "address": address(complaint)
    }
    return Words(subject, "\n".join([_("Passed on from %(who)s:") % {"who": sender}, "", text, "", "—", end]))


_MAKERS = {"state": _state, "code": _code, "relay": _relayed}


def _parts(row: Outbox) -> tuple[Complaint | None, str, str]:
    pk, _sep, rest = row.address.removeprefix(PREFIX).partition(":")
    field, _sep, place = rest.partition(":")
    found = Complaint.objects.filter(pk=pk).first() if pk.isdigit() else None
    return found, field, place
