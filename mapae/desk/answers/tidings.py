"""Tells agents, and sellers by their link, what was decided: by e-mail, in the language of each, written into the outbox.

Such a message is no service: it starts no period, and names no reasons, since e-mail is read on its way. These stand on
the pages that it leads to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.links import token_of
from mapae.desk.answers.models import Contest, ObjectionDecision
from mapae.desk.answers.objections import sentence
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.models import Document, Outbox
from mapae.desk.documents.outbox import put
from mapae.desk.law import book, said
from mapae.workflow import document_kinds

__all__ = ["receiver", "tell_of_contest", "tell_of_objection", "tell_of_time", "tell_of_withdrawal"]

_ADDRESS = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+\.[^@\s<>,;:\".]{2,}")
_SEALED = "contest:"  # an address that is looked up only when the message leaves, since a seller's contact is kept sealed


def tell_of_contest(contest: Contest) -> None:
    """Its outcome, to the agents of the operator, and to the seller who raised it over a link and left an e-mail address."""
    case, item = contest.item.case, contest.item
    page = reverse("agent-item", args=[item.pk])
    _tell_agents(case, f"contest:{contest.pk}", lambda: _contest_words(contest), page)
    link = contest.link
    if link is not None and _ADDRESS.search(contest.contact):
        with translation.override(link.language):
            subject, lines = _contest_words(contest)
            text = _text(case, [*lines, _link_says(link)], reverse("seller", args=[token_of(link)]))
            put(
                f"told:contest:{contest.pk}:seller",
                "email",
                f"{_SEALED}{contest.pk}",
                {"subject": subject, "text": text},
            )


def tell_of_withdrawal(case: Case, item: CaseItem) -> None:
    """That a notice was withdrawn on the body's own motion."""

    def words() -> tuple[str, list[str]]:
        told = _(
            "The notice about the item is withdrawn. What was taken down because of it is to be put back."
        )
        return _("Notice withdrawn"), [told, *_items_say([item])]

    _tell_agents(
        case, f"withdrawn:{item.pk}:{case.events.count()}", words, reverse("agent-item", args=[item.pk])
    )


def tell_of_time(
    case: Case,
    document: Document,
    items: Sequence[CaseItem],
    *,
    granted: bool,
    days: int = 0,
    reason: str = "",
) -> None:
    """Whether the time asked for was given. days: of the extension."""
    stamp = f"{document.code}:{case.events.count()}"
    page = reverse("agent-case", args=[case.number])

    def words() -> tuple[str, list[str]]:
        told = (
            _("More time was given: %(days)s days.") % {"days": days}
            if granted
            else _("The time asked for was not given. The period runs on as before.")
        )
        subject = _("More time given") if granted else _("More time declined")
        return subject, [told, _document_says(document), *_items_say(items)]

    _tell_agents(case, f"time:{stamp}", words, page)


def tell_of_objection(case: Case, document: Document, decision: ObjectionDecision) -> None:
    """What was decided about an objection to a whole document."""
    page = reverse("agent-objection", args=[document.code])

    def words() -> tuple[str, list[str]]:
        told = sentence(decision)
        return told, [told, _document_says(document)]

    _tell_agents(case, f"objection:{decision.pk}:{decision.verdict}", words, page)


def receiver(row: Outbox) -> str:
    """Where the message goes: the row's address, or the contact of the contest it names; empty where it is gone."""
    if not row.address.startswith(_SEALED):
        return row.address
    contest = Contest.objects.filter(pk=row.address.removeprefix(_SEALED)).first()
    found = _ADDRESS.search(contest.contact) if contest is not None else None
    return found[0] if found else ""


def _tell_agents(case: Case, key: str, words: Callable[[], tuple[str, list[str]]], page: str) -> None:
    for user in _agents(case):
        with translation.override(user.language):
            subject, lines = words()
            payload = {"subject": f"{subject} ({case.number})", "text": _text(case, lines, page)}
            put(f"told:{key}:{user.pk}", "email", user.email, payload)


def _agents(case: Case) -> Iterable[User]:
    """Everybody at the firms whose mandate for the operator holds today."""
    today = clock.today()
    firms = {each.firm_id for each in case.operator.mandates.all() if each.live(today)}
    return User.objects.filter(firm__in=firms, is_active=True, role__in=("agent", "headquarters")).order_by(
        "pk"
    )


def _contest_words(contest: Contest) -> tuple[str, list[str]]:
    if contest.verdict == "accepted":
        subject = _("Objection accepted")
        follows = _(
            "The notice about the item is withdrawn. What was taken down because of it is to be put back."
        )
    else:
        subject = _("Objection rejected")
        follows = _("The item is asked about as before.")
    return subject, [subject + ".", follows, *_items_say([contest.item])]


def _items_say(items: Sequence[CaseItem]) -> list[str]:
    return [f"- {item.platform} {item.subject_id} {item.title[:120]}".rstrip() for item in items[:20]]


def _document_says(document: Document) -> str:
    title = said(document_kinds(book())[document.kind].title)
    return f"{title} {document.number}".strip()


def _link_says(link: Any) -> str:
    until = timezone.localtime(link.expires_at).date().isoformat()
    return _("The page holds until %(day)s.") % {"day": until}


def _text(case: Case, lines: Iterable[str], page: str) -> str:
    foot = _("Reasons and what you can do: %(address)s") % {"address": settings.PUBLIC_URL.rstrip("/") + page}
    note = _("This message informs. It serves no document and starts no period.")
    return "\n".join([f"{case.lead} · {case.operator} · {case.number}", "", *lines, "", foot, note])
