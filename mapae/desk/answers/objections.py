"""Objections to letters: whether one may be raised, until when, whether it came in time, and which wait for a decision."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.answers.models import ObjectionDecision, Reply
from mapae.desk.documents.models import Document
from mapae.desk.law import book, said
from mapae.desk.scope import cases_for
from mapae.workflow import ObjectionKind, objection_to, open_until

__all__ = ["came_late", "may_object", "objection_of", "sentence", "undecided", "until", "why_not_decide"]


def objection_of(document: Document) -> ObjectionKind | None:
    """The objection that law knows to this document; None where it knows none."""
    return objection_to(document.kind, book())


def until(document: Document) -> date | None:
    """The last day on which an objection is in time; None where law knows none, or it was not served."""
    kind = objection_of(document)
    if kind is None or document.served_at is None:
        return None
    return open_until(kind, timezone.localtime(document.served_at).date(), book())


def may_object(document: Document) -> bool:
    """Whether an objection can be raised now: the letter stands and none waits. One that is late is taken, and said to be."""
    if until(document) is None or document.state == "withdrawn":
        return False
    return not document.replies.filter(kind="objection").filter(_waiting()).exists()


def came_late(reply: Reply) -> bool:
    """Whether the objection came after its last day."""
    last = until(reply.document)
    return last is not None and timezone.localtime(reply.at).date() > last


def undecided(user: User) -> QuerySet[Reply]:
    """Objections to letters that wait for a decision, in cases the officer may see, the oldest first."""
    found = Reply.objects.filter(kind="objection", document__case__in=cases_for(user)).filter(_waiting())
    return found.select_related("document__case__operator", "by", "firm").order_by("at", "pk")


def why_not_decide(user: User, reply: Reply) -> str:
    """Why this person may not decide it, a sentence; empty where they may."""
    document = reply.document
    if decided(reply):
        return _("This objection has been decided.")
    if user.body_id != document.body_id:
        return _("Another body issued the letter; it decides.")
    if document.drafter_id == user.pk:
        return _("You drafted the letter; a second officer decides.")
    if reply.by_id == user.pk:
        return _("You wrote the objection down; a second officer decides.")
    return ""


def decided(reply: Reply) -> bool:
    """Whether there is a verdict."""
    return ObjectionDecision.objects.filter(reply=reply).exclude(verdict="").exists()


def sentence(decision: ObjectionDecision) -> str:
    """The decision in a sentence of the page's language."""
    if not decision.verdict:
        return _("The objection was handed to the court, which decides.")
    verdicts = book().pack.data("workflow.yaml")["verdicts"]
    kind = objection_of(decision.reply.document)
    return f"{said(kind.title) if kind else ''}: {said(verdicts[decision.verdict])}"


def _waiting() -> Q:
    return Q(decision__isnull=True) | Q(decision__verdict="")
