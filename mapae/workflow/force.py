"""How binding a document is, and whether this body may issue it now: competence, law in force, evidence, prior notice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mapae.law import LawBook
from mapae.workflow.once import once

__all__ = [
    "DocumentKind",
    "Refusal",
    "competent",
    "document_kinds",
    "evidence_rank",
    "grounds_of",
    "may_issue",
]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document of the pack's workflow.yaml (see the comments there). reply: it tells the decision on an objection
    and is drafted from that alone."""

    key: str
    title: Mapping[str, str]
    act: str | None
    force: str
    provision: str
    approvals: int
    evidence: str
    consequence: Mapping[str, str]
    remedy: Mapping[str, str]
    after: str | None = None
    clock: str | None = None
    target: str | None = None
    measures: tuple[str, ...] = ()
    reply: bool = False

    @property
    def binding(self) -> bool:
        """Whether the addressee must follow it."""
        return self.force == "order"

    @property
    def announces(self) -> bool:
        """Whether it is a notice of another act, which names that act and gives time for an opinion (APA 21)."""
        return self.clock == "opinion"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document cannot be issued: a key of words, and what fills them in."""

    why: str
    detail: str = ""


def document_kinds(book: LawBook) -> dict[str, DocumentKind]:
    """Every kind the pack knows, by key, weakest first."""
    return _document_kinds(book.pack.data("workflow.yaml")["documents"])


@once
def _document_kinds(rows: Any) -> dict[str, DocumentKind]:
    return {row["key"]: DocumentKind(**{**row, "measures": tuple(row.get("measures", ()))}) for row in rows}


def evidence_rank(book: LawBook, rung: str) -> int:
    """The place of a rung on the evidence ladder, 0 the weakest."""
    return [row["key"] for row in book.pack.data("workflow.yaml")["evidence"]].index(rung)


def may_issue(
    kind: DocumentKind,
    body: str,
    measure: str,
    evidence: str,
    as_of: date,
    book: LawBook,
    *,
    heard: Collection[str] = (),
) -> Refusal | None:
    """None where this body may issue it on that day; else the first reason against it.

    heard: kinds of document that were served and whose time for an opinion has run out or been used.
    """
    if kind.measures and measure not in kind.measures:
        return Refusal("measure", measure)
    if book.provision(kind.provision, as_of) is None:
        return Refusal("not_in_force", _first_day(book, kind.provision))
    if kind.act is not None and body not in competent(book, kind.act):
        return Refusal("competence", ", ".join(sorted(competent(book, kind.act))))
    if evidence_rank(book, evidence) < evidence_rank(book, kind.evidence):
        return Refusal("evidence", kind.evidence)
    if kind.after is not None and kind.after not in heard:
        return Refusal("prior", kind.after)
    return None


def competent(book: LawBook, act: str) -> frozenset[str]:
    """Keys of the bodies that may do it (competence.yaml)."""
    rows = book.pack.data("competence.yaml")["acts"]
    return frozenset(body for row in rows if row["act"] == act for body in row["body"])


def grounds_of(book: LawBook, act: str, body: str, as_of: date) -> tuple[str, ...]:
    """Articles in force on that day under which the body may do the act, in the order of competence.yaml."""
    rows = [
        row for row in book.pack.data("competence.yaml")["acts"] if row["act"] == act and body in row["body"]
    ]
    named = [row["provision"] if isinstance(row["provision"], list) else [row["provision"]] for row in rows]
    return tuple(key for keys in named for key in keys if book.provision(key, as_of) is not None)


def _first_day(book: LawBook, provision: str) -> str:
    return min(dated.valid_from for dated in book.pack.provisions[provision].versions).isoformat()
