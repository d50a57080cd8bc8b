"""Decide an objection to a letter: lift or annul it, in whole or in part, or dismiss the objection; a letter tells it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.models import ObjectionDecision, Reply
from mapae.desk.answers.objections import objection_of, why_not_decide
from mapae.desk.answers.tidings import tell_of_objection
from mapae.desk.answers.withdrawal import SETTLED, withdraw
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.decision import draft_decision
from mapae.desk.documents.models import Document
from mapae.workflow.objections import VERDICTS

__all__ = ["decide_objection"]


@action("decide_objection")
def decide_objection(
    user: User,
    case: Case | None,
    *,
    reply: Reply,
    verdict: str,
    reasons: str = "",
    items: Iterable[CaseItem] = (),
) -> ObjectionDecision:
    """verdict: upheld, partly (items: what is lifted) or dismissed; where the court decides, first `court` (the court was
    told), then what it ruled. Whoever drafted the letter, or wrote the objection down, does not decide it.

    What is lifted is withdrawn and, where it was taken down, to be put back. The letter with the decision is drafted.
    """
    assert case is not None
    found = Reply.objects.select_for_update(of=("self",)).get(
        pk=reply.pk, kind="objection", document__case=case
    )
    kind, document = objection_of(found.document), found.document
    assert kind is not None
    if reason := why_not_decide(user, found):
        raise Refused(reason, where=document.code, mend="")
    decision = ObjectionDecision.objects.get_or_create(reply=found)[0]
    if kind.decides == "court" and decision.court_told_at is None:
        return _hand_over(user, case, decision, verdict)
    lifted = _lifted(document, verdict, items, reasons)
    decision.verdict, decision.reasons = verdict, reasons.strip()[:4000]
    decision.decided_by, decision.decided_at = user, clock.now()
    decision.save()
    decision.items.set(lifted)
    log(case, "objection_decided", user, ref=document.code, verdict=verdict, text=reasons.strip()[:1000])
    _lift(user, case, document, verdict, lifted, reasons.strip())
    if kind.letter:
        decision.letter = draft_decision(user, case, decision, kind)
        decision.save(update_fields=["letter"])
    tell_of_objection(case, document, decision)
    return decision


def _hand_over(user: User, case: Case, decision: ObjectionDecision, verdict: str) -> ObjectionDecision:
    document = decision.reply.document
    if verdict != "court":
        raise Refused(_("Law has the court decide: tell the court first."), where=document.code, mend="")
    decision.court_told_at = clock.now()
    decision.save(update_fields=["court_told_at"])
    log(case, "objection_to_court", user, ref=document.code)
    tell_of_objection(case, document, decision)
    return decision


def _lifted(document: Document, verdict: str, items: Iterable[CaseItem], reasons: str) -> list[CaseItem]:
    """The items that the verdict lifts; Refused where the form is wrong."""
    where = document.code
    if verdict not in VERDICTS:
        raise Refused(_("Say what is decided."), where=where, mend="")
    if not reasons.strip():
        raise Refused(_("Say why, in words the person can follow."), where=where, mend="")
    own = {item.pk: item for item in document.items.all()}
    chosen = [own[item.pk] for item in items if item.pk in own]
    if verdict == "partly" and own and not 0 < len(chosen) < len(own):
        raise Refused(_("Choose what is lifted: some, but not all."), where=where, mend="")
    return {"upheld": list(own.values()), "partly": chosen}.get(verdict, [])


def _lift(
    user: User, case: Case, document: Document, verdict: str, items: list[CaseItem], reasons: str
) -> None:
    for item in items:
        locked = CaseItem.objects.select_for_update().get(pk=item.pk)
        if locked.state and locked.state not in SETTLED:
            withdraw(user, case, locked, reasons)
    document.refresh_from_db()
    if verdict == "upheld" and document.state != "withdrawn":
        document.state = "withdrawn"
        document.save(update_fields=["state"])
        log(case, "document_withdrawn", user, ref=document.code)
