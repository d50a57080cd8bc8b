"""What follows when a notice about an item was wrong: it is withdrawn, the finding corrected, the goods put back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.findings.models import Decision, Finding
from mapae.desk.findings.settled import settle
from mapae.workflow import item_after

__all__ = ["SETTLED", "was_down", "withdraw"]

SETTLED = (
    "withdrawn",
    "restoring",
    "restored",
)  # states in which nothing is asked of anybody but to put it back


def withdraw(user: User, case: Case, item: CaseItem, because: str) -> None:
    """Withdraw what was asked about the (locked) item; where it was taken down, ask at once to put it back."""
    after = item_after(item.state, "contest_accepted") or item_after(item.state, "notice_withdrawn")
    if after is None or item.state in ("", *SETTLED):
        raise Refused(_("There is no notice to withdraw."), where=item.subject_id, mend="")
    item.state = after
    item.save(update_fields=["state"])
    log(case, "notice_withdrawn", user, item=item, reason=because[:300])
    _correct(user, item, because)
    _withdraw_documents(user, case, item)
    if was_down(item):
        run("request_restoration", user, case, item=item)


def was_down(item: CaseItem) -> bool:
    """Whether the goods were taken off sale, by what the operator said or the desk saw."""
    return bool(item.said_removed_at or item.removed_at) or item.checks.filter(verdict="removed").exists()


def _correct(user: User, item: CaseItem, because: str) -> None:
    """The finding was wrong: rejected as lawful, which its check's precision counts, and not raised again."""
    if item.finding_id is None:
        return
    now = clock.now()
    finding = Finding.objects.select_for_update(of=("self",)).get(pk=item.finding_id)
    finding.decisions.filter(undone_at__isnull=True).update(undone_at=now)
    Decision.objects.create(
        finding=finding, verdict="rejected", reason="lawful", note=because[:1000], by=user, at=now
    )
    Finding.objects.filter(pk=finding.pk).update(state="rejected")
    settle([finding.evidence_key])
    record(user, "reject_finding", f"finding:{finding.pk}", reason="lawful", check=finding.check_key)


def _withdraw_documents(user: User, case: Case, item: CaseItem) -> None:
    """A served document that has nothing left to ask about is withdrawn with its last item; its clocks end."""
    served = item.documents.filter(served_at__isnull=False).exclude(state="withdrawn")
    for document in served:
        if document.items.exclude(state__in=SETTLED).exists():
            continue
        document.state = "withdrawn"
        document.save(update_fields=["state"])
        log(case, "document_withdrawn", user, ref=document.code)
