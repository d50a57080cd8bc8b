"""The consumer says which shop it was: what the desk had read from the words gives way; who is responsible is asked anew."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.helpline import desk_search
from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import needed, say
from mapae.desk.helpline.intake import responsible_for, shop_of, triaged
from mapae.desk.helpline.models import Complaint, Correction

__all__ = ["name_shop"]


@act("name_shop")
def name_shop(complaint: Complaint, actor: Any, *, shop: str = "") -> None:
    """shop: its name, or the address of its page. Refused where nothing is said."""
    told = needed(shop, _("Write the name of the shop."))[:120]
    before = complaint.operator.key if complaint.operator else ""
    about = {
        "operator_told": told,
        "listing_url": told if "://" in told else "",
        "purchased_on": complaint.purchased_on,
        "delivered_on": complaint.delivered_on,
    }
    found, shop_meant = triaged(complaint.text, complaint.received_at, about)
    complaint.operator_told, complaint.operator = told, shop_meant.operator
    complaint.responsible = responsible_for(found, shop_meant.operator)
    complaint.triage = {**complaint.triage, "shop": shop_of(shop_meant)}
    complaint.save(update_fields=["operator_told", "operator", "responsible", "triage"])
    after = shop_meant.operator.key if shop_meant.operator else ""
    Correction.objects.create(
        complaint=complaint, field="operator", before=before, after=after, at=clock.now()
    )
    desk_search.keep([complaint])
    say(complaint, "shop_named", actor)
