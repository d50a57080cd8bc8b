"""Approve a document: never one's own, by as many persons as its kind wants; the last approval numbers and freezes it."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.bodies.models import Body
from mapae.desk.cases import evidence
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.actions.draft import refuse_unless_open
from mapae.desk.cases.models import Case
from mapae.desk.documents.compose import compose
from mapae.desk.documents.letter import digest, to_json
from mapae.desk.documents.models import Approval, Document, LetterCount
from mapae.desk.documents.render import pdf
from mapae.desk.law import book
from mapae.workflow import document_kinds

__all__ = ["approve", "waiting_for"]


@action("approve")
def approve(user: User, case: Case | None, *, document: Document) -> Document:
    """One person's approval; when enough have approved, the letter is numbered, dated and frozen with its digest."""
    assert case is not None
    found = waiting_for(user, case, document)
    kind = document_kinds(book())[found.kind]
    items = list(found.items.all())
    refuse_unless_open(kind, case, user, items, confirmed=bool(found.content.get("confirmed")))
    Approval.objects.create(document=found, user=user, at=clock.now())
    given = found.approval_set.count()
    log(case, "approved", user, ref=found.code, step=given, of=kind.approvals)
    if given >= kind.approvals:
        _freeze(found)
    return found


def waiting_for(user: User, case: Case, document: Document) -> Document:
    """The document, locked, if this person may decide on it now; Refused says why not."""
    found = Document.objects.select_for_update().get(pk=document.pk, case=case)
    if found.state != "draft":
        raise Refused(_("This document does not wait for approval."), where=found.code, mend="")
    if found.body_id != user.body_id:
        raise Refused(_("Another body issues this document."), where=found.code, mend="")
    if found.drafter_id == user.pk:
        raise Refused(_("Whoever drafted a document cannot approve it."), where=found.code, mend="")
    if found.approval_set.filter(user=user).exists():
        raise Refused(
            _("You have approved this already; another person is needed."), where=found.code, mend=""
        )
    return found


def _freeze(document: Document) -> None:
    names = [row.user.name for row in document.approval_set.select_related("user").order_by("at", "id")]
    today = clock.today()
    document.number = _next_number(document.body, today.year)
    letter = compose(
        document, today, number=document.number, issued_on=today, reviewers=names[:-1], approver=names[-1]
    )
    document.content = {**document.content, "letter": to_json(letter)}
    document.digest = digest(letter)
    document.pdf = evidence.keep(pdf(letter), "application/pdf", name=f"{document.code}.pdf", rung="stated")
    document.state, document.approved_at = "approved", timezone.localtime(clock.now())
    document.save()


def _next_number(body: Body, year: int) -> str:
    """`산업통상부-2026-17`: counted by body and year; the row is locked, so that no number is given twice."""
    LetterCount.objects.get_or_create(body=body, year=year)
    count = LetterCount.objects.select_for_update().get(body=body, year=year)
    count.last += 1
    count.save(update_fields=["last"])
    return f"{body.department_ko or body.name_ko}-{year}-{count.last}"
