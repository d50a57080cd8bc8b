"""What officers do with a report, and what the merchant does: each in one transaction, with its event and audit entry."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.models import Case
from mapae.desk.helpline.consumer.withdraw import MAIL
from mapae.desk.merchants.events import locked, log
from mapae.desk.merchants.intake import Cleaned, add_files, known_words
from mapae.desk.merchants.matters import keeps, table
from mapae.desk.merchants.models import MerchantReport, ReportMessage
from mapae.desk.parties.models import Operator
from mapae.desk.scope import cases_for

__all__ = ["MATTER", "OUTCOMES", "STATES", "close", "join", "name_operator", "open_cases", "tell_at", "write"]

MATTER = "market_power"
STATES = {
    "received": {"ko": "접수됨", "en": "Received", "zh": "已受理"},
    "joined": {"ko": "조사 중", "en": "In an inquiry", "zh": "调查中"},
    "closed": {"ko": "끝남", "en": "Closed", "zh": "已结束"},
}
OUTCOMES = {
    "investigated": {"ko": "조사 결과 사건에서 처리", "en": "Dealt with in the case", "zh": "已在案件中处理"},
    "no_violation": {"ko": "위반으로 보기 어려움", "en": "No violation found", "zh": "难以认定违法"},
    "not_competent": {"ko": "다른 기관 소관", "en": "Another body is competent", "zh": "属其他机关管辖"},
    "not_enough": {"ko": "자료 부족", "en": "Too little to go on", "zh": "资料不足"},
    "withdrawn": {"ko": "신고자가 취하", "en": "Taken back by the merchant", "zh": "举报人撤回"},
}  # fmt: skip


def open_cases(user: User, report: MerchantReport) -> list[Case]:
    """Cases of market power on the report's operator that the person may join it to, the newest first."""
    if report.operator_id is None:
        return []
    rows = cases_for(user).filter(operator_id=report.operator_id, matter=MATTER, held=False)
    return list(rows.exclude(state="closed").order_by("-id")[:10])


def join(user: User, report: MerchantReport, case: Case | None = None) -> Case:
    """Join the report to the case, or to a new one; its words become evidence. Refused without an operator, or twice.

    The case gets neither number nor words of the report: its item carries a random sign and the matter, since titles and
    items of a case are read by the operator's agent once a document is served.
    """
    with transaction.atomic():
        held = locked(report)
        if held.operator is None:
            raise Refused(_("Say first whose platform this is."), where=held.number)
        if held.case_id is not None:
            raise Refused(_("It belongs to a case already."), where=str(held.case))
        if held.state == "closed":
            raise Refused(_("The report is closed."), where=held.number)
        if case is None:
            case = run("open", user, operator=held.operator, matter=MATTER, title=_title(held))
        if (case.operator_id, case.matter) != (held.operator_id, MATTER):
            raise Refused(_("The case is about another operator or matter."), where=case.number)
        run("join", user, case, kind="complaint", subject_id=f"M{secrets.token_hex(4)}", title=_title(held),
            platform=held.operator.name_en)  # fmt: skip
        held.case, held.state = case, "joined"
        held.save(update_fields=["case", "state"])
        log(held, "joined", user)
    return case


def write(report: MerchantReport, text: str, user: User | None = None, files: Iterable[Cleaned] = ()) -> None:
    """A message of the officer, or (without a user) of the merchant, with more files of theirs."""
    kept = list(files)
    if not text.strip() and not kept:
        raise Refused(_("Write something or choose a file."))
    with transaction.atomic():
        held = locked(report)
        if held.state == "closed":
            raise Refused(_("The report is closed."), where=held.number)
        role = "officer" if user else "merchant"
        if text.strip():
            ReportMessage.objects.create(
                report=held, role=role, by=user, text=text.strip()[:4000], at=clock.now()
            )
        add_files(held, kept)
        log(held, "wrote" if user else "answered", user, files=len(kept))


def name_operator(user: User, report: MerchantReport, operator: Operator) -> None:
    """Say whose platform it is, while the report belongs to no case."""
    with transaction.atomic():
        held = locked(report)
        if held.case_id is not None:
            raise Refused(_("It belongs to a case already."), where=held.number)
        held.operator = operator
        held.save(update_fields=["operator"])
        log(held, "operator", user, operator=operator.key)


def close(report: MerchantReport, outcome: str, user: User | None = None) -> None:
    """End it with an outcome; the merchant may only take it back."""
    with transaction.atomic():
        held = locked(report)
        if held.state == "closed":
            raise Refused(_("The report is closed."), where=held.number)
        if outcome not in OUTCOMES or (user is None and outcome != "withdrawn"):
            raise Refused(_("Choose an outcome."), where=held.number)
        held.state, held.outcome, held.closed_at = "closed", outcome, clock.now()
        held.save(update_fields=["state", "outcome", "closed_at"])
        log(held, "closed", user, outcome=outcome)


def tell_at(report: MerchantReport, address: str) -> None:
    """Where the merchant is told by e-mail; empty: nowhere. The words that name the merchant grow by a new one, and lose
    none. Refused for who reported without leaving a contact, and for what is no address."""
    with transaction.atomic():
        held = locked(report)
        if "email" not in keeps(held.confidence):
            raise Refused(_("An anonymous report keeps no address."), where=held.number)
        if address and not MAIL.fullmatch(address):
            raise Refused(_("The e-mail address cannot be read."))
        held.email = address
        words = [*json.loads(held.known or "[]"), *known_words({"email": address})]
        held.known = json.dumps(sorted(dict.fromkeys(words), key=len, reverse=True), ensure_ascii=False)
        held.save(update_fields=["email", "known"])
        log(held, "mail")


def _title(report: MerchantReport) -> str:
    """The matter alone, in Korean, the language of cases; it never says that somebody reported."""
    row = table("matters")[report.matter]
    return str(row.get("case", row["title"])["ko"])
