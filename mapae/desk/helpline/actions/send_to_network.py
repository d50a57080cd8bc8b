"""Ask a social network to pass a redress application on to the mediation body the consumer chose (ECA 9-2, ECD 11-3)."""

from __future__ import annotations

from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.actions.hand_over import consented
from mapae.desk.helpline.models import Complaint

__all__ = ["send_to_network"]


@act("send_to_network")
def send_to_network(complaint: Complaint, actor: Any, *, body: str = "kca") -> None:
    """body: which mediation body the consumer chose. From now the network has three business days."""
    share = consented(complaint)
    say(complaint, "sent_to_network", actor, body=body, mandate=share.mandate_id or 0)
