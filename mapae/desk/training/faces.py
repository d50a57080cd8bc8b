"""Who may be become with one click in training mode, and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mapae.desk.law import book, said
from mapae.desk.training.reading import story
from mapae.workflow.states import ROLES

__all__ = ["Face", "faces"]


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody of the world. what: role and place, in the page's language."""

    key: str
    name: str
    what: str
    email: str


def faces() -> list[Face]:
    """In the order of story/world.yaml; the consumer Jiwoo has no account."""
    return [_face(key) for key in story("world")["faces"]]


@cache
def _bodies() -> dict[str, dict[str, str]]:
    return {row["key"]: row["name"] for row in book().pack.data("competence.yaml")["bodies"]}


def _face(key: str) -> Face:
    world = story("world")
    row = world["people"].get(key)
    if row is None:
        return Face(key, _("Jiwoo"), _("consumer in Busan, no account"), "")
    place = row.get("firm", "")
    where = said(world["firms"][place] if place else _bodies()[row["body"]])
    name = row["name"]["ko" if (get_language() or "ko").startswith("ko") else "en"]
    return Face(key, name, f"{said(ROLES[row['role']])}, {where}", f"{key}@desk.example")
