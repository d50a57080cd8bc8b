"""Addresses of inspections and who may call them: auditors read, officers decide."""

from __future__ import annotations

from mapae.desk.officer import inspections, inspections_detentions, inspections_rankings
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

_READERS, _OFFICER = ("officer", "auditor"), ("officer",)
_HELD = "inspections/held"
ROUTES: tuple[Route, ...] = (
    Route("inspections", inspections.inspections_page, "inspections", _READERS),
    Route("inspections/sheets/<int:pk>", inspections.sheet_page, "sheet", _READERS),
    Route("inspections/sheets/<int:pk>/accept", inspections.sheet_accept, "sheet-accept", _OFFICER),
    Route("inspections/sheets/<int:pk>/file.<slug:form>", inspections.sheet_file, "sheet-file", _READERS),
    Route("inbox/<int:number>/sheet", inspections.finding_sheet, "finding-sheet", _READERS),
    Route("inspections/rankings/<int:pk>", inspections_rankings.ranking_page, "ranking", _READERS),
    Route(
        "inspections/rankings/<int:pk>/result",
        inspections_rankings.ranking_result,
        "ranking-result",
        _OFFICER,
    ),
    Route(
        "inspections/rankings/<int:pk>/results.csv",
        inspections_rankings.ranking_results,
        "ranking-results",
        _READERS,
    ),
    Route(_HELD, inspections_detentions.detentions, "detentions", _READERS),
    Route(f"{_HELD}/add", inspections_detentions.detention_add, "detention-add", _OFFICER),
    Route(f"{_HELD}/<int:pk>", inspections_detentions.detention, "detention", _READERS),
    Route(
        f"{_HELD}/<int:pk>/file", inspections_detentions.detention_document, "detention-document", _READERS
    ),
    Route(
        f"{_HELD}/<int:pk>/do/<slug:verb>", inspections_detentions.detention_verb, "detention-do", _OFFICER
    ),
)
