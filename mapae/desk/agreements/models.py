"""Events that were imported for an operator (what the desk saw itself is read from cases and is not kept twice), and what was
published of promises."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

__all__ = ["EventFile", "OperatorEvent", "PromiseSnapshot"]


class EventFile(models.Model):
    """A file of events that an officer imported for an operator: its evidence, how many rows it gave, how many not."""

    operator = models.ForeignKey("parties.Operator", on_delete=models.CASCADE, related_name="event_files")
    evidence = models.ForeignKey("cases.Evidence", on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-added_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operator", "evidence"], name="one_import_of_an_event_file")
        ]


class OperatorEvent(models.Model):
    """One event (mapae.measures.agreements.events): at is Korean time without zone; timed: whether the hour is known."""

    operator = models.ForeignKey("parties.Operator", on_delete=models.CASCADE, related_name="events")
    file = models.ForeignKey(EventFile, on_delete=models.CASCADE, related_name="events")
    digest = models.CharField(max_length=32)
    event_id = models.CharField(max_length=120, blank=True)
    subject_id = models.CharField(max_length=200)
    event = models.CharField(max_length=40)
    at = models.CharField(max_length=32)
    timed = models.BooleanField(default=False)
    outcome = models.CharField(max_length=120, blank=True)
    value = models.FloatField(null=True)
    n = models.FloatField(null=True)
    source = models.CharField(max_length=200, blank=True)
    proof = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operator", "digest"], name="one_event_a_digest")
        ]


class PromiseSnapshot(models.Model):
    """Promises as published once. digest: SHA-256 over day, cells and queries (16 hex digits), the address of their pages;
    cells: units by outcome, commitments with few left out; rows: what the queries gave from them."""

    digest = models.CharField(max_length=16, unique=True)
    as_of = models.DateField()
    made_at = models.DateTimeField()
    cells = models.JSONField(default=list)
    queries = models.JSONField(default=dict)
    rows = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
