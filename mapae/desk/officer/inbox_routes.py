"""Addresses of the inbox and who may call them: auditors read, officers decide."""

from __future__ import annotations

from mapae.desk.officer.inbox import inbox, inbox_bulk
from mapae.desk.officer.inbox_finding import finding_page, finding_picture, finding_verb
from mapae.desk.officer.inbox_precision import precision_data, precision_page
from mapae.desk.officer.inbox_sellers import seller_page, sellers
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

_READERS = ("officer", "auditor")
ROUTES: tuple[Route, ...] = (
    Route("inbox", inbox, "inbox", _READERS),
    Route("inbox/bulk", inbox_bulk, "inbox-bulk", ("officer",)),
    Route("inbox/sellers", sellers, "inbox-sellers", _READERS),
    Route("inbox/seller", seller_page, "inbox-seller", _READERS),
    Route("inbox/precision", precision_page, "inbox-precision", _READERS),
    Route("inbox/precision.json", precision_data, "inbox-precision-data", _READERS),
    Route("inbox/<int:number>", finding_page, "finding", _READERS),
    Route("inbox/<int:number>/do/<slug:verb>", finding_verb, "finding-verb", ("officer",)),
    Route("inbox/<int:number>/picture/<str:sha256>", finding_picture, "finding-picture", _READERS),
)
