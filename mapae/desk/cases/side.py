"""Tables beside the cases that can be made anew at any time: due dates, what search reads; and links to calendars."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

__all__ = ["CalendarLink", "Counted", "Due", "SearchRow"]


class Counted(models.Model):
    """By what a case's due dates were counted (mapae.desk.cases.due.stamp); empty after an event, until counted anew."""

    case = models.OneToOneField(
        "cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="counted"
    )
    stamp = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["stamp"], name="counted_stamp")]


class Due(models.Model):
    """A clock that runs: its last day in time, for lists. paused: it stands still, so its last day moves on by itself."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="dues")
    key = models.CharField(max_length=40)
    ref = models.CharField(max_length=40)
    statutory = models.BooleanField()
    whose = models.CharField(max_length=16)
    started_on = models.DateField()
    due = models.DateField()
    paused = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "key", "ref"], name="one_due_a_clock")
        ]
        indexes: ClassVar = [models.Index(fields=["due", "id"], name="due_first")]


class SearchRow(models.Model):
    """Something search finds: kind case, item, note, document, operator or seller; text as shown, folded as compared,
    grams as indexed (mapae.desk.cases.grams)."""

    kind = models.CharField(max_length=12)
    object_id = models.PositiveBigIntegerField()
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    folded = models.TextField()
    grams = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="one_search_row_a_thing")
        ]


class CalendarLink(models.Model):
    """A person's calendar address: the number in it; a new number makes older addresses void."""

    user = models.OneToOneField(
        "accounts.User", on_delete=models.CASCADE, primary_key=True, related_name="calendar_link"
    )
    number = models.PositiveIntegerField(default=1)
