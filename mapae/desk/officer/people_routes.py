"""Addresses where administrators look after people."""

from __future__ import annotations

from mapae.desk.officer import people
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("people", people.people, "people", ("admin",)),
    Route("people/new", people.people_new, "people-new", ("admin",)),
    Route("people/<int:pk>", people.person, "person", ("admin",)),
    Route("people/<int:pk>/do/<slug:verb>", people.person_do, "person-do", ("admin",)),
)
