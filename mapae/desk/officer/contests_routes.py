"""Addresses where officers hear operators and sellers, and who may call them."""

from __future__ import annotations

from mapae.desk.officer import contests, contests_item, contests_replies, objections
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("contests", contests.contests, "contests", ("officer",)),
    Route("contests/<int:pk>", contests.contest_page, "contest", ("officer",)),
    Route("contests/<int:pk>/files/<int:file>", contests.contest_file, "contest-file", ("officer",)),
    Route("documents/<str:code>/replies", contests_replies.replies, "document-replies", ("officer",)),
    Route("documents/<str:code>/objection", objections.objection_written, "document-objection", ("officer",)),
    Route("objections/<int:pk>", objections.objection, "objection", ("officer",)),
    Route("replies/<int:pk>/files/<int:file>", contests_replies.reply_file, "reply-file", ("officer",)),
    Route("items/<int:pk>", contests_item.heard, "item-heard", ("officer",)),
    Route("items/<int:pk>/do/<slug:verb>", contests_item.heard_do, "item-heard-do", ("officer",)),
)
