"""The consumer accepts the agent's answer."""

from __future__ import annotations

from typing import Any

from mapae.desk import clock
from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint

__all__ = ["accept", "judge"]


@act("accept")
def accept(complaint: Complaint, actor: Any) -> None:
    """What the operator offered is now to be performed."""
    judge(complaint, "accepted")
    say(complaint, "consumer_chose", actor, choice="accepted")


def judge(complaint: Complaint, verdict: str) -> None:
    """Write the consumer's word on the newest result."""
    result = complaint.answers.filter(kind="result").last()
    if result is not None:
        result.verdict, result.verdict_at = verdict, clock.now()
        result.save(update_fields=["verdict", "verdict_at"])
