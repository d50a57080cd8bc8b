"""Releases of the monthly figures, and what operators say of theirs."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

__all__ = ["Release", "ReleaseComment"]


class Release(models.Model):
    """The figures of months up to `month` (`2026-10`), frozen. digest: SHA-256 over cells and queries (16 hex digits).

    cells: what the queries read, small counts left out. queries: as they were run. figures: what they gave.
    previewed_from: operators see theirs from that day; publish_on: everybody does. why: of a revision, in the words of the
    officer who ordered it.
    """

    month = models.CharField(max_length=7)
    revision = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=16, unique=True)
    made_at = models.DateTimeField()
    previewed_from = models.DateField()
    publish_on = models.DateField()
    why = models.CharField(max_length=300, blank=True)
    cells = models.JSONField(default=list)
    queries = models.JSONField(default=dict)
    figures = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-month", "-revision"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["month", "revision"], name="one_release_a_revision")
        ]

    def __str__(self) -> str:
        return f"{self.month} r{self.revision}"

    def is_public(self, today: date) -> bool:
        """Whether everybody sees it."""
        return self.publish_on <= today


class ReleaseComment(models.Model):
    """What an operator says of its figures, by its agent; changed until the day of publication, then it stands."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="comments")
    operator = models.ForeignKey("parties.Operator", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    language = models.CharField(max_length=8)
    text = models.TextField()

    class Meta:
        ordering: ClassVar = ["operator__key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "operator"], name="one_comment_an_operator")
        ]
