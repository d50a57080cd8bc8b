"""Refer the consumer to another body: name it, and say why it is the one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.bodies.models import Body
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint
from mapae.desk.law import book
from mapae.workflow.complaints import referral_for

__all__ = ["reason_for", "refer"]


@act("refer")
def refer(complaint: Complaint, actor: Any, *, body: Body | None, text: str = "") -> None:
    """body: which; text: why, in the officer's words; without any, the pack's reason for this body is given."""
    if body is None:
        raise Refused(_("Choose a body."))
    told = text.strip() or reason_for(complaint, body.key)
    if not told:
        raise Refused(_("Say why that body deals with it."), where=body.key)
    complaint.body = body
    complaint.save(update_fields=["body"])
    say(complaint, "referred", actor, told, body=body.key)


def reason_for(complaint: Complaint, body: str) -> str:
    """The pack's reason in the consumer's language; empty where the pack names another body or none."""
    found = referral_for(complaint.responsible, complaint.category, book())
    language = complaint.language[:2]
    return (found.why.get(language) or found.why["ko"]) if found and found.body == body else ""
