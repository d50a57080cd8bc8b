"""Addresses of the helpline for consumers."""

from __future__ import annotations

from mapae.desk.public import (
    helpline_follow,
    helpline_form,
    helpline_rights,
    helpline_share,
    helpline_withdraw,
)
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

_ALL, _LINK = ("everyone",), ("link",)
ROUTES: tuple[Route, ...] = (
    Route("help", helpline_form.start, "help", _ALL),
    Route("help/d/<str:link>", helpline_form.draft, "help-draft", _LINK),
    Route("help/f/<str:link>", helpline_follow.follow, "help-follow", _LINK),
    Route("help/f/<str:link>/code", helpline_follow.code, "help-code", _LINK),
    Route("help/f/<str:link>/act", helpline_follow.act, "help-act", _LINK),
    Route("help/f/<str:link>/add", helpline_follow.add, "help-add", _LINK),
    Route("help/f/<str:link>/feed.atom", helpline_follow.feed, "help-feed", _LINK),
    Route("help/f/<str:link>/feed.rss", helpline_follow.feed_rss, "help-feed-rss", _LINK),
    Route("help/f/<str:link>/files/<slug:sha256>", helpline_follow.file, "help-file", _LINK),
    Route("help/f/<str:link>/mediation.pdf", helpline_follow.mediation_pdf, "help-mediation-pdf", _LINK),
    Route("help/f/<str:link>/mediation.json", helpline_follow.mediation_json, "help-mediation-json", _LINK),
    Route("help/f/<str:link>/share", helpline_share.share, "help-share", _LINK),
    Route("help/f/<str:link>/withdrawal", helpline_withdraw.write, "help-withdraw", _LINK),
    Route("help/f/<str:link>/withdrawal/<slug:code>", helpline_withdraw.proof, "help-proof", _LINK),
    Route(
        "help/f/<str:link>/withdrawal/<slug:code>/<slug:what>.pdf",
        helpline_withdraw.letter_pdf,
        "help-letter",
        _LINK,
    ),
    Route("rights", helpline_rights.rights, "rights", _ALL),
)
