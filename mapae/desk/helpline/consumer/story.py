"""The story of a complaint for its consumer: where it stands and what happened when, as page and feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils import feedgenerator
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mapae.desk.helpline import desk_due
from mapae.desk.helpline.advice import advice
from mapae.desk.helpline.links import address
from mapae.desk.helpline.models import AgentAnswer, Complaint, ComplaintEvent
from mapae.desk.helpline.share import has_receiver
from mapae.desk.law import book, said
from mapae.workflow.complaint_status import Status
from mapae.workflow.complaints import complaint_after, complaint_states, who_titles

__all__ = ["answers_with_days", "case_told", "feed_of", "happenings", "letters_to", "sentence", "standing"]

_FEEDS = {"atom": feedgenerator.Atom1Feed, "rss": feedgenerator.Rss201rev2Feed}
# kinds of events whose words were written for the consumer
_TO_THE_CONSUMER = (
    "advised",
    "referred",
    "extended",
    "session_set",
    "proposal_told",
    "redress_ended",
    "mediation_ended",
    "closed",
    "reopened",
)


def standing(complaint: Complaint) -> Status:
    """Where it stands: what happened, who acts next, by when, what to do if not; joined to another, by that one's course."""
    own, lead = desk_due.standing(complaint), complaint.duplicate_of
    if complaint.anonymous and complaint.state != "closed":
        return _nobodys(own)
    if (
        complaint.state == "closed"
        and lead
        and (lead.email, lead.phone) != (complaint.email, complaint.phone)
    ):
        return replace(own, if_not=complaint_after(complaint.outcome, book(), joined=True) or own.if_not)
    if complaint.state != "merged" or lead is None:
        nobody = complaint_states(book())[own.state].if_nobody
        return replace(own, if_not=nobody) if nobody and not own.late and not _goes(complaint) else own
    found = desk_due.standing(lead)
    by = replace(own, by=found.by, clock=found.clock, late=found.late)
    return by if found.who == "consumer" else replace(by, who=found.who, who_title=found.who_title)


def _nobodys(own: Status) -> Status:
    """A report without a person waits for nobody's choice: officers read it, and there is nobody to answer."""
    found = replace(own, if_not=advice("anonymous"))
    if own.who != "consumer":
        return found
    return replace(
        found, who="helpline", who_title=who_titles(book())["helpline"], by=None, clock=None, late=False
    )


def _goes(complaint: Complaint) -> bool:
    """Whether there is somebody whom it could be handed to."""
    return complaint.responsible in ("agent", "social_network") and has_receiver(complaint)


def happenings(complaint: Complaint) -> list[tuple[datetime, str]]:
    """(moment, what happened) of each event that is told, the newest first."""
    rows = [(event.at, sentence(event)) for event in complaint.events.all()]
    return [row for row in reversed(rows) if row[1]]


def sentence(event: ComplaintEvent) -> str:
    """What happened, in words for the consumer; empty for what is not told. Who chose what has a sentence of its own."""
    words = _words()
    chosen = (f"{event.kind}.{event.data.get(name)}" for name in ("choice", "party", "answer"))
    return said(next((words[key] for key in chosen if key in words), words.get(event.kind, {})))


def case_told(complaint: Complaint) -> tuple[str, int]:
    """What became of its case, in a sentence, and how many others told of the same; empty without a case."""
    case = complaint.case
    if case is None:
        return "", 0
    words = {
        "open": _("The authority is looking into it."),
        "asked": _("The authority has asked the shop to act."),
        "answered": _("The shop has answered the authority."),
        "verified": _("The authority looked again: what it asked for was done."),
        "closed": _("The authority has closed the case."),
    }
    told = words[case.state]
    if case.state == "open" and case.events.filter(kind="relisted").exists():
        told = _("The goods came back under another name. The authority saw it and works on.")
    return told, case.items.filter(kind="complaint").count() - 1


def letters_to(complaint: Complaint) -> list[tuple[datetime, str, str, date | None]]:
    """(moment, what happened, the words that officers wrote to the consumer about it, by when the business performs), the
    newest first. Personal data."""
    rows = [event for event in complaint.events.filter(kind__in=_TO_THE_CONSUMER) if event.told]
    return [(event.at, sentence(event), event.told, _performs(event)) for event in reversed(rows)]


def answers_with_days(complaint: Complaint) -> list[tuple[AgentAnswer, date | None]]:
    """What the agent wrote, in order, each result with the day by which it is to be performed."""
    days = iter([_performs(event) for event in complaint.events.filter(kind="result_told")])
    return [(each, next(days, None) if each.kind == "result" else None) for each in complaint.answers.all()]


def _performs(event: ComplaintEvent) -> date | None:
    told = event.data.get("performs_by")
    return date.fromisoformat(told) if told else None


def feed_of(complaint: Complaint, kind: str) -> str:
    """The same as a feed for news readers, `atom` (RFC 4287) or `rss` (2.0); its entries lead to the page."""
    place = address(complaint)
    now = standing(complaint)
    title = _("Complaint %(number)s: %(state)s") % {"number": complaint.number, "state": said(now.title)}
    feed = _FEEDS[kind](
        title=title, link=place, description=said(now.happened), language=get_language(), feed_url=f"{place}/feed.{kind}",
        author_name="Mapae",
    )  # fmt: skip
    for event in reversed(complaint.events.all()):
        if words := sentence(event):
            feed.add_item(
                title=words, link=place, description=escape(words), unique_id=f"urn:mapae:{complaint.number}:{event.seq}",
                pubdate=event.at, updateddate=event.at, unique_id_is_permalink=False,
            )  # fmt: skip
    return str(feed.writeString("utf-8"))


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(
        files("mapae.desk.helpline.consumer").joinpath("story.yaml").read_text("utf-8")
    )
    return found
