"""A table of market shares that an authority keeps: its evidence, whose it is, who added it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

__all__ = ["MarketFile"]


class MarketFile(models.Model):
    """One table, kept by the hash of its content; the same content is one file of a body. name: as it came to the body, by
    whose ending it is read (the same content may have come from somebody else by another)."""

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey("cases.Evidence", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=120)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-added_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "evidence"], name="one_market_file_of_a_body")
        ]

    def __str__(self) -> str:
        return self.title
