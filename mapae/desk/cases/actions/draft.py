"""Draft a document, or change one's own draft: kind, items and the officer's words; law and competence are checked."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.compose import ORIGINAL, addressee
from mapae.desk.documents.ladder import announceable, kinds_of, refusal, rung_of, why
from mapae.desk.documents.models import Document
from mapae.desk.documents.wording import LANGUAGES, compelling, form, wording
from mapae.desk.law import book
from mapae.desk.merchants.share import refuse_names
from mapae.workflow import DocumentKind, document_kinds

__all__ = ["PARTS", "draft", "refuse_unless_open"]

PARTS = ("about", "request", "facts", "via", "attachments", "intends")  # the officer's own words, by part
_REASON = re.compile(r"reason-\d{1,18}")  # the reason of an item, translated
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0, O, 1, I


@action("draft")
def draft(
    user: User,
    case: Case | None,
    *,
    kind: str = "",
    document: Document | None = None,
    items: Iterable[CaseItem] = (),
    language: str = "ko",
    disclosure: str = "partial",
    reasons: Mapping[str, str] | None = None,
    confirmed: bool = False,
    translated: Mapping[str, str] | None = None,
    decision: int = 0,
    **parts: str,
) -> Document:
    """A new draft of `kind`, or `document` changed by its drafter.

    parts: PARTS (about: what the subject names in place of the case's title; request and facts: a point a line; a request
    left out is the one that the pack suggests). reasons: item number → words in place of the finding's. These are words of
    the Korean original; language: of the addressee, and translated: the same parts in it (and `reason-12` of items),
    where they were translated.
    decision: the number of the decision on an objection that the letter tells (kinds that reply to one).
    confirmed: the drafter has checked the facts in person, where the document rests on no item.
    """
    assert case is not None
    chosen = list(items)
    wanted = _kind(document.kind if document else kind, case)
    words = {name: str(parts.get(name, "")).strip() for name in PARTS}
    suggested = wording(wanted.key).get("suggest", {})
    words["request"] = words["request"] or suggested.get(ORIGINAL, "")
    content: dict[str, Any] = {**words, "reasons": dict(reasons or {}), "confirmed": confirmed}
    if language in LANGUAGES and language != ORIGINAL:
        content["translated"] = _translated(translated or {}, words, suggested, language)
        content["translated"]["addressee"] = addressee(case.operator, _firm(case, language), language)[:200]
    content["decision"] = document.content.get("decision", 0) if document else decision
    if settings.TRAINING:
        content["specimen"] = True
    if wanted.announces and content["intends"] not in announceable(case, user.body.key if user.body else ""):
        raise Refused(_("Say which act is intended, one that your body may do."), where=str(case), mend="")
    _refuse_wrong_form(wanted, language, disclosure, content, case, chosen)
    _refuse_without_decision(wanted, case, content["decision"])
    refuse_unless_open(wanted, case, user, chosen, confirmed=confirmed)
    made = _own(user, case, document) if document else _new(user, case, wanted.key)
    made.language, made.disclosure, made.content = language, disclosure, content
    made.addressee = addressee(case.operator, _firm(case, ORIGINAL), ORIGINAL)[:200]
    made.state, made.returned_because = "draft", ""
    made.save()
    made.items.set(chosen)
    made.approval_set.all().delete()
    log(case, "redrafted" if document else "drafted", user, ref=made.code, document_kind=made.kind)
    return made


def refuse_unless_open(
    kind: DocumentKind, case: Case, user: User, items: list[CaseItem], *, confirmed: bool
) -> None:
    """Refused where the body may not issue this kind on this evidence today."""
    rung = rung_of(items) if items else ("verified" if confirmed else rung_of(case.items.all(), best=True))
    if closed := refusal(kind, case, user, rung):
        raise Refused(why(closed), where=str(case), mend="")


def _kind(key: str, case: Case) -> DocumentKind:
    kinds = document_kinds(book())
    if key not in kinds or not (kinds[key] in kinds_of(case) or kinds[key].announces or kinds[key].reply):
        raise Refused(_("This kind of document is not for this matter."), where=str(case), mend="")
    return kinds[key]


def _refuse_wrong_form(
    kind: DocumentKind,
    language: str,
    disclosure: str,
    content: Mapping[str, Any],
    case: Case,
    items: list[CaseItem],
) -> None:
    if language not in LANGUAGES or disclosure not in form("disclosure"):
        raise Refused(_("Choose a language and a disclosure class."), where=str(case), mend="")
    if any(item.case_id != case.pk for item in items):
        raise Refused(_("An item belongs to another case."), where=str(case), mend="")
    if not content["facts"] and any(row.get("block") == "facts" for row in wording(kind.key)["points"]):
        raise Refused(_("State the facts on which the document rests."), where=str(case), mend="")
    own = " ".join(
        [
            *(str(content[name]) for name in PARTS),
            *content["reasons"].values(),
            *content.get("translated", {}).values(),
        ]
    )
    refuse_names(case, own)
    if kind.force in ("guidance", "request") and (found := compelling(own)):
        raise Refused(
            _("This document binds nobody, so it may not say: %(words)s.") % {"words": ", ".join(found)},
            where=str(case),
            mend="",
        )


def _translated(
    translated: Mapping[str, str], words: Mapping[str, str], suggested: Mapping[str, str], language: str
) -> dict[str, str]:
    """The parts in the addressee's language; a request that is as the pack suggests it is translated by the pack."""
    found = {
        name: str(words).strip()
        for name, words in translated.items()
        if name in PARTS or _REASON.fullmatch(name)
    }
    if not found.get("request") and words["request"] == suggested.get(ORIGINAL):
        found["request"] = suggested.get(language, "")
    return found


def _refuse_without_decision(kind: DocumentKind, case: Case, decision: int) -> None:
    """A letter that tells a decision rests on one of this case, and is never drafted without it."""
    from mapae.desk.answers.models import ObjectionDecision

    told = ObjectionDecision.objects.filter(pk=decision, reply__document__case=case).exclude(verdict="")
    if kind.reply and not told.exists():
        raise Refused(_("This letter is drafted when an objection is decided."), where=str(case), mend="")


def _own(user: User, case: Case, document: Document) -> Document:
    found = Document.objects.select_for_update().get(pk=document.pk, case=case)
    if found.drafter_id != user.pk:
        raise Refused(_("Only its drafter changes a draft."), where=found.code, mend="")
    if found.state not in ("draft", "returned"):
        raise Refused(_("What is approved is not changed any more."), where=found.code, mend="")
    return found


def _new(user: User, case: Case, kind: str) -> Document:
    code = "-".join("".join(secrets.choice(_ALPHABET) for _place in range(4)) for _group in range(3))
    return Document(case=case, kind=kind, body=user.body, code=code, drafter=user, drafted_at=clock.now())


def _firm(case: Case, language: str) -> str:
    """The agent with a live mandate, in the letter's language; empty where there is none."""
    today = clock.today()
    live = [mandate.firm for mandate in case.operator.mandates.select_related("firm") if mandate.live(today)]
    return (live[0].name_ko if language == "ko" else live[0].name_en) if live else ""
