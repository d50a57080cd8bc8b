"""Reads the audit log for people: filtered, named, as rows of a page or lines of a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from mapae.desk.accounts.models import User
from mapae.desk.audit.models import AuditEntry
from mapae.desk.law import said
from mapae.workflow.states import VERBS

__all__ = ["Asked", "as_csv", "entries", "kinds", "named", "read_asked"]

_COLUMNS = ("seq", "at", "actor", "kind", "subject", "data", "chain")


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the log is asked for; empty: all. actor: `user:7` or a word; subject: `case:12`, `user:7`; days both
    included."""

    actor: str = ""
    kind: str = ""
    subject: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def person(self) -> str:
        """The person whose trail is asked for, as the one who did or to whom it was done (`user:7`); else empty."""
        return next((each for each in (self.actor, self.subject) if each.startswith("user:")), "")

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for."""
        return self != Asked()


def read_asked(row: Mapping[str, str]) -> Asked:
    """The filter that a form holds; what cannot be read is left out."""
    actor, subject = (_by_address(row.get(name, "").strip()[:80]) for name in ("actor", "subject"))
    kind = row.get("kind", "") if row.get("kind", "") in kinds() else ""
    return Asked(actor[:40], kind, subject, _day(row.get("first", "")), _day(row.get("last", "")))


def _by_address(told: str) -> str:
    """`user:7` for the e-mail address of a person; for one of nobody's, words that no entry holds."""
    if "@" not in told:
        return told
    found = User.objects.filter(email=told.lower()).first()
    return f"user:{found.pk}" if found else "user:nobody"


def entries(asked: Asked, below: int = 0) -> QuerySet[AuditEntry]:
    """Entries, the newest first; below: only those before this number."""
    found = AuditEntry.objects.order_by("-seq")
    for name in ("actor", "kind", "subject"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    if asked.first:
        found = found.filter(at__gte=_midnight(asked.first))
    if asked.last:
        found = found.filter(at__lt=_midnight(asked.last) + timedelta(days=1))
    return found.filter(seq__lt=below) if below else found


def named(rows: Iterable[AuditEntry]) -> list[dict[str, Any]]:
    """Entries with the names of the persons in them and the titles of their kinds. about: to whom it was done."""
    rows = list(rows)
    told = {text for row in rows for text in (row.actor, row.subject)}
    numbers = {text.removeprefix("user:") for text in told if text.startswith("user:")}
    found = User.objects.filter(pk__in=[int(number) for number in numbers if number.isdigit()])
    people = {f"user:{user.pk}": user for user in found.select_related("body", "firm")}
    return [
        {
            "entry": row,
            "person": people.get(row.actor),
            "about": people.get(row.subject) if row.subject != row.actor else None,
            "kind": said(kinds().get(row.kind, {"en": row.kind})),
        }
        for row in rows
    ]


def as_csv(rows: Iterable[AuditEntry]) -> str:
    """The entries as they stand in the log, one a line, so that the chain can be counted again from the file."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for row in rows:
        data = json.dumps(row.data, sort_keys=True, ensure_ascii=False)
        writer.writerow([row.seq, row.at.isoformat(), row.actor, row.kind, row.subject, data, row.chain])
    return out.getvalue()


@cache
def kinds() -> dict[str, Mapping[str, str]]:
    """Kinds of entries with their titles."""
    own = yaml.safe_load(files("mapae.desk.audit").joinpath("kinds.yaml").read_text("utf-8"))
    return {**{key: verb.title for key, verb in VERBS.items()}, **own}


def _day(value: str) -> date | None:
    try:
        return parse_date(value.strip())
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
