"""The demo clock and the demo shop's listings; used in training mode only."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

__all__ = ["DemoClock", "ShopListing"]


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
