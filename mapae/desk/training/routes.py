"""Addresses of training mode: the tour, who you are, the clock, mail, the demo shop. None exists outside training mode."""

from __future__ import annotations

from mapae.desk.routes import Route
from mapae.desk.training import mailbox, shop_pages, switch, tour_pages

__all__ = ["ROUTES"]

_WHO = ("training",)
ROUTES: tuple[Route, ...] = (
    Route("tour", tour_pages.tour, "tour", _WHO),
    Route("tour/do", tour_pages.do, "tour-do", _WHO),
    Route("tour/jiwoo", tour_pages.jiwoo, "tour-jiwoo", _WHO),
    Route("training/become", switch.become, "training-become", _WHO),
    Route("training/clock", switch.move_clock, "training-clock", _WHO),
    Route("training/reset", switch.reset, "training-reset", _WHO),
    Route("training/mail", mailbox.mails, "training-mail", _WHO),
    Route("training/mail/<slug:name>/<int:number>", mailbox.mail_file, "training-mail-file", _WHO),
    Route("training/stall", shop_pages.stall, "training-stall", _WHO),
    Route("training/stall/act", shop_pages.stall_act, "training-stall-act", _WHO),
    Route("training/shop/<slug:platform>", shop_pages.shelf, "training-shelf", _WHO),
    Route("training/shop/<slug:platform>/<slug:listing_id>", shop_pages.listing, "training-listing", _WHO),
    Route("training/picture/<slug:name>.png", shop_pages.photograph, "training-picture", _WHO),
)
