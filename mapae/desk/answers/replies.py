"""Replies to a document as a whole: which kind a document wants, what must stand in it, and the event it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.models import Reply
from mapae.desk.cases.actions import Refused
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document
from mapae.desk.law import book
from mapae.desk.scope import documents_for
from mapae.workflow import document_kinds
from mapae.workflow.clocks import clock_kinds

__all__ = ["REPLIES", "ReplyKind", "keep_objection", "keep_reply", "missing", "reply_kind"]


@dataclass(frozen=True, slots=True)
class ReplyKind:
    """A kind of reply. event: what it is in the case, which stops the clock that waits for it; needs: parts that may not be
    empty; title: in words; after_items: only when no item of the document waits for an answer."""

    key: str
    event: str
    title: Mapping[str, str]
    needs: tuple[str, ...]
    after_items: bool = False


REPLIES = {
    row.key: row
    for row in (
        ReplyKind(
            "report",
            "report_received",
            {"ko": "조치 결과 보고", "en": "Report on the measures taken", "zh": "措施结果报告"},
            ("recommendation", "measures", "prevention"),
            after_items=True,
        ),
        ReplyKind(
            "acceptance",
            "answer_received",
            {"ko": "수락 여부 통지", "en": "Answer whether it is accepted", "zh": "是否接受的答复"},
            ("accepts",),
        ),
        ReplyKind(
            "opinion", "opinion_received", {"ko": "의견 제출", "en": "Opinion", "zh": "提出意见"}, ("text",)
        ),
        ReplyKind(
            "objection", "objection_received", {"ko": "이의", "en": "Objection", "zh": "异议"}, ("text",)
        ),
        ReplyKind(
            "information",
            "information_received",
            {"ko": "자료 제출", "en": "Information given", "zh": "提交资料"},
            ("text",),
        ),
    )
}
_BY_EVENT = {kind.event: kind for kind in REPLIES.values()}


def reply_kind(document: Document) -> ReplyKind | None:
    """The reply that the document wants, by the event that stops its clock; None where it wants none. An objection is no
    such reply: nobody wants it, and it is a verb of its own."""
    kind = document_kinds(book())[document.kind]
    if kind.key == "information_demand":
        return REPLIES["information"]
    found = _BY_EVENT.get(clock_kinds(book())[kind.clock].stops) if kind.clock else None
    return found if found and found.key != "objection" else None


def missing(kind: ReplyKind, reply: Mapping[str, Any]) -> list[str]:
    """Parts that must be there and are not."""
    return [name for name in kind.needs if reply.get(name) in (None, "") or not str(reply[name]).strip()]


def keep_reply(user: User, case: Case, document: Document, reply: Mapping[str, Any]) -> Reply:
    """The reply's row and event; Refused where the document wants none, a part is missing or items wait for an answer."""
    _refuse_not_served(user, document)
    kind = reply_kind(document)
    if kind is None or document.state == "withdrawn":
        raise Refused(_("This document asks for no reply."), where=document.code, mend="")
    if missing(kind, reply):
        raise Refused(_("Fill in every part that is marked as needed."), where=document.code, mend="")
    if kind.after_items:
        _refuse_unanswered(document, str(reply.get("reasons", "")))
    made = _kept(user, document, kind, reply)
    log(case, kind.event, user, ref=document.code, reply=made.pk)
    return made


def keep_objection(user: User, document: Document, reply: Mapping[str, Any]) -> Reply:
    """The row of an objection; Refused where the document was not served on the person, or no words were given."""
    _refuse_not_served(user, document)
    kind = REPLIES["objection"]
    if missing(kind, reply):
        raise Refused(_("Say why you object."), where=document.code, mend="")
    return _kept(user, document, kind, reply)


def _kept(user: User, document: Document, kind: ReplyKind, reply: Mapping[str, Any]) -> Reply:
    words = ("recommendation", "measures", "reasons", "prevention", "text")
    made = Reply.objects.create(
        document=document, kind=kind.key, firm=user.firm, by=user, at=clock.now(), accepts=reply.get("accepts"),
        **{name: str(reply.get(name, "")).strip() for name in words},
    )  # fmt: skip
    made.attach(reply.get("files", ()))
    return made


def _refuse_not_served(user: User, document: Document) -> None:
    if not documents_for(user).filter(pk=document.pk, served_at__isnull=False).exists():
        raise Refused(_("This document was not served on you."), where=document.code, mend="")


def _refuse_unanswered(document: Document, reasons: str) -> None:
    """A report may leave an item open only with the reasons why nothing was done."""
    from mapae.desk.answers.asked import open_items

    if (left := open_items(document)) and not reasons.strip():
        raise Refused(
            _("%(count)s items have no answer yet. Answer them, or give the reasons why nothing was done.")
            % {"count": left},
            where=document.code,
            mend="",
        )
