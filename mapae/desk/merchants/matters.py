"""What a report may be about, who takes it, how confidential it is: the pack's merchants/report.yaml, read with its words."""

from __future__ import annotations

from typing import Any

from mapae.desk.bodies.models import Body
from mapae.desk.law import book, said

__all__ = [
    "body_of",
    "choices",
    "conducts_of",
    "confidences",
    "keeps",
    "least",
    "series_kinds",
    "table",
    "title",
]


def table(section: str) -> Any:
    """A section of report.yaml."""
    return book().pack.data("merchants/report.yaml")[section]


def title(section: str, key: str) -> str:
    """The title of a key in the page's language; the key itself where the pack has none."""
    row = table(section).get(key)
    return key if row is None else said(row["title"])


def choices(section: str) -> list[tuple[str, str]]:
    """(key, title) of a section, in order."""
    return [(key, said(row["title"])) for key, row in table(section).items()]


def confidences() -> list[dict[str, Any]]:
    """Each degree with its title, what it means in sentences, and whether contact is asked for."""
    return [
        {
            "key": key,
            "title": said(row["title"]),
            "means": [said(each) for each in row["means"]],
            "asks": row["keeps"],
        }
        for key, row in table("confidence").items()
    ]


def keeps(confidence: str) -> tuple[str, ...]:
    """Which of name, shop, email, phone are kept."""
    return tuple(table("confidence")[confidence]["keeps"])


def conducts_of(matter: str) -> tuple[str, ...]:
    """The conducts of the screen of complaints that say the same."""
    return tuple(table("matters")[matter]["conduct"])


def series_kinds() -> dict[str, dict[str, Any]]:
    """Kinds of series."""
    found: dict[str, dict[str, Any]] = table("series")
    return found


def least() -> int:
    """Counts below this are not shown outside the authorities."""
    return int(table("least"))


def body_of(matter: str) -> Body | None:
    """The competent body: the first that competence.yaml names for the matter's act and that the desk has."""
    act = table("matters")[matter]["act"]
    acts = {row["act"]: row for row in book().pack.data("competence.yaml")["acts"]}
    known = {body.key: body for body in Body.objects.filter(key__in=acts[act]["body"])}
    return next((known[key] for key in acts[act]["body"] if key in known), None)
