"""Addresses of the helpline's desk and who may call them."""

from __future__ import annotations

from mapae.desk.officer import help_collectives, help_mediation, help_page, help_phone, help_queue, help_verbs
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

_OFFICER = ("officer",)
_READ = ("officer", "auditor")

ROUTES: tuple[Route, ...] = (
    Route("complaints", help_queue.complaints, "complaints", _READ),
    Route("complaints/new", help_phone.complaint_new, "complaint-new", _OFFICER),
    Route("complaints/new/live", help_phone.complaint_live, "complaint-live", _OFFICER),
    Route("complaints/mass", help_collectives.collectives, "collectives", _READ),
    Route("complaints/mass/<str:number>", help_collectives.collective, "collective", _READ),
    Route(
        "complaints/mass/<str:number>/<str:verb>", help_collectives.collective_do, "collective-do", _OFFICER
    ),
    Route("complaints/<str:number>", help_page.complaint_page, "complaint", _READ),
    Route("complaints/<str:number>/personal", help_page.complaint_personal, "complaint-personal", _OFFICER),
    Route("complaints/<str:number>/share", help_phone.complaint_share, "complaint-share", _OFFICER),
    Route("complaints/<str:number>/files/<int:pk>", help_page.complaint_file, "complaint-file", _OFFICER),
    Route("complaints/<str:number>/mediation.pdf", help_mediation.mediation_pdf, "mediation-pdf", _OFFICER),
    Route(
        "complaints/<str:number>/mediation.json", help_mediation.mediation_json, "mediation-json", _OFFICER
    ),
    Route("complaints/<str:number>/do/<str:verb>", help_verbs.complaint_do, "complaint-do", _OFFICER),
)
