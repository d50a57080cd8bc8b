"""A served document with items, for the tests of agents and sellers; everything is invented."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from mapae.desk import clock
from mapae.desk.answers.answer import Answer
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.models import Document
from tests.desk.letters import approved, open_case, portal_consent


def served(world: SimpleNamespace, kind: str = "takedown_recommendation") -> Document:
    """A document on two listings, served over the portal at this moment."""
    case = open_case(world)
    portal_consent(world)
    document = approved(world, case, kind)
    run("serve", world.sora, case, document=document, channel="portal")
    document.refresh_from_db()
    return document


def items(document: Document) -> list[CaseItem]:
    """The document's items, in order."""
    return list(document.items.order_by("id"))


def removed(item: CaseItem, **more: Any) -> Answer:
    """The answer that it was taken down just now."""
    return Answer(item, "removed", **{"removed_at": clock.now(), **more})


def contested(item: CaseItem, **more: Any) -> Answer:
    """The answer that the seller is authorised."""
    return Answer(
        item, "contest", **{"ground": "authorised", "text": "정식 판매 계약이 있습니다 (예시)", **more}
    )


def contest(world: SimpleNamespace, case: Case, item: CaseItem) -> Any:
    """A contest by Minjun."""
    return run("contest", world.minjun, case, answers=[contested(item)])[0]
