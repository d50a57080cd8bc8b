"""Jiwoo's phone: her complaint goes through the helpline's own pages, by hand or done for the visitor by the same actions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from mapae.desk.cases.models import Case
from mapae.desk.documents.outbox import run_outbox
from mapae.desk.documents.worker import transports
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.consumer import drafts, withdraw
from mapae.desk.helpline.consumer.withdraw_days import GROUNDS
from mapae.desk.helpline.intake import receive
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.share import DEFAULT, decide
from mapae.desk.training.reading import story
from mapae.desk.training.world import person

__all__ = ["attach", "form", "joined", "tell", "told"]


def told() -> Complaint | None:
    """Her complaint, once it was sent: the first that came over the web about the tour's shop."""
    found = Complaint.objects.filter(channel="web", operator__key=story("shop")["operator"])
    return found.order_by("pk").first()


def form() -> str:
    """The secret of a form with her three answers in it."""
    rows = _rows()
    data = {
        name: rows[name] for name in ("text", "operator_told", "product", "order_number", "name", "email")
    }
    return drafts.new_draft(
        data | {"delivered_on": rows["received"].isoformat(), "remedy": "refund"}, _language()
    )


def tell(case: Case) -> None:
    """Done for her: the complaint is sent, the withdrawal leaves, and she agrees that the agent gets it."""
    made = told()
    if made is None:
        rows = _rows()
        about = {name: rows[name] for name in ("operator_told", "product", "order_number", "name", "email")}
        made = receive(
            "web", rows["text"], language=_language(), delivered_on=rows["received"], remedy="refund", **about
        )
        run("advise", None, made)
    if not made.withdrawals.exists():
        withdraw.send(made, GROUNDS[made.right])
    if made.state == "advised":
        decide(made, agrees=True, fields=DEFAULT)
        run("hand_over", "consumer", made)
    run_outbox(transports())


def attach(case: Case) -> None:
    """Dojin, who works at the helpline, joins it to the case that his body works on too."""
    if (made := told()) is not None:
        run("attach", person("dojin"), made, case=case)


def joined(case: Case) -> bool:
    """Whether it belongs to the case."""
    found = told()
    return found is not None and found.case_id == case.pk


def _rows() -> dict[str, Any]:
    rows = story("shop")["jiwoo"]
    return {**rows, "text": rows["text"][_language()], "product": rows["product"][_language()]}


def _language() -> str:
    found = get_language() or "ko"
    return found if found in ("ko", "en", "zh-hans") else "en"
