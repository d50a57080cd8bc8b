"""Tables beside the complaints that can be made anew at any time: what is due next, and what search reads."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

__all__ = ["ComplaintDue", "ComplaintWords"]


class ComplaintDue(models.Model):
    """Who has to act next on a live complaint and by when, as mapae.workflow.complaint_status says. key: the clock, empty
    for a promise or the consumer's right; stamp: by what it was counted (mapae.desk.cases.due.stamp)."""

    complaint = models.OneToOneField(
        "helpline.Complaint", on_delete=models.CASCADE, primary_key=True, related_name="next_due"
    )
    key = models.CharField(max_length=40, blank=True)
    who = models.CharField(max_length=12)
    due = models.DateField(null=True)
    statutory = models.BooleanField(default=False)
    stamp = models.CharField(max_length=16)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["who", "due"], name="complaint_due_who"),
            models.Index(fields=["due"], name="complaint_due"),
            models.Index(fields=["stamp"], name="complaint_due_stamp"),
        ]


class ComplaintWords(models.Model):
    """What search reads of a complaint, masked: folded as compared, grams as indexed (mapae.desk.cases.grams). Its number is
    the complaint's own, so that the newest are found first without sorting. order, email, phone: keyed digests by which an
    order number, e-mail address or telephone is known again without opening what is sealed."""

    complaint = models.OneToOneField(
        "helpline.Complaint", on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    folded = models.TextField()
    grams = models.TextField()
    order = models.CharField(max_length=16, blank=True)
    email = models.CharField(max_length=16, blank=True)
    phone = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=[name], name=f"complaint_same_{name}", condition=~models.Q(**{name: ""}))
            for name in ("order", "email", "phone")
        ]
