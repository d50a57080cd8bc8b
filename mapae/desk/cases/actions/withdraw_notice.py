"""Withdraw a notice about an item on the body's own motion, where it turns out to be wrong."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.tidings import tell_of_contest, tell_of_withdrawal
from mapae.desk.answers.withdrawal import withdraw
from mapae.desk.cases.actions._action import Refused, action
from mapae.desk.cases.models import Case, CaseItem

__all__ = ["withdraw_notice"]


@action("withdraw_notice")
def withdraw_notice(user: User, case: Case | None, *, item: CaseItem, reasons: str) -> None:
    """Contests of the item that are still open are accepted with it. Refused without reasons, or where nothing was sent."""
    assert case is not None
    found = CaseItem.objects.select_for_update().get(pk=item.pk, case=case)
    if not reasons.strip():
        raise Refused(_("Give the reason."), where=found.subject_id, mend="")
    if not found.documents.filter(served_at__isnull=False).exists():
        raise Refused(_("There is no notice to withdraw."), where=found.subject_id, mend="")
    contests = list(found.contests.filter(verdict=""))
    for contest in contests:
        contest.verdict, contest.reasons = "accepted", reasons.strip()[:4000]
        contest.decided_by, contest.decided_at = user, clock.now()
        contest.save(update_fields=["verdict", "reasons", "decided_by", "decided_at"])
        tell_of_contest(contest)
    withdraw(user, case, found, reasons.strip())
    if not contests:
        tell_of_withdrawal(case, found)
