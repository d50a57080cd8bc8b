"""Rejecting, merging and undoing: what an officer decides of findings besides accepting them (accept.py)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.findings.accept import take
from mapae.desk.findings.drafts import drop_drafts
from mapae.desk.findings.models import REASONS, Decision, Finding
from mapae.desk.findings.settled import release, settle
from mapae.desk.findings.wrong import recount
from mapae.desk.inspections.parcels import leave
from mapae.workflow.items import item_after

__all__ = ["merge", "reject", "undo"]


def reject(user: User, findings: Sequence[Finding], reason: str, note: str = "") -> None:
    """Reject new findings. `lawful` settles their evidence: it is not raised again. Refused without a reason of REASONS,
    or where `other` comes without a note."""
    if reason not in REASONS:
        raise Refused(_("Choose why it is rejected."))
    if reason == "other" and not note.strip():
        raise Refused(_("Write a note that says why."))
    with transaction.atomic():
        rows = take(user, findings)
        for finding in rows:
            Decision.objects.create(
                finding=finding, verdict="rejected", reason=reason, note=note.strip()[:2000], by=user,
                at=clock.now(), bulk=False,
            )  # fmt: skip
            record(user, "reject_finding", f"finding:{finding.pk}", reason=reason, check=finding.check_key)
        Finding.objects.filter(pk__in=[finding.pk for finding in rows]).update(state="rejected")
        leave(user, rows)
        drop_drafts(user, rows)
        if reason == "lawful":
            settle({finding.evidence_key for finding in rows})


def merge(user: User, into: Finding, others: Sequence[Finding]) -> None:
    """Let one finding stand for others on the same subject or seller; they follow it into its case."""
    with transaction.atomic():
        rows = take(user, others)
        kept = Finding.objects.select_for_update().get(pk=into.pk)
        if kept.state not in ("new", "accepted"):
            raise Refused(_("Only a new or accepted finding can stand for others."), where=str(kept))
        for finding in rows:
            if finding.pk == kept.pk:
                raise Refused(_("A finding cannot be merged into itself."), where=str(kept))
            same = finding.subject_id == kept.subject_id or (
                finding.seller_id and finding.seller_id == kept.seller_id
            )
            if not same:
                raise Refused(_("Only findings on the same item or seller are merged."), where=str(finding))
            Decision.objects.create(
                finding=finding, verdict="merged", note=kept.finding_id, by=user, at=clock.now()
            )
            record(user, "merge_finding", f"finding:{finding.pk}", into=kept.pk)
        Finding.objects.filter(pk__in=[finding.pk for finding in rows]).update(
            state="merged", merged_into=kept, case=kept.case
        )


def undo(user: User, decision: Decision) -> Finding:
    """Take a decision back; its row stays. An acceptance is undone only while nothing was sent about the item."""
    if not user.is_officer:
        raise Refused(_("Only an officer decides on findings."), where=str(user))
    with transaction.atomic():
        found = Decision.objects.select_for_update().get(pk=decision.pk)
        if found.undone_at is not None:
            raise Refused(_("This was undone already."))
        finding = Finding.objects.select_for_update().get(pk=found.finding_id)
        case = finding.case
        if found.verdict == "accepted":
            _leave_case(user, finding)
        found.undone_at = clock.now()
        found.save(update_fields=["undone_at"])
        finding.state, finding.case, finding.merged_into = "new", None, None
        finding.save(update_fields=["state", "case", "merged_into"])
        if case is not None:
            recount(case)
        if found.reason == "lawful":
            release(finding.evidence_key)
        record(user, "undo_finding", f"finding:{finding.pk}", verdict=found.verdict)
    return finding


def _leave_case(user: User, finding: Finding) -> None:
    """The item leaves the case, unless another accepted finding keeps it there."""
    case = finding.case
    if case is None:
        return
    if case.state == "closed":
        raise Refused(_("The case is closed; its findings stay as they are."), where=case.number)
    others = Finding.objects.filter(case=case, subject_id=finding.subject_id, platform=finding.platform)
    item = CaseItem.objects.filter(
        case=case, subject_id=finding.subject_id, platform=finding.platform
    ).first()
    if item is not None and not others.exclude(pk=finding.pk).filter(state="accepted").exists():
        if item.documents.exists() or item.state not in ("", "found"):
            raise Refused(
                _("The item is named in a document already; withdraw the notice in the case instead."),
                where=case.number,
            )
        run("note", user, case, text=_("Taken back out of the case: %(item)s") % {"item": finding})
        if item.state:
            item.state = item_after(item.state, "notice_withdrawn")
            item.save(update_fields=["state"])
        log(case, "left", user, item=item)
        _leave_notice(user, case, finding)
    Finding.objects.filter(merged_into=finding, state="merged").update(case=None)


def _leave_notice(user: User, case: Case, finding: Finding) -> None:
    """The recall that the finding rested on leaves with it, unless another accepted finding rests on it too."""
    others = Finding.objects.filter(case=case, reference_id=finding.reference_id, state="accepted")
    notice = (
        case.items.filter(kind="recall", subject_id=finding.reference_id).exclude(state="withdrawn").first()
    )
    if notice is not None and not others.exclude(pk=finding.pk).exists():
        notice.state = "withdrawn"
        notice.save(update_fields=["state"])
        log(case, "left", user, item=notice)
