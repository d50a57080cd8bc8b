"""Rankings of consignments with the results of their inspection, and goods held at customs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

__all__ = ["RESULTS", "WAYS", "Detention", "RankedLine", "Ranking"]

# What an inspection gave; what `mapae train consignments --update` learns from.
RESULTS = {
    "clean": {"ko": "이상 없음", "en": "Nothing found"},
    "fraud": {"ko": "적발", "en": "Found"},
    "critical": {"ko": "중대 적발", "en": "Found, critical"},
}
WAYS = {
    "score": {"ko": "위험 점수", "en": "risk score"},
    "critical": {"ko": "중대 위험 점수", "en": "critical score"},
    "exploration": {"ko": "무작위", "en": "by chance"},
}


class Ranking(models.Model):
    """A ranking of declaration lines (an OUT folder of `mapae screen --model`), by the hash of its file."""

    digest = models.CharField(max_length=64, unique=True)
    path = models.CharField(max_length=500)
    manifest = models.JSONField(default=dict)
    lines = models.PositiveBigIntegerField()
    imported_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-imported_at", "-id"]


class RankedLine(models.Model):
    """A line selected for inspection. place: its rank by score; way: a key of WAYS; record: the line as it was read, where
    the ranking kept it; result: a key of RESULTS, empty until it is known."""

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="selected")
    consignment_id = models.CharField(max_length=200)
    place = models.PositiveBigIntegerField()
    score = models.FloatField()
    critical = models.FloatField()
    way = models.CharField(max_length=12)
    reasons = models.JSONField(default=list)
    record = models.JSONField(default=dict)
    result = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["place", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ranking", "place"], name="one_line_a_place")
        ]
        indexes: ClassVar = [models.Index(fields=["ranking", "result", "place"], name="line_by_result")]


class Detention(models.Model):
    """Goods held at customs for a right. facts: fields of mapae.app.law.detention.DetentionCase as JSON, days as ISO text;
    its steps, days and securities are computed whenever it is read."""

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    consignment_id = models.CharField(max_length=200)
    finding = models.ForeignKey(
        "findings.Finding", null=True, on_delete=models.SET_NULL, related_name="detentions"
    )
    facts = models.JSONField(default=dict)
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-opened_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "consignment_id"], name="one_hold_of_a_parcel")
        ]
