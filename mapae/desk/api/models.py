"""Calls counted by the minute, answers kept for repeats, webhook endpoints and what was sent to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mapae.desk.fields import SealedText

__all__ = ["CallCount", "Delivery", "Endpoint", "KeptAnswer"]


class CallCount(models.Model):
    """How often somebody called in a minute, for all processes together. who: `token:12`, or `ip:` and a digest;
    minute: since 1970."""

    who = models.CharField(max_length=40)
    minute = models.PositiveBigIntegerField()
    n = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["who", "minute"], name="one_count_a_minute")]
        indexes: ClassVar = [models.Index(fields=["minute"], name="callcount_minute")]


class KeptAnswer(models.Model):
    """The answer to a write, written in the write's own transaction. digest: SHA-256 of method, address and body;
    body: sealed, since it may hold a secret that is shown once."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = SealedText(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_a_key")]
        indexes: ClassVar = [models.Index(fields=["at"], name="keptanswer_at")]


class Endpoint(models.Model):
    """An address of a person's own system that is told of events. events: names of mapae.desk.api.telling, none: all.
    ended_at: removed by the person, or the address said 410 (gone)."""

    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="endpoints")
    url = models.CharField(max_length=300)
    about = models.CharField(max_length=120, blank=True)
    events = models.JSONField(default=list)
    secret = SealedText()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner"], name="endpoint_live", condition=models.Q(ended_at__isnull=True))
        ]


class Delivery(models.Model):
    """A message to an endpoint; the outbox row says what became of it."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    outbox = models.OneToOneField("documents.Outbox", on_delete=models.PROTECT, related_name="delivery")
    event = models.CharField(max_length=60)
    made_at = models.DateTimeField()
