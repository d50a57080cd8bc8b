"""Publish a violation: only where an Act says so, after prior notice and opinion, by two persons."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.heard import heard
from mapae.desk.cases.models import Case
from mapae.desk.law import book
from mapae.workflow.force import competent

__all__ = ["publish_violation"]


@action("publish_violation")
def publish_violation(user: User, case: Case, *, text: str) -> bool:
    """The first approver proposes the text, a second one, not the proposer, publishes the same text. True once public.

    Refused unless the body may publish (APA 40-3) and a prior notice of it was served and its time for an opinion has passed.
    """
    if case.lead.key not in competent(book(), "publish_violation_facts"):
        raise Refused(_("This body may not publish violations."), where=str(case.lead))
    if not heard(case, "publish_violation"):
        raise Refused(
            _(
                "A prior notice of the publication must be served and its time for an opinion must have passed."
            ),
            where=case.number,
        )
    text = text.strip()
    if not text:
        raise Refused(_("The text is empty."), where=case.number)
    if any(event.data["text"] == text for event in case.events.filter(kind="published")):
        raise Refused(_("This text is public already."), where=case.number)
    proposed = case.events.filter(kind="publication_proposed").last()
    if proposed is None or proposed.data["text"] != text:
        log(case, "publication_proposed", user, text=text)
        return False
    if proposed.actor_id == user.pk:
        raise Refused(_("A second person must publish what you proposed."), where=case.number)
    log(case, "published", user, text=text)
    return True
