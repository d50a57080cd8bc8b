"""The file of goods held at customs for a right: who is told what, securities, days and decisions, each with its working.

Customs Act Art. 235 and its decree Arts. 237 to 241: the right holder is told of the goods, asks for their hold with
security, and proves a suit or a complaint in ten business days (ten more where he could not help it); the other side may
ask for release with security and hears in fifteen days, unless the goods are of a kind that is not released.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mapae.errors import FactError, InputError
from mapae.law import LawBook, calendar
from mapae.law.calendar import Step
from mapae.pack.checks import near
from mapae.pack.nodes import read_nodes
from mapae.pack.problem import report

__all__ = [
    "DetentionCase",
    "DetentionFile",
    "DetentionStep",
    "detention_case",
    "detention_file",
    "read_detention",
]

_DAYS = ("notified_on", "requested_on", "held_notice_on", "proved_on", "release_requested_on")
_FLAGS = ("sme", "releaser_sme", "extended", "ex_officio", "counterfeit_mark")
_TEXT = ("consignment_id", "brand", "right_holder", "declarant", "goods", "quantity", "origin")
_PROOF, _EXTENSION = "cus.235.proof_period", "cus.235.proof_extension"
_RELEASE, _SECURITY = "cus.235.release_decision", "cus.235.security"


@dataclass(frozen=True, slots=True)
class DetentionCase:
    """What is known of held goods.

    value_krw: customs value; recorded: the right is recorded at customs; sme: the holder is a small or medium firm, and
    releaser_sme the one who asks for release; notified_on: the holder was told that the goods came in; requested_on: he
    asked for their hold; held_notice_on: he was told of the hold, from which his days run; extended: he got ten more;
    proved_on: he proved a suit or complaint; release_requested_on: release was asked for; counterfeit_mark: the goods bear
    a forged or similar mark (no release, Art. 235(5)1); ex_officio: held because it is clear (Art. 235(7)).
    """

    value_krw: int
    recorded: bool = True
    sme: bool = False
    releaser_sme: bool = False
    extended: bool = False
    ex_officio: bool = False
    counterfeit_mark: bool = False
    notified_on: date | None = None
    requested_on: date | None = None
    held_notice_on: date | None = None
    proved_on: date | None = None
    release_requested_on: date | None = None
    facts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class DetentionStep:
    """One step. key: a word of mapae.app.law.detention_said; state: done, due, over, open, none (does not arise); day: of the
    event or the last day in time; amount: KRW; working: days counted."""

    key: str
    provision: str
    state: str
    day: date | None = None
    amount: int | None = None
    working: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class DetentionFile:
    """The case, the day it is read on, its steps in order, and what the hold is now: a word of detention_said."""

    case: DetentionCase
    as_of: date
    steps: tuple[DetentionStep, ...]
    outcome: str


def detention_file(book: LawBook, case: DetentionCase, as_of: date) -> DetentionFile:
    """The steps of a detention as they stand on a day. FactError where a day comes before the one it follows."""
    _in_order(case)
    proof, release = _proof(book, case, as_of), _release(book, case, as_of)
    steps = (
        _step("holder_told", "CUS 235", case.notified_on, none=not case.recorded or case.ex_officio),
        DetentionStep(
            "holder_security",
            "CUSD 241",
            "none" if case.ex_officio else "done" if case.requested_on else "open",
            case.requested_on,
            None if case.ex_officio else _share(book, case.value_krw, case.sme, case.requested_on or as_of),
        ),
        _step("hold", "CUS 235", case.held_notice_on),
        proof,
        *release,
    )
    return DetentionFile(case, as_of, steps, _outcome(case, proof, as_of))


def _proof(book: LawBook, case: DetentionCase, as_of: date) -> DetentionStep:
    """Ten business days from notice of the hold, twenty with the extension."""
    if case.held_notice_on is None or case.ex_officio:
        return DetentionStep("proof", "CUSD 239", "none" if case.ex_officio else "open")
    days = int(_value(book, _PROOF, case.held_notice_on))
    days += int(_value(book, _EXTENSION, case.held_notice_on)) if case.extended else 0
    counted = calendar.business_days(case.held_notice_on, days)
    if case.proved_on is not None:
        state = "done" if case.proved_on <= counted.end else "over"
    else:
        state = "due" if as_of <= counted.end else "over"
    return DetentionStep("proof", "CUSD 239", state, counted.end, None, counted.working)


def _release(book: LawBook, case: DetentionCase, as_of: date) -> tuple[DetentionStep, DetentionStep]:
    """Security of the one who asks for release, and the day by which customs decides."""
    if case.counterfeit_mark:
        return (
            DetentionStep("release_refused", "CUS 235", "done"),
            DetentionStep("release_decision", "CUSD 240", "none"),
        )
    asked = case.release_requested_on
    amount = _share(book, case.value_krw, case.releaser_sme, asked or as_of)
    security = DetentionStep("release_security", "CUSD 241", "done" if asked else "open", asked, amount)
    if asked is None:
        return security, DetentionStep("release_decision", "CUSD 240", "open")
    counted = calendar.civil_days(asked, int(_value(book, _RELEASE, asked)))
    state = "due" if as_of <= counted.end else "over"
    return security, DetentionStep("release_decision", "CUSD 240", state, counted.end, None, counted.working)


def _share(book: LawBook, value: int, sme: bool, day: date) -> int:
    shares = _value(book, _SECURITY, day)
    return value * int(shares["sme" if sme else "default"]) // 100


def _value(book: LawBook, key: str, day: date) -> Any:
    found = book.value(key, day)
    if found is None:
        raise FactError(f"no value of {key} holds on {day}", where=str(day), mend="give a later day")
    return found


def _step(key: str, provision: str, day: date | None, *, none: bool = False) -> DetentionStep:
    return DetentionStep(key, provision, "none" if none else "done" if day else "open", day)


def _outcome(case: DetentionCase, proof: DetentionStep, as_of: date) -> str:
    if case.ex_officio:
        return "held_ex_officio"
    if case.held_notice_on is None:
        return "not_held" if case.requested_on is None else "hold_asked"
    if proof.state == "over":
        return "hold_ends"
    return "hold_continues" if proof.state == "done" else "hold_waits"


def _in_order(case: DetentionCase) -> None:
    if case.value_krw <= 0:
        raise FactError("the customs value must be above 0", where="value_krw", mend="give it in won")
    for earlier, later in (
        ("notified_on", "requested_on"), ("requested_on", "held_notice_on"), ("held_notice_on", "proved_on"),
        ("held_notice_on", "release_requested_on"),
    ):  # fmt: skip
        first, then = getattr(case, earlier), getattr(case, later)
        if first is not None and then is not None and then < first:
            raise FactError(
                f"{later} {then} is before {earlier} {first}", where=later, mend="put the days right"
            )


def read_detention(path: Path) -> DetentionCase:
    """A case from YAML. InputError where the file cannot be read; FactError for unknown fields and wrong values."""
    root, problems = read_nodes(path)
    if problems or root is None:
        raise InputError(report(problems, "in the file"), mend="put right what is named")
    told = root.value
    if not isinstance(told, dict):
        raise InputError(
            "the case is no list of fields", where=str(path), mend="write value_krw: 1200000 and so on"
        )
    try:
        return detention_case(told, str(path))
    except FactError as error:
        at = root.fields.get(error.where)
        place = f"{path}:{at.line}: {error.where}" if at else error.where
        raise FactError(error.what, where=place, mend=error.mend) from error


def detention_case(told: Mapping[str, Any], where: str) -> DetentionCase:
    """A case from its fields by name. FactError for unknown ones and wrong values; where: named in the first."""
    known = ("value_krw", "recorded", *_FLAGS, *_DAYS, *_TEXT)
    if unknown := sorted(str(key) for key in told if key not in known):
        raise FactError(f"unknown field {unknown[0]!r}", where=where, mend=near(unknown[0], known))
    if isinstance(told.get("value_krw"), bool) or not isinstance(told.get("value_krw"), int):
        raise FactError(
            "there is no customs value", where="value_krw", mend="give whole won: value_krw: 1200000"
        )
    for name in ("recorded", *_FLAGS):
        if not isinstance(told.get(name, True), bool):
            raise FactError(f"not yes or no: {told[name]!r}", where=name, mend="write true or false")
    for name in _DAYS:
        if told.get(name) is not None and type(told[name]) is not date:
            raise FactError(f"not a day: {told[name]!r}", where=name, mend="write it as 2026-11-23")
    facts = {name: str(told[name]) for name in _TEXT if told.get(name) is not None}
    return DetentionCase(**{key: value for key, value in told.items() if key not in _TEXT}, facts=facts)
