"""Addresses of documents: drafting, approving, serving, and the letters themselves."""

from __future__ import annotations

from mapae.desk.officer import documents, documents_acts, documents_draft
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

_READERS = ("officer", "auditor", "agent", "headquarters")

ROUTES: tuple[Route, ...] = (
    Route("documents", documents.queues, "documents", ("officer",)),
    Route("cases/<slug:number>/documents/new", documents_draft.new, "document-new", ("officer",)),
    Route("documents/<slug:code>", documents.page, "document", ("officer", "auditor")),
    Route("documents/<slug:code>/edit", documents_draft.edit, "document-edit", ("officer",)),
    Route("documents/<slug:code>/act", documents_acts.act, "document-act", ("officer",)),
    Route("documents/<slug:code>/serve", documents_acts.serve, "document-serve", ("officer",)),
    Route("services/<int:pk>/record", documents_acts.record, "service-record", ("officer",)),
    Route("outbox/<int:pk>/settle", documents_acts.settle, "outbox-settle", ("officer",)),
    Route("documents/<slug:code>/letter.pdf", documents.letter_pdf, "letter-pdf", _READERS),
    Route("documents/<slug:code>/letter.json", documents.letter_json, "letter-json", _READERS),
)
