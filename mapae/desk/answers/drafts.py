"""Drafts of answers, which everybody of the firm writes, and their submission, which only the agent does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.answer import Answer
from mapae.desk.answers.models import DraftAnswer
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.models import Case
from mapae.desk.scope import items_for

__all__ = ["VERBS_OF", "drafts_for", "save_drafts", "submit", "submit_drafts"]

VERBS_OF = {"removed": "record_answer", "contest": "contest", "time": "ask_time"}


def drafts_for(user: User, case: Case) -> QuerySet[DraftAnswer]:
    """The firm's drafts on items of the case that the person may see."""
    found = DraftAnswer.objects.filter(firm_id=user.firm_id, item__case=case)
    return (
        found.filter(item__in=items_for(user).values("pk")).select_related("item", "by").order_by("item_id")
    )


def save_drafts(user: User, case: Case, answers: Iterable[Answer]) -> int:
    """Keep the answers as drafts, each in place of an earlier one; how many. Refused for items that are not asked about."""
    if user.role not in ("agent", "headquarters") or user.firm is None:
        raise Refused(_("This is not for your role."), where=case.number, mend="")
    mine, count = set(items_for(user).filter(case=case).values_list("pk", flat=True)), 0
    with transaction.atomic():
        for answer in answers:
            if answer.item.pk not in mine:
                raise Refused(_("You are not asked about this item."), where=answer.item.subject_id, mend="")
            made, _new = DraftAnswer.objects.update_or_create(
                item=answer.item,
                firm=user.firm,
                defaults={
                    "by": user, "at": clock.now(), "kind": answer.kind, "text": answer.text,
                    "removed_at": answer.removed_at, "ground": answer.ground, "until": answer.until,
                },
            )  # fmt: skip
            made.attach(answer.files)
            count += 1
    return count


def submit(user: User, case: Case, answers: Iterable[Answer]) -> int:
    """Submit answers of any kind through their verbs, all or none; how many."""
    by_kind: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_kind[answer.kind].append(answer)
    with transaction.atomic():
        for kind, some in by_kind.items():
            if kind not in VERBS_OF:
                raise Refused(_("Choose how you answer."), where=case.number, mend="")
            run(VERBS_OF[kind], user, case, answers=some)
    return sum(map(len, by_kind.values()))


def submit_drafts(user: User, case: Case) -> int:
    """Submit all drafts of the case; how many."""
    drafts = [as_answer(draft) for draft in drafts_for(user, case)]
    if not drafts:
        raise Refused(_("There is nothing to submit."), where=case.number, mend="")
    return submit(user, case, drafts)


def as_answer(draft: DraftAnswer) -> Answer:
    """The draft as an answer."""
    return Answer(
        draft.item,
        draft.kind,
        draft.removed_at,
        draft.ground,
        draft.text,
        draft.until,
        tuple(draft.attached),
    )
