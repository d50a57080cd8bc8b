"""An answer to one item as data, whether it came from a form, a table or the API; and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from mapae.desk.answers.models import ANSWERS
from mapae.desk.cases.models import CaseItem, Evidence
from mapae.desk.law import book, said

__all__ = ["Answer", "faults", "grounds", "moment_of", "read_answer"]

LONGEST = 4000  # characters of an answer's words
EARLIEST = 2000  # no shop's listing was taken down before that year


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. kind: of ANSWERS (removed, contest, time); the rest as in mapae.desk.answers.models.Said."""

    item: CaseItem
    kind: str
    removed_at: datetime | None = None
    ground: str = ""
    text: str = ""
    until: date | None = None
    files: tuple[Evidence, ...] = ()


@cache
def grounds() -> dict[str, Mapping[str, str]]:
    """Grounds on which an item may be contested, with their titles."""
    return {row["key"]: row["title"] for row in book().pack.data("workflow.yaml")["contest_grounds"]}


def read_answer(
    item: CaseItem, row: Mapping[str, str], now: datetime, files: tuple[Evidence, ...] = ()
) -> tuple[Answer, list[str]]:
    """The answer that a form or a line of a table holds, and what is wrong with it (sentences; empty: nothing).

    row: kind, removed_at, ground, text, until, each text. A day without time is taken as its end, but not after now.
    """
    wrong: list[str] = []
    kind = (row.get("kind") or "").strip().lower()
    said = (row.get("removed_at") or "").strip() if kind == "removed" else ""
    removed_at = moment_of(said, now) if said else None
    if said and removed_at is None:
        wrong.append(_("Not a date and time: %(value)s. Write 2026-09-28 14:05.") % {"value": said[:40]})
    wished = (row.get("until") or "").strip() if kind == "time" else ""
    until = _day(wished) if wished else None
    if wished and until is None:
        wrong.append(_("Not a day: %(value)s. Write 2026-09-28.") % {"value": wished[:40]})
    ground = (row.get("ground") or "").strip().lower() if kind == "contest" else ""
    answer = Answer(item, kind, removed_at, ground, (row.get("text") or "").strip(), until, files)
    return answer, wrong or faults(answer, now)


def faults(answer: Answer, now: datetime) -> list[str]:
    """What is wrong with the answer: sentences, empty where nothing is."""
    if answer.kind not in ANSWERS:
        choices = ", ".join(ANSWERS)
        return [_("Say how you answer: %(kinds)s.") % {"kinds": choices}]
    found = _OF_KIND[answer.kind](answer, now)
    if len(answer.text) > LONGEST:
        found.append(_("The text is longer than %(most)s characters.") % {"most": LONGEST})
    return found


def moment_of(text: str, now: datetime) -> datetime | None:
    """The moment, Korean time where no zone is written; a day alone means its end, at the latest now."""
    try:
        if (only := parse_date(text)) is not None:
            if not EARLIEST <= only.year < 9999:
                return None
            end = timezone.make_aware(datetime(only.year, only.month, only.day, 23, 59))
            return min(end, now) if only == timezone.localtime(now).date() else end
        found = parse_datetime(text)
    except ValueError:
        return None
    if found is None or found.year < EARLIEST:
        return None
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _removed(answer: Answer, now: datetime) -> list[str]:
    if answer.removed_at is None:
        return [_("Say when it was removed.")]
    if answer.removed_at > now:
        return [_("The moment of removal lies in the future.")]
    return []


def _contest(answer: Answer, now: datetime) -> list[str]:
    wrong = []
    if answer.ground not in grounds():
        known = ", ".join(f"{said(title)} ({key})" for key, title in grounds().items())
        wrong.append(_("Choose a ground: %(grounds)s.") % {"grounds": known})
    if not answer.text:
        wrong.append(_("Say why you contest it."))
    return wrong


def _time(answer: Answer, now: datetime) -> list[str]:
    wrong = [] if answer.text else [_("Say why you need more time.")]
    if answer.until is not None and answer.until <= timezone.localtime(now).date():
        wrong.append(_("The day asked for has passed."))
    return wrong


_OF_KIND = {"removed": _removed, "contest": _contest, "time": _time}
