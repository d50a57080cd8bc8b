"""What is known of a product that somebody asks about: by the lists, by what authorities took down, by complaints."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from mapae.app.product_check import Checked, check_product
from mapae.desk.cases.models import CaseItem
from mapae.desk.fields import address_key
from mapae.desk.helpline.models import Complaint
from mapae.desk.publication.cells import least

__all__ = ["MOST_SHOWN", "Looked", "look_up"]

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Looked:
    """checked: by the lists; taken_down: goods at these addresses that an authority saw gone after asking; reported: how many
    complaints name goods at one of these addresses, however it is written, 0 where they are too few to tell."""

    checked: Checked
    taken_down: tuple[CaseItem, ...]
    reported: int


def look_up(text: str, today: date) -> Looked:
    """Hold the text against everything; nothing of it is kept."""
    found = check_product(text, today)
    keys = {key for each in found.addresses if (key := address_key(each))}
    return Looked(found, tuple(_taken_down(keys)), _reported(keys))


def _taken_down(keys: Set[str]) -> Sequence[CaseItem]:
    if not keys:
        return ()
    found = CaseItem.objects.filter(address__in=keys, state="removed", documents__served_at__isnull=False)
    return found.select_related("case__lead").distinct().order_by("-removed_at")[:MOST_SHOWN]


def _reported(keys: Set[str]) -> int:
    count = Complaint.objects.filter(address__in=keys).count() if keys else 0
    return count if count >= least() else 0
