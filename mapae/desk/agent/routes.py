"""Addresses of this area and who may call them."""

from __future__ import annotations

from mapae.desk.agent import (
    answering,
    discarding,
    figures,
    help_pages,
    home,
    merchants,
    objecting,
    releases,
    replying,
    sharing,
    tables,
)
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

_FIRM = ("agent", "headquarters")  # read and draft
_AGENT = ("agent",)  # submit, and what reaches beyond the firm

ROUTES: tuple[Route, ...] = (
    Route("agent", home.home, "agent-home", _FIRM),
    Route("agent/cases/<str:number>", home.case_page, "agent-case", _FIRM),
    Route("agent/cases/<str:number>/answers", answering.answer_many, "agent-answers", _FIRM),
    Route("agent/cases/<str:number>/submit", answering.submit_all, "agent-submit", _AGENT),
    Route("agent/cases/<str:number>/answers.csv", tables.download, "agent-table", _FIRM),
    Route("agent/cases/<str:number>/upload", tables.upload, "agent-upload", _FIRM),
    Route("agent/files/<int:pk>", tables.file_page, "agent-file", _FIRM),
    Route("agent/files/<int:pk>/rejects.csv", tables.rejects, "agent-rejects", _FIRM),
    Route("agent/items/<int:pk>", answering.item_page, "agent-item", _FIRM),
    Route("agent/items/<int:pk>/discard", discarding.discard, "agent-discard", _FIRM),
    Route("agent/drafts/take-back", discarding.take_back, "agent-take-back", _FIRM),
    Route("agent/items/<int:pk>/link", sharing.make, "agent-link", _AGENT),
    Route("agent/links/<int:pk>/revoke", sharing.revoke, "agent-link-revoke", _AGENT),
    Route("agent/letters/<str:code>", home.letter, "agent-letter", _FIRM),
    Route("agent/letters/<str:code>/pdf", home.letter_pdf, "agent-letter-pdf", _FIRM),
    Route("agent/letters/<str:code>/reply", replying.reply, "agent-reply", _FIRM),
    Route("agent/letters/<str:code>/objection", objecting.objection, "agent-objection", _FIRM),
    Route("agent/complaints", help_pages.complaints, "agent-complaints", _FIRM),
    Route("agent/complaints.csv", help_pages.complaints_csv, "agent-complaints-csv", _FIRM),
    Route("agent/complaints/<str:number>", help_pages.complaint_page, "agent-complaint", _FIRM),
    Route(
        "agent/complaints/<str:number>/files/<int:pk>",
        help_pages.complaint_file,
        "agent-complaint-file",
        _FIRM,
    ),
    Route(
        "agent/complaints/<str:number>/do/<str:verb>", help_pages.complaint_do, "agent-complaint-do", _AGENT
    ),
    Route("agent/figures", figures.figures, "agent-figures", _FIRM),
    Route("agent/figures.json", figures.figures_json, "agent-figures-json", _FIRM),
    Route("agent/releases", releases.releases, "agent-releases", _FIRM),
    Route("agent/releases/<slug:digest>/<slug:key>", releases.comment_on, "agent-release-comment", _FIRM),
    Route("agent/merchants", merchants.told, "agent-merchants", _FIRM),
    Route("agent/merchants/<str:code>/reply", merchants.told_reply, "agent-merchant-reply", _AGENT),
    Route("agent/merchants/<str:code>/<int:number>", merchants.told_file, "agent-merchant-file", _FIRM),
)
