"""What every verb on a complaint shares: who may and when, one transaction with it held, the state moved, all told."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline import desk_due, events, firm_mail, telling
from mapae.desk.helpline.desk_scope import complaints_for
from mapae.desk.helpline.models import Complaint
from mapae.desk.law import book
from mapae.workflow.complaints import complaint_refused, complaint_verbs

__all__ = ["CONSUMER", "Work", "act", "allowed", "person", "role_of", "run", "why_not"]

CONSUMER = "consumer"  # the actor where the consumer acts: they have no account
_WHY = {
    "role": "This is not for your role.",
    "state": "This cannot be done as the complaint stands now.",
    "scope": "This complaint is not yours to act on.",
    "person": "A report without a name cannot be handed on, nor go to redress or mediation.",
}
_OF_PERSONS = ("hand_over", "send_to_network", "apply_redress", "apply_mediation", "join_collective")
Actor = User | str | None
Work = Callable[..., str | None]
_FOUND: dict[str, Work] = {}


def act(verb: str) -> Callable[[Work], Work]:
    """Decorate the function that does a verb of the pack's table; its file has the verb's name.

    It gets the held complaint, the actor and the verb's data, writes events, and returns the state that follows where the
    table leaves that to it.
    """

    def keep(work: Work) -> Work:
        _FOUND[verb] = work
        return work

    return keep


def run(verb: str, actor: Actor, complaint: Complaint, **data: Any) -> Complaint:
    """Do a verb: check, hold, work, move the state, tell the consumer; all or nothing. Refused where it may not be done.

    actor: a user, "consumer" (whoever holds the link), or None where the desk itself acts.
    """
    importlib.import_module(f"mapae.desk.helpline.actions.{verb}")
    chosen = complaint_verbs(book())[verb]
    with transaction.atomic():
        held = events.locked(complaint)
        if reason := why_not(verb, actor, held):
            raise Refused(_(_WHY[reason]), where=held.number, mend="")
        before = held.state
        after = _FOUND[verb](held, actor, **data) or chosen.after or held.state
        if before == "received" != after and verb != "advise":
            _advised_by_it(held)
        if after != held.state:
            events.move(held, after, held.outcome if after == "closed" else "")
        desk_due.refresh(held)
        if chosen.tells and not (actor == CONSUMER and after == before):  # who acts knows it
            telling.tell(held, verb)
        if role_of(actor) != "agent":
            firm_mail.tell(held, verb)
        if after == "closed":
            _joined_too(held)
    complaint.refresh_from_db()
    return complaint


def _advised_by_it(complaint: Complaint) -> None:
    """A complaint that goes on at once: whoever sent it has seen the advice, so that its clock ends."""
    from mapae.desk.helpline.actions._said import say

    say(complaint, "advised", None, right=complaint.right)


def _joined_too(complaint: Complaint) -> None:
    from mapae.desk.helpline.actions.close import tell_joined

    tell_joined(complaint)


def why_not(verb: str, actor: Actor, complaint: Complaint) -> str | None:
    """The reason against it, a key of words, or None. A person must see the complaint; headquarters only read."""
    if reason := complaint_refused(verb, complaint.state, role_of(actor), book()):
        return reason
    if complaint.anonymous and verb in _OF_PERSONS:
        return "person"  # nobody could be answered or be a party
    seen = not isinstance(actor, User) or complaints_for(actor).filter(pk=complaint.pk).exists()
    return None if seen else "scope"


def allowed(actor: Actor, complaint: Complaint) -> list[str]:
    """The verbs this actor may do on this complaint now, in the table's order."""
    return [verb for verb in complaint_verbs(book()) if why_not(verb, actor, complaint) is None]


def role_of(actor: Actor) -> str:
    """officer, agent, consumer, desk, or the person's other role, which no verb names."""
    if actor is None:
        return "desk"
    return actor.role if isinstance(actor, User) else actor


def person(actor: Actor) -> User | None:
    """The user who acts; None for the consumer and the desk."""
    return actor if isinstance(actor, User) else None
