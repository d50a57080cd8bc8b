"""What may be asked: every kind of document of a case's matter, whether this person's body may issue it now, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.heard import heard
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.wording import cite, wording
from mapae.desk.law import book, said
from mapae.workflow import DocumentKind, document_kinds, may_issue
from mapae.workflow.clocks import Clock
from mapae.workflow.force import Refusal, competent, evidence_rank

__all__ = ["Rung", "announceable", "kinds_of", "ladder", "refusal", "rung_of", "why"]


class Rung(NamedTuple):
    """A kind of document; reason: why it is closed, a sentence in the page's language, empty where it is open."""

    kind: DocumentKind
    open: bool
    reason: str


def ladder(case: Case, user: User, counted: Iterable[Clock] | None = None) -> list[Rung]:
    """The kinds of the case's matter, weakest first, judged by the best evidence that its items have. counted: its
    clocks, where known."""
    items = list(case.items.only("case", "rung"))
    # where nothing is joined, whoever drafts confirms the facts in person, or is refused there
    rung = rung_of(items, best=True) if items else "verified"
    clocks = list(clocks_of(case) if counted is None else counted)
    found = []
    for kind in kinds_of(case):
        closed = refusal(kind, case, user, rung, clocks)
        found.append(Rung(kind, closed is None, why(closed) if closed else ""))
    return found


def kinds_of(case: Case) -> list[DocumentKind]:
    """The kinds that the pack names for the matter; every kind where it names none."""
    kinds = document_kinds(book())
    named = book().pack.data("workflow.yaml")["matters"].get(case.matter, {}).get("ladder", kinds)
    return [kinds[key] for key in named]


def refusal(
    kind: DocumentKind, case: Case, user: User, rung: str, counted: Iterable[Clock] | None = None
) -> Refusal | None:
    """The first reason against this body issuing the kind today, or None."""
    body = user.body.key if user.body else ""
    told = heard(case, kind.key, counted) if kind.after else ()
    closed = may_issue(kind, body, case.matter, rung, clock.today(), book(), heard=told)
    return closed or _nothing_to_announce(kind, case, body) or _wrong_addressee(kind, case)


def announceable(case: Case, body: str) -> dict[str, Mapping[str, str]]:
    """Acts that a notice of this body may announce in the case, with their titles: those it is competent for."""
    return {key: title for key, title, bodies in _burdens(case) if body in bodies}


def _burdens(case: Case) -> Iterator[tuple[str, Mapping[str, str], frozenset[str]]]:
    """Acts that want a notice first: kinds of the matter, and those the pack adds; with who is competent."""
    for kind in kinds_of(case):
        if kind.after and kind.act:
            yield kind.key, kind.title, competent(book(), kind.act)
    for key, row in wording("intended").items():
        yield key, row["title"], competent(book(), row["act"])


def _nothing_to_announce(kind: DocumentKind, case: Case, body: str) -> Refusal | None:
    if not kind.announces or announceable(case, body):
        return None
    return Refusal(
        "competence", ", ".join(sorted({key for *_act, bodies in _burdens(case) for key in bodies}))
    )


def _wrong_addressee(kind: DocumentKind, case: Case) -> Refusal | None:
    """Where the pack names a regime: the operator is overseas, and no duty decision says it is outside the regime."""
    regime = wording(kind.key).get("addressee")
    if regime is None:
        return None
    newest = case.operator.duties.filter(regime=regime).order_by("-decided_at", "-id").first()
    outside = not case.operator.overseas or (newest is not None and newest.answer == "no")
    return Refusal("addressee", cite(f"{regime} 3", (get_language() or "ko")[:2])) if outside else None


def rung_of(items: Iterable[CaseItem], *, best: bool = False) -> str:
    """The rung of the evidence ladder on which all these items stand (best: the best of them); `stated` without any."""
    rungs = sorted((item.rung for item in items), key=lambda rung: evidence_rank(book(), rung))
    return rungs[-1 if best else 0] if rungs else "stated"


def why(closed: Refusal) -> str:
    """The refusal as a sentence in the page's language."""
    kinds = document_kinds(book())
    if closed.why == "measure":
        return _("This kind of document is not for this matter.")
    if closed.why == "not_in_force":
        return _("The article is in force only from %(day)s.") % {"day": closed.detail}
    if closed.why == "competence":
        return _("Your body is not competent for this. Competent: %(bodies)s.") % {
            "bodies": _bodies(closed.detail)
        }
    if closed.why == "addressee":
        return _("The operator is no overseas intermediary as %(article)s has it.") % {
            "article": closed.detail
        }
    if closed.why == "evidence":
        rungs = {row["key"]: row["title"] for row in book().pack.data("workflow.yaml")["evidence"]}
        return _("The evidence is not enough; needed: %(rung)s.") % {"rung": said(rungs[closed.detail])}
    title = said(kinds[closed.detail].title)
    return _("First serve this, and let its time for an opinion end: %(title)s.") % {"title": title}


def _bodies(keys: str) -> str:
    names = {row["key"]: row["name"] for row in book().pack.data("competence.yaml")["bodies"]}
    return ", ".join(said(names[key]) for key in keys.split(", ") if key)
