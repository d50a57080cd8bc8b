"""Opens a case on a promise or duty that is not met, with the score and its units as evidence; or joins the one there is."""

from __future__ import annotations

import orjson
from django.db import transaction
from django.utils.translation import gettext as _

from mapae.app.agreements import score_json
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.evidence import keep
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.law import said
from mapae.desk.parties.models import Operator
from mapae.desk.scope import cases_for
from mapae.measures.agreements.score import Score
from mapae.model.finding import SEVERITIES

__all__ = ["matter_of", "open_breach", "open_case_of"]

_KIND = "commitment"
_MEDIUM, _HIGH = SEVERITIES.index("medium"), SEVERITIES.index("high")


def matter_of(score: Score) -> str:
    """The matter a breach belongs to: duties of networks, else agreements."""
    return "social_commerce" if score.agreement.key == "eca_board_provider" else "agreements"


def open_case_of(user: User, operator: Operator, score: Score) -> Case | None:
    """The open case in the person's hands that is about this commitment already, or None."""
    cases = cases_for(user).filter(operator=operator, matter=matter_of(score)).exclude(state="closed")
    return cases.filter(items__kind=_KIND, items__subject_id=_subject(score)).order_by("-id").first()


def open_breach(user: User, operator: Operator, score: Score) -> Case:
    """The case on this breach. Refused where the commitment is not broken, or the person is no officer."""
    if score.status != "not_met" or score.agreement.kind == "reference":
        raise Refused(_("This is not broken, so there is nothing to open a case on."), where=str(operator))
    with transaction.atomic():
        case = open_case_of(user, operator, score)
        title = f"{said(score.agreement.title)}: {said(score.commitment.title)}"
        if case is None:
            graver = _HIGH if score.agreement.kind == "law" else _MEDIUM
            case = run("open", user, operator=operator, matter=matter_of(score), title=title, severity=graver)
        content = orjson.dumps(score_json(score), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
        kept = keep(content, "application/json", by=user, name=f"{_subject(score)}.json", rung="seen")
        item: CaseItem = run(
            "join", user, case, kind=_KIND, subject_id=_subject(score), title=title, rung="seen", snapshot=score_json(score)
        )  # fmt: skip
        item.evidence.add(kept)
    return case


def _subject(score: Score) -> str:
    return f"{score.agreement.key}.{score.commitment.key}"
