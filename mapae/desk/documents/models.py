"""Documents, their service, and the outbox."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

__all__ = ["DOCUMENT_STATES", "OUTBOX_STATES", "Approval", "Document", "LetterCount", "Outbox", "Service"]

DOCUMENT_STATES = {
    "draft": {"ko": "기안", "en": "Draft", "zh": "草稿"},
    "returned": {"ko": "반려", "en": "Sent back", "zh": "退回"},
    "approved": {"ko": "결재 완료", "en": "Approved", "zh": "已批准"},
    "sent": {"ko": "발송", "en": "Sent", "zh": "已发出"},
    "served": {"ko": "송달 완료", "en": "Served", "zh": "已送达"},
    "withdrawn": {"ko": "철회", "en": "Withdrawn", "zh": "已撤回"},
}
# sending: the message is being given away; in_doubt: the desk ended while it was, so a person says whether it arrived
OUTBOX_STATES = {
    "waiting": {"ko": "대기", "en": "Waiting", "zh": "等待中"},
    "taken": {"ko": "처리 중", "en": "Being handed over", "zh": "处理中"},
    "sending": {"ko": "전송 중", "en": "Being sent", "zh": "发送中"},
    "handed_over": {"ko": "전달됨", "en": "Handed over", "zh": "已移交"},
    "in_doubt": {"ko": "전달 여부 확인 필요", "en": "In doubt: sent or not", "zh": "是否送出待确认"},
    "failed": {"ko": "실패", "en": "Failed", "zh": "失败"},
}


class Document(models.Model):
    """A document of a case. kind: of the pack's workflow.yaml; number: set on approval (공정거래위원회-123 style);
    code: what anyone verifies it by; content: letter parts by name (subject, body paragraphs, ground, items…)."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=20, unique=True)
    language = models.CharField(max_length=8, default="ko")
    addressee = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    disclosure = models.CharField(max_length=12, default="partial")  # open, partial, closed
    items = models.ManyToManyField("cases.CaseItem", blank=True, related_name="documents")
    state = models.CharField(max_length=12, default="draft")
    drafter = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="drafted")
    approvers = models.ManyToManyField("accounts.User", through="Approval", related_name="approved")
    drafted_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the letter's JSON as approved
    pdf = models.ForeignKey("cases.Evidence", null=True, on_delete=models.PROTECT, related_name="+")
    returned_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-drafted_at", "-id"]

    def __str__(self) -> str:
        return self.number or self.code


class LetterCount(models.Model):
    """How many letters a body has numbered in a year; the row is locked while the next number is given."""

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "year"], name="one_letter_count_a_year")
        ]


class Approval(models.Model):
    """One person's approval of a document."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "user"], name="one_approval_a_person")
        ]


class Service(models.Model):
    """One attempt to serve a document. channel: email, portal, post, delivery, public_notice; consent: the recorded
    consent it rests on; sent, delivered and served are three moments, and only served starts clocks."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="services")
    channel = models.CharField(max_length=16)
    address = models.CharField(max_length=300)
    consent = models.ForeignKey("parties.ServiceConsent", null=True, on_delete=models.PROTECT)
    proof = models.ForeignKey("cases.Evidence", null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]


class Outbox(models.Model):
    """What must leave the desk exactly once: written in the transaction of its cause, handed over by one worker."""

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=16)  # email, webhook, portal
    address = models.CharField(max_length=300)
    payload = models.JSONField(default=dict)
    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="waiting")  # of OUTBOX_STATES
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    taken_until = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "next_try_at"], name="outbox_next")]
