"""Scores as pages show them: value and interval as words and a bar, what it is read against, months, units not kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mapae.desk.cases.models import CaseItem
from mapae.desk.law import book, said
from mapae.measures.agreements.score import STATUSES, Breach, Score, finite

__all__ = ["KINDS", "event_titles", "interval_bar", "named", "shown", "tally"]

KINDS = {
    "agreement": {"ko": "협약", "en": "Agreement", "zh": "协议"},
    "law": {"ko": "법정 의무", "en": "Duty of law", "zh": "法定义务"},
    "reference": {"ko": "비교 지표", "en": "For comparison", "zh": "参考指标"},
}
_BASIS = {
    "agreement": {"ko": "협약의 기준", "en": "the agreement's own threshold", "zh": "协议自身的标准"},
    "law": {"ko": "법령", "en": "the law", "zh": "法律"},
    "reference": {"ko": "공표된 비교 수치", "en": "a published figure", "zh": "已公布的参考数值"},
    "target": {"ko": "자체 목표", "en": "our own target", "zh": "自定目标"},
}
_LOOK = {"met": "good", "not_met": "bad", "cannot_tell": "warn"}
_NAMED = 10


@cache
def event_titles() -> Mapping[str, Mapping[str, str]]:
    """Event → titles by language."""
    return {row["key"]: row["title"] for row in book().pack.data("agreements/events.yaml")["events"]}


def shown(score: Score) -> dict[str, Any]:
    """One score for a template."""
    item = score.commitment
    return {
        "score": score,
        "title": said(item.title),
        "says": said(item.says),
        "status": "" if score.agreement.kind == "reference" else said(STATUSES[score.status]),
        "look": _LOOK[score.status],
        "value": _value(score),
        "range": _range(score),
        "bar": interval_bar(score),
        "against": _against(score),
        "broken": score.status == "not_met" and score.agreement.kind != "reference",
        "declared": [
            {"value": _number(score, one.value), "on": one.on, "inside": one.inside, "source": one.source}
            for one in score.declared
        ],
        "breaches": _breaches(score),
        "more": max(0, score.n - score.kept - _NAMED),
    }


def named(score: Score) -> Score:
    """The same with broken units called by what an officer knows of them: the case and the platform's own number."""
    items = _items(score.breaches)
    told = {f"item:{pk}": f"{item.case.number} {item.subject_id}" for pk, item in items.items()}
    return replace(
        score,
        breaches=tuple(
            replace(one, subject_id=told.get(one.subject_id, one.subject_id)) for one in score.breaches
        ),
    )


def _breaches(score: Score) -> list[dict[str, Any]]:
    rows = score.breaches[:_NAMED]
    items = _items(rows)
    return [
        {
            "one": one,
            "item": items.get(_item(one.subject_id)),
            "what": said(event_titles()[one.what]) if one.what in event_titles() else "",
        }
        for one in rows
    ]


def _items(breaches: Sequence[Breach]) -> dict[int, CaseItem]:
    keys = [pk for one in breaches if (pk := _item(one.subject_id))]
    return CaseItem.objects.select_related("case").in_bulk(keys) if keys else {}


def _item(subject: str) -> int:
    """The row number of the item that a unit is about; 0 where it is about none."""
    number = subject.removeprefix("item:")
    return int(number) if subject.startswith("item:") and number.isdigit() else 0


def tally(scores: list[Score]) -> list[tuple[str, str, int]]:
    """(verdict in words, look, how many) of these scores, those of comparison left out."""
    own = [score.status for score in scores if score.agreement.kind != "reference"]
    return [(said(STATUSES[key]), _LOOK[key], own.count(key)) for key in STATUSES if own.count(key)]


def interval_bar(score: Score) -> SafeString:
    """The share as a bar with its interval as a line and what it is read against as a mark; empty for days or nothing."""
    if score.value is None or score.commitment.metric == "time":
        return SafeString("")
    against = 1.0 if score.commitment.against.get("each") else score.commitment.against.get("share")
    mark = (
        format_html(
            '<line x1="{0}" y1="1" x2="{0}" y2="23" stroke="currentColor" stroke-width="2"/>', _at(against)
        )
        if against is not None
        else SafeString("")
    )
    return format_html(
        '<svg class="bar" viewBox="0 0 206 24" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">'
        '<rect x="3" y="6" width="200" height="12" fill="none" stroke="currentColor" stroke-opacity=".45"/>'
        '<rect x="3" y="6" width="{}" height="12" fill="currentColor" fill-opacity=".45"/>'
        '<line x1="{}" y1="12" x2="{}" y2="12" stroke="currentColor" stroke-width="3"/>{}</svg>',
        f"{_value(score)}; {_range(score)}; {_against(score)}",
        round(200 * score.value, 1),
        _at(score.low),
        _at(score.high),
        mark,
    )


def _at(share: float) -> float:
    return round(3 + 200 * share, 1)


def _value(score: Score) -> str:
    if score.value is None:
        return _("Nothing to count yet.")
    if score.commitment.metric == "time":
        return _number(score, score.value)
    return _("%(kept)s of %(n)s (%(share)s)") % {
        "kept": score.kept, "n": score.n, "share": _number(score, score.value),
    }  # fmt: skip


def _range(score: Score) -> str:
    if score.value is None:
        return ""
    return f"{_number(score, score.low)} – {_number(score, score.high)}"


def _number(score: Score, value: float | None) -> str:
    if finite(value) is None:
        return "∞"
    if score.commitment.metric != "time":
        return f"{100 * (value or 0):.1f} %"
    days = f"{value:g}"
    if score.commitment.within.business:
        return _("%(days)s business days") % {"days": days}
    return _("%(days)s days") % {"days": days}


def _against(score: Score) -> str:
    against, basis = score.commitment.against, said(_BASIS.get(score.commitment.basis, {"en": ""}))
    if against.get("each"):
        return _("Every single one (%(basis)s)") % {"basis": basis}
    if "most" in against:
        return _("At most %(value)s (%(basis)s)") % {"value": _number(score, against["most"]), "basis": basis}
    if "share" in against:
        share = f"{100 * against['share']:.2f}".rstrip("0").rstrip(".")
        return _("At least %(value)s (%(basis)s)") % {"value": f"{share} %", "basis": basis}
    return _("No threshold")
