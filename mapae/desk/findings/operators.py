"""Which operator a record's platform belongs to, by the names under which records know it."""

from __future__ import annotations

from collections.abc import Callable

from mapae.desk.findings.models import Finding
from mapae.desk.parties.models import Operator
from mapae.text.names.aliases import name_key

__all__ = ["match_waiting", "operator_finder"]


def operator_finder() -> Callable[[str], int | None]:
    """A function from a platform's name to the row number of its operator; None where none or more than one fits."""
    by_key: dict[str, set[int]] = {}
    for operator in Operator.objects.all():
        names = (*operator.platforms, operator.name_ko, operator.name_en, operator.name_zh)
        for name in names:
            if key := name_key(str(name)):
                by_key.setdefault(key, set()).add(operator.pk)
    known: dict[str, int | None] = {}

    def find(platform: str) -> int | None:
        if platform not in known:
            fits = by_key.get(name_key(platform), set()) if platform else set()
            known[platform] = next(iter(fits)) if len(fits) == 1 else None
        return known[platform]

    return find


def match_waiting() -> int:
    """Give findings without operator the one that their platform's name now fits; how many were matched."""
    find = operator_finder()
    waiting = Finding.objects.filter(operator__isnull=True).exclude(platform="")
    matched = 0
    for platform in waiting.order_by().values_list("platform", flat=True).distinct():
        if operator := find(platform):
            matched += waiting.filter(platform=platform).update(operator_id=operator)
    return matched
