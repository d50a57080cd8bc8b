"""The helpline as an app: what search reads and what is due next follow each event in its own transaction."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save

__all__ = ["Helpline"]


class Helpline(AppConfig):
    """The helpline."""

    name = "mapae.desk.helpline"

    def ready(self) -> None:
        """Follow complaints and their events."""
        from mapae.desk.helpline.models import Complaint, ComplaintEvent

        post_save.connect(_complaint_saved, sender=Complaint, dispatch_uid="helpline words")
        post_save.connect(_event_saved, sender=ComplaintEvent, dispatch_uid="helpline due")


_SEARCHED = frozenset({"operator", "operator_told", "seller", "product", "gist"})


def _complaint_saved(instance: Any, update_fields: frozenset[str] | None = None, **_: object) -> None:
    from mapae.desk.helpline import desk_search

    if update_fields is None or _SEARCHED & set(update_fields):
        desk_search.keep([instance])


def _event_saved(instance: Any, **_: object) -> None:
    """What a verb writes is counted when the verb ends; what comes in is counted here."""
    from mapae.desk.helpline import desk_due

    if instance.kind == "received":
        desk_due.refresh(instance.complaint)
