"""Domestic beside overseas at the desk: groups of operators, precision of each check by group, outcomes as published."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count

from mapae.app.parity import GROUPS, Groups, Share, apart
from mapae.desk.findings.models import Decision
from mapae.desk.parties.models import Operator
from mapae.desk.verification.figures import current, definitions
from mapae.text.names.aliases import name_key

__all__ = ["desk_groups", "desk_parity"]


def desk_groups() -> Groups:
    """Which platform is of which group, by the operators the desk knows."""
    found: dict[str, str] = {}
    for operator in Operator.objects.all():
        names = (operator.key, operator.name_ko, operator.name_en, operator.name_zh, *operator.platforms)
        group = "overseas" if operator.overseas else "domestic"
        found.update(dict.fromkeys(filter(None, (name_key(str(name)) for name in names)), group))
    return Groups(found)


def desk_parity() -> dict[str, Any]:
    """`precision`: of each check the share of decisions that held, by group (decisions taken in bulk prove nothing, a
    duplicate says nothing); `outcomes`: the public figures of both groups."""
    return {"precision": _precision(), "outcomes": _outcomes()}


def _precision() -> list[dict[str, Any]]:
    standing = Decision.objects.filter(
        undone_at__isnull=True,
        bulk=False,
        verdict__in=("accepted", "rejected"),
        finding__operator__isnull=False,
    )
    rows = (
        standing.exclude(reason="duplicate")
        .order_by()
        .values_list("finding__measure", "finding__check_key", "finding__operator__overseas", "verdict")
        .annotate(n=Count("id"))
    )
    held: dict[tuple[str, str, str], int] = defaultdict(int)
    decided: dict[tuple[str, str, str], int] = defaultdict(int)
    for measure, check, overseas, verdict, n in rows:
        key = measure, check, "overseas" if overseas else "domestic"
        decided[key] += n
        held[key] += n if verdict == "accepted" else 0
    found = []
    for measure, check in sorted({key[:2] for key in decided}):
        sides = {
            group: Share(held[measure, check, group], decided[measure, check, group]).plain()
            for group in GROUPS
        }
        found.append({"measure": measure, "check": check, **sides, "apart": apart(*sides.values())})
    return found


def _outcomes() -> list[dict[str, Any]]:
    rows = {(row["figure"], row["side"]): row for row in current().rows if not row["operator"]}
    return [
        {
            "figure": each["key"],
            "kind": each["kind"],
            "title": each["title"],
            **{group: _side(rows.get((each["key"], group))) for group in GROUPS},
        }
        for each in definitions()
    ]


def _side(row: dict[str, Any] | None) -> dict[str, Any] | None:
    return {key: row[key] for key in ("k", "n", "value")} if row else None
