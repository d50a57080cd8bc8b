"""Publish a violation: only as an Act says, on evidence that was seen, after prior notice and opinion, by two persons."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.heard import heard
from mapae.desk.cases.models import Case, CaseEvent
from mapae.desk.documents.ladder import rung_of, why
from mapae.desk.documents.models import Document
from mapae.desk.documents.wording import wording
from mapae.desk.law import book
from mapae.workflow.force import Refusal, competent, evidence_rank, grounds_of

__all__ = ["grounds", "opinion_on", "publish_violation"]


@action("publish_violation")
def publish_violation(
    user: User, case: Case, *, text: str, ground: str = "", checked: bool = False, opinion: str = ""
) -> bool:
    """The first approver proposes the text, a second one, not the proposer, publishes the same. True once public.

    ground: the article by which the body may publish (APA 40-3(1)); checked: the person looked at the evidence (40-3(2));
    opinion: what was done with the opinion that was given (40-3(5), 27-2). Refused without these, where the evidence is
    weaker than the pack asks, or before a prior notice of it was served and its time for an opinion has passed.
    """
    _refuse_unlawful(case, ground, checked=checked)
    said = {"text": text.strip(), "ground": ground, "opinion": _considered(case, opinion)}
    if not said["text"]:
        raise Refused(_("The text is empty."), where=case.number)
    if any(event.data["text"] == said["text"] for event in case.events.filter(kind="published")):
        raise Refused(_("This text is public already."), where=case.number)
    proposed = case.events.filter(kind="publication_proposed").last()
    if proposed is None or proposed.data != said:
        log(case, "publication_proposed", user, **said)
        return False
    if proposed.actor_id == user.pk:
        raise Refused(_("A second person must publish what you proposed."), where=case.number)
    log(case, "published", user, **said)
    return True


def grounds(case: Case) -> tuple[str, ...]:
    """Articles in force today by which the body that leads the case may publish."""
    return grounds_of(book(), _rule()["act"], case.lead.key, clock.today())


def opinion_on(case: Case) -> CaseEvent | None:
    """The newest opinion given on a notice of the publication."""
    notices = Document.objects.filter(case=case, content__intends="publish_violation").values("code")
    return case.events.filter(kind="opinion_received", ref__in=notices).last()


def _refuse_unlawful(case: Case, ground: str, *, checked: bool) -> None:
    if case.lead.key not in competent(book(), _rule()["act"]):
        raise Refused(_("This body may not publish violations."), where=str(case.lead))
    if not heard(case, "publish_violation"):
        raise Refused(
            _(
                "A prior notice of the publication must be served and its time for an opinion must have passed."
            ),
            where=case.number,
        )
    if ground not in grounds(case):
        raise Refused(_("Say by which article it may be published."), where=case.number)
    best = rung_of(case.items.all(), best=True)
    if evidence_rank(book(), best) < evidence_rank(book(), _rule()["evidence"]):
        raise Refused(why(Refusal("evidence", _rule()["evidence"])), where=case.number)
    if not checked:
        raise Refused(_("Confirm that you looked at the evidence yourself."), where=case.number)


def _considered(case: Case, opinion: str) -> str:
    """What was done with the opinion; empty where none was given."""
    if opinion_on(case) is None:
        return ""
    if not opinion.strip():
        raise Refused(_("An opinion was given. Say what was done with it."), where=case.number)
    return opinion.strip()[:2000]


def _rule() -> dict[str, str]:
    found: dict[str, str] = wording("intended")["publish_violation"]
    return found
