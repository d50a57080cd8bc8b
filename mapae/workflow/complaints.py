"""A consumer's complaint: its states and verbs, who may do which, and where a verb leads; all by the pack's table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mapae.law import LawBook

__all__ = [
    "ComplaintState",
    "ComplaintVerb",
    "Referral",
    "complaint_after",
    "complaint_outcomes",
    "complaint_refused",
    "complaint_states",
    "complaint_verbs",
    "referral_for",
    "who_titles",
]

_FILE = "helpline/workflow.yaml"


@dataclass(frozen=True, slots=True)
class ComplaintState:
    """A state as the consumer reads it: what happened, who acts next, the clocks that say by when, what to do if not.

    right: the last day of the consumer's own right counts as a day to act by; promised: so does the day the business named;
    if_said: instead of if_not, once the consumer has answered and only the other side has not; next_unstarted: who acts while
    none of the clocks runs yet, where that is somebody else; if_nobody: instead of if_not, where it can be handed to nobody;
    came_by: kind of the event that led here last → title and happened instead.
    """

    key: str
    title: Mapping[str, str]
    happened: Mapping[str, str]
    next: str
    clocks: tuple[str, ...]
    if_not: Mapping[str, str]
    if_late: Mapping[str, str]
    right: bool = False
    promised: bool = False
    if_said: Mapping[str, str] = field(default_factory=dict)
    next_unstarted: str = ""
    if_nobody: Mapping[str, str] = field(default_factory=dict)
    came_by: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ComplaintVerb:
    """An act on a complaint. before: states in which it may be done; after: the state then, empty where it stays or the act
    itself says; roles: officer, agent, consumer, desk; tells: whether the consumer is told of it."""

    key: str
    title: Mapping[str, str]
    before: tuple[str, ...]
    roles: tuple[str, ...]
    after: str = ""
    tells: bool = False


@dataclass(frozen=True, slots=True)
class Referral:
    """The body that deals with a matter (a key of competence.yaml), and why."""

    body: str
    why: Mapping[str, str]


def complaint_states(book: LawBook) -> dict[str, ComplaintState]:
    """Every state by key, in the order of the way."""
    rows = _data(book)["states"]
    return {
        key: ComplaintState(
            key, row["title"], row["happened"], row["next"], tuple(row["clocks"]), row["if_not"],
            row.get("if_late", row["if_not"]), row.get("right", False), row.get("promised", False),
            row.get("if_said", {}), row.get("next_unstarted", ""),
            row.get("if_nobody", {}), row.get("came_by", {}),
        )
        for key, row in rows.items()
    }  # fmt: skip


def complaint_verbs(book: LawBook) -> dict[str, ComplaintVerb]:
    """Every verb by key."""
    return {
        row["key"]: ComplaintVerb(
            row["key"], row["title"], tuple(row["before"]), tuple(row["roles"]), row.get("after", ""), row.get("tells", False)
        )
        for row in _data(book)["verbs"]
    }  # fmt: skip


def complaint_outcomes(book: LawBook, *, chosen: bool = False) -> dict[str, Mapping[str, str]]:
    """How a complaint may end: key → title. chosen: only those that an officer may name when closing."""
    rows = _data(book)["outcomes"]
    return {key: row["title"] for key, row in rows.items() if row["choose"] or not chosen}


def complaint_after(outcome: str, book: LawBook, *, joined: bool = False) -> Mapping[str, str]:
    """What the consumer can still do after it ended so; empty for an outcome the pack does not name.

    joined: it was another consumer's complaint that ended so, and theirs was joined to it.
    """
    row: Mapping[str, Mapping[str, str]] = _data(book)["outcomes"].get(outcome, {})
    after = row.get("then", {})
    return row.get("joined", after) if joined else after


def who_titles(book: LawBook, *, to_consumer: bool = True) -> Mapping[str, Mapping[str, str]]:
    """Who may have to act: key → title. to_consumer: in words to the consumer (`you`), or to others (`the consumer`)."""
    data = _data(book)
    return data["who"] if to_consumer else {**data["who"], **data["who_to_others"]}


def complaint_refused(verb: str, state: str, role: str, book: LawBook) -> str | None:
    """Why this role may not do this now, `role` or `state`; None where it may. role: officer, agent, consumer or desk."""
    chosen = complaint_verbs(book)[verb]
    if role not in chosen.roles:
        return "role"
    return None if state in chosen.before else "state"


def referral_for(responsible: str, category: str, book: LawBook) -> Referral | None:
    """The body to name for a complaint of that category, for which triage found that responsible; None where none fits."""
    for row in _data(book)["referrals"]:
        if row.get("responsible", responsible) == responsible and row.get("category", category) == category:
            return Referral(row["body"], row["why"])
    return None


def _data(book: LawBook) -> Mapping[str, Any]:
    data: Mapping[str, Any] = book.pack.data(_FILE)
    return data
