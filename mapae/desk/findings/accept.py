"""Accepting findings: each operator's matter goes to one case, an open one or a new one, with the listing as its item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.findings.models import Decision, Finding
from mapae.desk.findings.names import check_name
from mapae.desk.findings.precision import may_bulk
from mapae.desk.findings.reference import reference_of
from mapae.desk.findings.subjects import record_of, snapshot
from mapae.desk.findings.wrong import recount
from mapae.desk.inspections.parcels import KIND, join_known, matches, why
from mapae.desk.parties.models import Operator, Seller
from mapae.desk.scope import cases_for

__all__ = ["accept", "name_operator", "open_cases", "take"]

_KINDS = {"consignment": "parcel"}  # record kind → kind of item, where they differ


def open_cases(user: User, finding: Finding) -> list[Case]:
    """Cases that a finding may join: of its operator and matter, not ended, not held, in the person's hands; those about the
    same thing first, then the newest. Before them those of a parcel's sender and the draft that holds it, each with
    `because`: how it is known.
    sure: whether the finding joins it where nobody chooses."""
    senders = _cases_of_sender(user, finding)
    if finding.operator_id is None:
        return senders + _drafts_with(user, finding)
    cases = cases_for(user).filter(operator_id=finding.operator_id, matter=finding.measure, held=False)
    cases = cases.exclude(state="closed").exclude(pk__in=[case.pk for case in senders]).order_by("-id")
    same = list(_about(cases, _recall_of(finding))[:10])
    others = list(cases.exclude(pk__in=[case.pk for case in same])[: 10 - len(same)])
    for case in others:
        case.sure = False
    return senders + same + others


def _about(cases: QuerySet[Case], recall: str) -> QuerySet[Case]:
    """A recall is a matter of its own: cases that hold its notice; where there is none, cases that hold no notice."""
    notices = CaseItem.objects.filter(case=OuterRef("pk"), kind="recall")
    standing = notices.exclude(state="withdrawn")
    if not recall:
        return cases.exclude(Exists(standing))
    emptied = Q(Exists(notices.filter(subject_id=recall))) & ~Q(Exists(standing))
    return cases.filter(Q(Exists(standing.filter(subject_id=recall))) | emptied)


def _recall_of(finding: Finding) -> str:
    reference = reference_of(finding.reference_id)
    return finding.reference_id if reference is not None and reference.list == "recalls" else ""


def _cases_of_sender(user: User, finding: Finding) -> list[Case]:
    found = [match for match in matches(finding) if not match.case.held]
    mine = set(cases_for(user).filter(pk__in=[match.case.pk for match in found]).values_list("pk", flat=True))
    joined = set(finding.items.values_list("case_id", flat=True)) if mine else set()
    cases = []
    for match in found:
        if match.case.pk in mine:
            already = [_("joined to the case already")] if match.case.pk in joined else []
            match.case.because = "; ".join([why(match), *already])
            match.case.sure = match.by != "name"
            cases.append(match.case)
    return cases


def accept(
    user: User, findings: Sequence[Finding], *, case: Case | None = None, new: bool = False, title: str = ""
) -> list[Case]:
    """Accept new findings; the cases they went to. All of them or none.

    case: the one to join; new: open one even where one could be joined; title: of a new case. Without these each operator's
    matter joins its newest open case, else opens one; each recall is a matter of its own, and a parcel may join any case of
    its sender. Several at once want a check with the right to bulk. Refused where a finding is decided already, its operator
    is unknown, or the case is of another operator or matter.
    """
    with transaction.atomic():
        rows = take(user, findings)
        if len(rows) > 1:
            _refuse_bulk(rows)
        bulk = len(rows) > 1
        if case is not None and all(_belongs(case, row) for row in rows):
            return [_to_case(user, rows, case, False, title, bulk)]
        groups = _by_matter(rows)
        if case is not None:
            if {key[:2] for key in groups} != {(case.operator_id, case.matter)}:
                raise Refused(_("The case is about another operator or matter."), where=case.number)
            return [_to_case(user, rows, case, new, title, bulk)]
        return [_to_case(user, group, case, new, title, bulk) for group in groups.values()]


def _by_matter(rows: Sequence[Finding]) -> dict[tuple[int, str, str], list[Finding]]:
    groups: dict[tuple[int, str, str], list[Finding]] = {}
    for finding in rows:
        if finding.operator_id is None:
            raise Refused(_("Say first whose platform this is."), where=str(finding))
        groups.setdefault((finding.operator_id, finding.measure, _recall_of(finding)), []).append(finding)
    return groups


def _belongs(case: Case, finding: Finding) -> bool:
    """Whether the case holds it as a draft, or is about the sender of the parcel that it is."""
    drafted = case.draft and case.items.filter(finding=finding).exists()
    return drafted or case.pk in {match.case.pk for match in matches(finding)}


def _drafts_with(user: User, finding: Finding) -> list[Case]:
    """Drafts that the desk opened on it, at the operator most concerned."""
    drafts = list(
        cases_for(user).filter(draft=True, held=False, items__finding=finding).exclude(state="closed")
    )
    for case in drafts:
        case.because = _("the draft opened on it: %(operator)s is concerned most") % {
            "operator": case.operator
        }
    return drafts


def take(user: User, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, locked, if this officer may decide on them now."""
    if not user.is_officer:
        raise Refused(_("Only an officer decides on findings."), where=str(user))
    keys = [finding.pk for finding in findings]
    rows = list(Finding.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    for row in rows:
        if row.state != "new":
            raise Refused(_("This finding is decided already; undo that first."), where=str(row))
    if not rows:
        raise Refused(_("Choose at least one finding."))
    return rows


def name_operator(user: User, finding: Finding, operator: Operator) -> int:
    """Say whose platform a finding is of: for it, for every other finding of that platform without operator, and from now
    on for every import (Operator.platforms). How many findings were named."""
    rows = Finding.objects.filter(operator__isnull=True)
    same = rows.filter(platform=finding.platform) if finding.platform else rows.filter(pk=finding.pk)
    with transaction.atomic():
        named = same.update(operator=operator)
        if finding.platform and finding.platform not in operator.platforms:
            operator.platforms = [*operator.platforms, finding.platform]
            operator.save(update_fields=["platforms"])
        record(user, "name_operator", f"finding:{finding.pk}", operator=operator.pk, findings=named)
    return named


def _refuse_bulk(rows: Sequence[Finding]) -> None:
    for key, row in sorted(may_bulk({finding.check_key for finding in rows}).items()):
        raise Refused(
            _(
                "%(check)s may not be accepted in bulk yet: %(accepted)s of %(decided)s decisions held, lower bound %(low)s."
            )
            % {
                "check": check_name(key),
                "accepted": row.accepted,
                "decided": row.decided,
                "low": f"{row.low:.2f}",
            },
            mend=_("Accept its findings one by one."),
        )


def _to_case(user: User, group: list[Finding], case: Case | None, new: bool, title: str, bulk: bool) -> Case:
    first = group[0]
    known = (each for each in open_cases(user, first) if getattr(each, "sure", True))
    chosen = case or (None if new else next(known, None))
    if chosen is None:
        chosen = run(
            "open", user, operator=first.operator, matter=first.measure, title=title or _title(group)
        )
    for finding in group:
        if finding.operator_id is None:
            finding.operator = chosen.operator
            finding.save(update_fields=["operator"])
        _join(user, chosen, finding)
        Decision.objects.create(finding=finding, verdict="accepted", by=user, at=clock.now(), bulk=bulk)
        Finding.objects.filter(merged_into=finding).update(case=chosen)
        record(user, "accept_finding", f"finding:{finding.pk}", case=chosen.pk, check=finding.check_key)
    recount(chosen)
    join_known({finding.seller_id for finding in group if finding.subject_kind != KIND})
    return chosen


def _title(group: Sequence[Finding]) -> str:
    name = group[0].subject_title or group[0].reference_id
    more = f" (+{len(group) - 1})" if len(group) > 1 else ""
    return f"{name[: 190 - len(more)]}{more}"


def _join(user: User, case: Case, finding: Finding) -> CaseItem:
    facts = record_of(finding)
    seller = _seller(finding, facts)
    item: CaseItem = run(
        "join", user, case, kind=_KINDS.get(finding.subject_kind, finding.subject_kind)[:12],
        subject_id=finding.subject_id, finding=finding, platform=finding.platform, title=finding.subject_title,
        url=finding.subject_url, seller=seller, rung="seen", snapshot=snapshot(facts),
    )  # fmt: skip
    if item.state == "withdrawn" and not item.documents.exists():
        item.state = "found"
        item.save(update_fields=["state"])
        log(case, "joined", user, item=item, ref=finding.reference_id[:40], again=True)
    _join_recall(user, case, finding)
    return item


def _join_recall(user: User, case: Case, finding: Finding) -> None:
    """The notice itself becomes part of the case, once."""
    reference = reference_of(finding.reference_id)
    if reference is not None and _recall_of(finding):
        notice: CaseItem = run(
            "join", user, case, kind="recall", subject_id=finding.reference_id, title=reference.title,
            url=reference.url, rung="verified",
        )  # fmt: skip
        if notice.state == "withdrawn":
            notice.state = ""
            notice.save(update_fields=["state"])
            log(case, "joined", user, item=notice, ref=finding.reference_id[:40], again=True)


def _seller(finding: Finding, facts: dict[str, Any]) -> Seller | None:
    if not finding.seller_id or finding.operator_id is None:
        return None
    name = str(facts.get("seller_name") or facts.get("advertiser_name") or "")[:200]
    seller, _made = Seller.objects.get_or_create(
        operator_id=finding.operator_id, seller_id=finding.seller_id[:120], defaults={"name": name}
    )
    return seller
