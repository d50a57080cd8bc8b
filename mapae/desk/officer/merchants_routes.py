"""Addresses of reports of merchants and of rights holders for officers, and who may call them."""

from __future__ import annotations

from mapae.desk.officer import merchants, merchants_acts, rights
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

_READ, _ACT = ("officer", "auditor"), ("officer",)
_ONE = "merchant-reports/<str:number>"
ROUTES: tuple[Route, ...] = (
    Route("merchant-reports", merchants.queue, "merchant-reports", _READ),
    Route(_ONE, merchants.report_page, "merchant-report", _READ),
    Route(f"{_ONE}/personal", merchants.report_personal, "merchant-report-personal", _ACT),
    Route(f"{_ONE}/files/<int:place>", merchants.report_file, "merchant-report-file", _ACT),
    Route(f"{_ONE}/originals/<int:place>", merchants.report_original, "merchant-report-original", _ACT),
    Route(f"{_ONE}/<slug:verb>", merchants_acts.report_do, "merchant-report-do", _ACT),
    Route("holders", rights.holders, "rights-list", _READ),
    Route("holders/<str:number>", rights.holder_page, "rights-holder", _READ),
    Route("holders/<str:number>/do", rights.holder_do, "rights-holder-do", _ACT),
    Route("holders/<str:number>/files/<int:pk>", rights.holder_file, "rights-holder-file", _ACT),
)
