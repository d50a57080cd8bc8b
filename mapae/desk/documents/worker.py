"""The outbox worker: hands over what waits, settles public notices, and does it again until it is told to stop."""

from __future__ import annotations

import importlib
import logging
import os
import signal
import threading
from collections.abc import Mapping

from django.conf import settings
from django.db import close_old_connections

from mapae.desk import clock
from mapae.desk.documents import mail, webhook
from mapae.desk.documents.alone import alone
from mapae.desk.documents.outbox import Transport, run_outbox
from mapae.desk.helpline import sms
from mapae.desk.parent import end_with

__all__ = ["JOBS", "SHARED", "round_once", "run", "transports", "work"]

# further work of each round, `module:function`; each is called with the desk's time
JOBS: tuple[str, ...] = (
    "mapae.desk.documents.service:settle_public_notices",
    "mapae.desk.cases.due:round_of_work",
    "mapae.desk.findings.tallies:round_of_work",
    "mapae.desk.helpline.desk_daily:round_of_work",
    "mapae.desk.parties.daily:decide_daily",
    "mapae.desk.verification.pictures:run_due",
    "mapae.desk.verification.rounds:run_due",
    "mapae.desk.verification.watch:watch",
    "mapae.desk.verification.figures:make_daily",
    "mapae.desk.agreements.kept:make_daily",
    "mapae.desk.rights.published:make_daily",
    "mapae.desk.publication.releases:make_due",
    "mapae.desk.publication.surges:look_daily",
    "mapae.desk.audit.heads:stamp_daily",
    "mapae.desk.helpline.consumer.drafts:clear_old",
    "mapae.desk.helpline.forget:forget_old",
    "mapae.desk.merchants.counts:make_due",
    "mapae.desk.merchants.forget:forget_old",
    "mapae.desk.rights.to_inbox:send_left",
)
SHARED = frozenset({"mapae.desk.verification.rounds:run_due"})  # workers share it out among themselves
_LOG = logging.getLogger("mapae.outbox")
_BEHIND = 10  # the worker gives way to pages that people wait for


def transports() -> Mapping[str, Transport]:
    """How each channel hands over; in training mail stays on this machine."""
    own = settings.TRAINING
    return {
        "email": mail.sink if own else mail.send,
        "sms": mail.sink if own else sms.send,
        "webhook": webhook.send,
    }


def round_once() -> int:
    """One round: the outbox, then the jobs, then what they wrote into the outbox; how many of its rows were tried.

    A job that fails is logged and holds up neither the others nor the mail; one that another worker is at is left to it.
    """
    tried = run_outbox(transports())
    for job in JOBS:
        try:
            with alone(job) as mine:
                if mine or job in SHARED:
                    _do(job)
        except Exception:
            _LOG.exception("%s failed; the next round tries again", job)
    return tried + run_outbox(transports())


def _do(job: str) -> None:
    module, _, name = job.partition(":")
    getattr(importlib.import_module(module), name)(clock.now())


def work(stop: threading.Event, pause: float = 2.0) -> None:
    """Rounds until `stop` is set; what goes wrong is logged, and the next round tries again."""
    while not stop.is_set():
        try:
            close_old_connections()
            round_once()
        except Exception:
            _LOG.exception("a round of the outbox failed; the next one tries again")
        stop.wait(pause)


def run(*, pause: float = 2.0, follow: int = 0) -> None:
    """Work in this process until it is interrupted or ended; follow: also until its parent, of that number, is gone."""
    if hasattr(os, "nice"):
        os.nice(_BEHIND)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_heard: stop.set())
    if follow:
        end_with(follow, stop.set)
    work(stop, pause)
