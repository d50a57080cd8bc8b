"""What the helpline does by itself each round: counts anew, and takes silence after a mediation for the acceptance it is."""

from __future__ import annotations

import logging
from datetime import datetime

from mapae.desk import clock
from mapae.desk.helpline import desk_due
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.collective_proposal import close_answered
from mapae.desk.helpline.models import Complaint
from mapae.errors import MapaeError

__all__ = ["round_of_work"]

_LOG = logging.getLogger("mapae.helpline")


def round_of_work(now: datetime) -> None:
    """One round; a complaint that cannot be moved is logged and holds up no other."""
    desk_due.round_of_work(now)
    lapsed = Complaint.objects.filter(state="proposed", next_due__due__lt=clock.today())
    for each in lapsed.order_by("pk")[:500]:
        try:
            run("lapse_proposal", None, each)
        except MapaeError as error:
            _LOG.warning("%s: %s", each.number, error.what)
    close_answered()
