"""Addresses of cases, due dates, search and calendars, and who may call them."""

from __future__ import annotations

from mapae.desk.officer.cases import cases, new_case
from mapae.desk.officer.cases_calendar import calendar_feed, calendar_new
from mapae.desk.officer.cases_dues import dues
from mapae.desk.officer.cases_page import case_page, evidence_file
from mapae.desk.officer.cases_search import search_page
from mapae.desk.officer.cases_verbs import case_verb
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

_READERS = ("officer", "auditor")
ROUTES: tuple[Route, ...] = (
    Route("cases", cases, "cases", _READERS),
    Route("cases/new", new_case, "case-new", ("officer",)),
    Route("cases/<slug:key>", case_page, "case", _READERS),
    Route("cases/<slug:key>/do/<slug:verb>", case_verb, "case-verb", ("officer",)),
    Route("cases/<slug:key>/evidence/<int:evidence>", evidence_file, "case-evidence", ("officer",)),
    Route("due", dues, "overdue", _READERS),
    Route("search", search_page, "search", (*_READERS, "agent", "headquarters")),
    Route("calendar", calendar_new, "calendar-new", ("officer",)),
    Route("calendar/<str:token>.ics", calendar_feed, "calendar-feed", ("link",)),
)
