"""Pure case logic: states and verbs, items, clocks, legal force and routing; no database, no clock of its own."""

from mapae.workflow.clocks import Clock, Event, clocks
from mapae.workflow.force import DocumentKind, document_kinds, may_issue
from mapae.workflow.items import ITEM_STATES, item_after
from mapae.workflow.objections import ObjectionKind, objection_kinds, objection_to, open_until
from mapae.workflow.states import CASE_STATES, VERBS, Verb, refused

__all__ = [
    "CASE_STATES",
    "ITEM_STATES",
    "VERBS",
    "Clock",
    "DocumentKind",
    "Event",
    "ObjectionKind",
    "Verb",
    "clocks",
    "document_kinds",
    "item_after",
    "may_issue",
    "objection_kinds",
    "objection_to",
    "open_until",
    "refused",
]
