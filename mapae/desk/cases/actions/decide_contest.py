"""Decide a contest: by a second officer; accepted, the notice is withdrawn; rejected, the reasons are told in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.models import Contest
from mapae.desk.answers.tidings import tell_of_contest
from mapae.desk.answers.withdrawal import withdraw
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case, CaseItem
from mapae.workflow import item_after

__all__ = ["decide_contest", "why_not_decide"]


@action("decide_contest")
def decide_contest(
    user: User, case: Case | None, *, contest: Contest, verdict: str, reasons: str = ""
) -> Contest:
    """verdict: accepted or rejected. Whoever drafted the notice, or wrote the contest down, does not decide it.

    Accepting one contest of an item ends the others with it. A rejected contest puts the item back where it stood.
    """
    assert case is not None
    found = Contest.objects.select_for_update(of=("self",)).get(pk=contest.pk, item__case=case)
    if reason := why_not_decide(user, found):
        raise Refused(reason, where=found.item.subject_id, mend="")
    if verdict not in ("accepted", "rejected"):
        raise Refused(_("Choose: accepted or rejected."), where=found.item.subject_id, mend="")
    if verdict == "rejected" and not reasons.strip():
        raise Refused(_("Say why, in words the person can follow."), where=found.item.subject_id, mend="")
    item = CaseItem.objects.select_for_update().get(pk=found.item_id)
    _decide(found, user, verdict, reasons)
    log(case, f"contest_{verdict}", user, item=item, contest=found.pk, text=reasons.strip()[:1000])
    if verdict == "accepted":
        for other in item.contests.filter(verdict=""):
            _decide(other, user, verdict, reasons)
        withdraw(user, case, item, reasons.strip() or found.ground)
    elif not item.contests.filter(verdict="").exists():
        item.state = _back(item.state, found.before)
        item.save(update_fields=["state"])
    return found


def why_not_decide(user: User, contest: Contest) -> str:
    """Why this person may not decide it, a sentence; empty where they may."""
    if contest.verdict:
        return _("This contest has been decided.")
    if contest.item.documents.filter(served_at__isnull=False, drafter=user).exists():
        return _("You drafted the notice; a second officer decides.")
    if contest.by_id == user.pk:
        return _("You wrote the contest down; a second officer decides.")
    return ""


def _decide(contest: Contest, user: User, verdict: str, reasons: str) -> None:
    contest.verdict, contest.reasons = verdict, reasons.strip()[:4000]
    contest.decided_by, contest.decided_at = user, clock.now()
    contest.save(update_fields=["verdict", "reasons", "decided_by", "decided_at"])
    tell_of_contest(contest)


def _back(state: str, before: str) -> str:
    """Where the item stands when the contest is off the table: asked about, or where its removal was said or seen."""
    asked = item_after(state, "contest_rejected")
    if asked is None:
        return state
    if before == "claimed_removed":
        return item_after(asked, "claimed_removed") or asked
    return item_after(asked, "checked", before) or asked
