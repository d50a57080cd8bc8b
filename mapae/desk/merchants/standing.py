"""Where a merchant's report stands: who acts next, what they do, what the merchant can do if nothing comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from mapae.desk.merchants.models import MerchantReport
from mapae.desk.merchants.share import newest

__all__ = ["standing", "standing_table"]


def standing(report: MerchantReport) -> Mapping[str, Mapping[str, str]]:
    """who, does, if_not: each a text by language."""
    return standing_table()[_key(report)]


def _key(report: MerchantReport) -> str:
    if report.state == "closed":
        return f"closed_{report.outcome}"
    asked = newest(report) if report.confidence == "disclosed" else None
    if asked and not asked.agreed_at and not asked.refused_at:
        return "consent"
    talk = report.events.filter(kind__in=("wrote", "answered")).order_by("seq").values_list("kind", flat=True)
    return "asked" if talk.last() == "wrote" else str(report.state)


@cache
def standing_table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Where it stands → who, does, if_not."""
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.safe_load(
        Path(__file__).with_name("standing.yaml").read_text("utf-8")
    )
    return found
