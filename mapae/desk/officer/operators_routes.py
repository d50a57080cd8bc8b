"""Addresses of operators, duties and mandates, and who may call them."""

from __future__ import annotations

from mapae.desk.officer import operators, operators_acts, operators_mandates
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

_READ = ("officer", "auditor", "admin")
_WRITE = ("officer",)

ROUTES: tuple[Route, ...] = (
    Route("operators", operators.operators, "operators", _READ),
    Route("operators/new", operators_acts.new, "operator-new", _WRITE),
    Route("operators/<slug:key>", operators.operator, "operator", _READ),
    Route("operators/<slug:key>/facts", operators_acts.record_fact, "operator-fact", _WRITE),
    Route("operators/<slug:key>/duties", operators_acts.decide_duties, "operator-duties", _WRITE),
    Route("operators/<slug:key>/first-page", operators_acts.first_page, "operator-first-page", _WRITE),
    Route("operators/<slug:key>/inquiries", operators_acts.inquiry, "operator-inquiry", _WRITE),
    Route(
        "operators/<slug:key>/inquiries/<int:pk>",
        operators_acts.inquiry_answer,
        "operator-inquiry-answer",
        _WRITE,
    ),
    Route("operators/<slug:key>/mandates", operators_mandates.mandate_save, "mandate-save", _WRITE),
    Route("operators/<slug:key>/mandates/new", operators_mandates.mandate_new, "mandate-new", _WRITE),
    Route("mandates/<int:pk>", operators_mandates.mandate, "mandate", _READ),
    Route("mandates/<int:pk>/file", operators_mandates.mandate_file, "mandate-file", _READ),
    Route("mandates/<int:pk>/do/<slug:verb>", operators_mandates.mandate_do, "mandate-do", _WRITE),
    Route("first-pages/<int:pk>", operators_acts.publication, "publication", _READ),
)
