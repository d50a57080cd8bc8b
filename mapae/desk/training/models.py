"""The demo clock, the demo shop's listings and what the tour remembers; used in training mode only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models

__all__ = ["DemoClock", "Remembered", "ShopListing", "recall", "remember"]


class DemoClock(models.Model):
    """How far the demo clock is ahead of real time (one row)."""

    offset = models.DurationField(default=timedelta)


class ShopListing(models.Model):
    """A listing of the demo shop on loopback (platforms Lumibay and Dalmart, invented)."""

    platform = models.CharField(max_length=20)
    listing_id = models.CharField(max_length=40, unique=True)
    seller_id = models.CharField(max_length=40)
    seller_name = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    price = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="KRW")
    image = models.CharField(max_length=200, blank=True)
    up = models.BooleanField(default=True)


class Remembered(models.Model):
    """One thing that the tour knows by name: its case, what the sample's screening found."""

    name = models.CharField(max_length=40, unique=True)
    value = models.JSONField(null=True)


def remember(name: str, value: Any) -> None:
    """Keep a value (JSON) under a name."""
    Remembered.objects.update_or_create(name=name, defaults={"value": value})


def recall(name: str) -> Any:
    """The value kept under the name, else None."""
    return Remembered.objects.filter(name=name).values_list("value", flat=True).first()
