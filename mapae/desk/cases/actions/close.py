"""Close the case with an outcome; what was found lawful is settled and not raised again on the same evidence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case
from mapae.desk.findings.models import Finding

__all__ = ["OUTCOMES", "close"]

OUTCOMES = {
    "removed": {"ko": "삭제 확인", "en": "Removed", "zh": "已删除"},
    "complied": {"ko": "이행 확인", "en": "Complied", "zh": "已履行"},
    "lawful": {"ko": "적법", "en": "Lawful", "zh": "合法"},
    "no_ground": {"ko": "근거 부족", "en": "No sufficient ground", "zh": "依据不足"},
    "transferred": {"ko": "다른 기관에서 처리", "en": "Handled by another body", "zh": "由其他机关处理"},
    "published": {"ko": "공표 후 종결", "en": "Closed after publication", "zh": "公布后结案"},
}
_UNDECIDED = ("contested", "restoring", "time_asked")


@action("close")
def close(user: User, case: Case, *, outcome: str, text: str = "") -> None:
    """End the case. Refused while an item is contested or being restored, or when nothing was removed that is said to be."""
    if outcome not in OUTCOMES:
        raise Refused(_("Choose an outcome."), where=case.number)
    if case.items.filter(state__in=_UNDECIDED).exists():
        raise Refused(_("An item is still contested or being restored."), where=case.number)
    takedown = case.items.exclude(state="")
    if outcome == "removed":
        up = takedown.exclude(state__in=("removed", "withdrawn", "restored")).exists()
        if up or not takedown.filter(state="removed").exists():
            raise Refused(_("Not every item was seen to be removed."), where=case.number)
    if outcome == "published" and not case.events.filter(kind="published").exists():
        raise Refused(_("Nothing was published in this case."), where=case.number)
    if outcome == "lawful":
        keys = list(case.findings.values_list("evidence_key", flat=True))
        Finding.objects.filter(evidence_key__in=keys).update(state="settled")
    case.outcome, case.closed_at = outcome, clock.now()
    case.save(update_fields=["outcome", "closed_at"])
    log(case, "closed", user, outcome=outcome, text=text.strip()[:1000])
