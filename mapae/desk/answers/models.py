"""Draft and submitted answers, contests, reports on measures, uploaded answer files, links that sellers are given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mapae.desk.cases.attached import WithFiles
from mapae.desk.fields import SealedText

__all__ = [
    "ANSWERS",
    "AnswerFile",
    "Contest",
    "DraftAnswer",
    "ItemAnswer",
    "ObjectionDecision",
    "Reply",
    "SellerLink",
]

ANSWERS = {
    "removed": {"ko": "삭제함", "en": "Removed", "zh": "已删除"},
    "contest": {"ko": "이의 있음", "en": "Contested", "zh": "有异议"},
    "time": {"ko": "기한 연장 신청", "en": "Time asked for", "zh": "申请延期"},
}


class Said(WithFiles):
    """An answer's words. kind: of ANSWERS; removed_at: the moment it came off (removed); ground: of the pack's
    contest_grounds (contest); text: why; until: the day asked for (time)."""

    kind = models.CharField(max_length=8)
    removed_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)
    until = models.DateField(null=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class DraftAnswer(Said):
    """An answer that is written but not submitted: seen by the firm only, and one a firm."""

    item = models.ForeignKey("cases.CaseItem", on_delete=models.CASCADE, related_name="draft_answers")
    firm = models.ForeignKey("parties.AgentFirm", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "firm"], name="one_draft_an_item_and_firm")
        ]

    @property
    def called(self) -> str:
        """Names of its files."""
        return ", ".join(each.name for each in self.attached)


class ItemAnswer(Said):
    """An answer that was submitted: never changed; a later one stands beside it. ref: code of the document answered."""

    item = models.ForeignKey("cases.CaseItem", on_delete=models.PROTECT, related_name="answers")
    firm = models.ForeignKey("parties.AgentFirm", null=True, on_delete=models.PROTECT, related_name="answers")
    ref = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]


class SellerLink(models.Model):
    """An address at which one seller sees one item and may contest; the signature in the address names this row."""

    item = models.ForeignKey("cases.CaseItem", on_delete=models.PROTECT, related_name="seller_links")
    firm = models.ForeignKey("parties.AgentFirm", null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8, default="zh-hans")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]


class Contest(WithFiles):
    """An objection to an item. source: agent, seller or officer (told to one, by letter say); before: the item's state
    until then; text, contact: sealed, since a seller may be a person. verdict: empty, accepted or rejected."""

    item = models.ForeignKey("cases.CaseItem", on_delete=models.PROTECT, related_name="contests")
    source = models.CharField(max_length=8)
    firm = models.ForeignKey("parties.AgentFirm", null=True, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(SellerLink, null=True, on_delete=models.PROTECT, related_name="contests")
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=32)
    text = SealedText()
    contact = SealedText(blank=True)
    before = models.CharField(max_length=16)
    at = models.DateTimeField()
    verdict = models.CharField(max_length=8, blank=True)
    reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["verdict", "at"], name="contest_queue")]


class Reply(WithFiles):
    """What the operator replies to a document as a whole. kind: of mapae.desk.answers.replies (report, acceptance, opinion,
    information, objection). A report (PSFD 8-5) says what was recommended, what was done, why something was not, how
    recurrence is prevented; accepts: of an acceptance; text: of the others. A later reply supplements an earlier one."""

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=12)
    firm = models.ForeignKey("parties.AgentFirm", null=True, on_delete=models.PROTECT, related_name="+")
    recommendation = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    prevention = models.TextField(blank=True)
    accepts = models.BooleanField(null=True)
    text = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]


class ObjectionDecision(models.Model):
    """What became of an objection to a letter. verdict: of mapae.workflow.objections.VERDICTS, empty while the court has it;
    court_told_at: when it was handed to the court, where the court decides; items: lifted by it; letter: tells it."""

    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=10, blank=True)
    reasons = models.TextField(blank=True)
    items = models.ManyToManyField("cases.CaseItem", blank=True, related_name="+")
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    court_told_at = models.DateTimeField(null=True)
    letter = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")


class AnswerFile(models.Model):
    """A table of answers that was sent: what was taken as drafts, and each line that was not, with why."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="answer_files")
    firm = models.ForeignKey("parties.AgentFirm", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("cases.Evidence", on_delete=models.PROTECT, related_name="+")
    taken = models.PositiveIntegerField(default=0)
    rejects = models.JSONField(default=list)  # {line, cells, why} each
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    @property
    def called(self) -> str:
        """The table's name, as the firm may read it."""
        return self.file.called(self.firm_id)
