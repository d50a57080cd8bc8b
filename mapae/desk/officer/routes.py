"""Addresses of this area and who may call them."""

from __future__ import annotations

from mapae.desk.officer.agreements_routes import ROUTES as AGREEMENTS
from mapae.desk.officer.audit_routes import ROUTES as AUDIT
from mapae.desk.officer.cases_routes import ROUTES as CASES
from mapae.desk.officer.contests_routes import ROUTES as CONTESTS
from mapae.desk.officer.documents_routes import ROUTES as DOCUMENTS
from mapae.desk.officer.help_routes import ROUTES as HELP
from mapae.desk.officer.inbox_routes import ROUTES as INBOX
from mapae.desk.officer.inspections_routes import ROUTES as INSPECTIONS
from mapae.desk.officer.markets_routes import ROUTES as MARKETS
from mapae.desk.officer.merchants_routes import ROUTES as MERCHANTS
from mapae.desk.officer.operators_routes import ROUTES as OPERATORS
from mapae.desk.officer.people_routes import ROUTES as PEOPLE
from mapae.desk.officer.releases_routes import ROUTES as RELEASES
from mapae.desk.officer.verify_routes import ROUTES as VERIFY
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    *AGREEMENTS,
    *AUDIT,
    *CASES,
    *CONTESTS,
    *DOCUMENTS,
    *HELP,
    *INBOX,
    *INSPECTIONS,
    *MARKETS,
    *MERCHANTS,
    *OPERATORS,
    *PEOPLE,
    *RELEASES,
    *VERIFY,
)
