"""The words in which `mapae law` answers, in Korean and English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from mapae.app.law import Change, Checked, Duty, Shown
from mapae.law.calendar import Deadline
from mapae.model.law import Dated
from mapae.pack.problem import report

__all__ = ["change_lines", "check_lines", "deadline_lines", "duty_lines", "show_lines"]

WORDS: dict[str, dict[str, str]] = {
    "holds": {"ko": "{day} 현재: {value}", "en": "on {day}: {value}"},
    "nothing": {"ko": "{day} 현재 시행 중인 내용이 없습니다.", "en": "nothing is in force on {day}"},
    "history": {"ko": "연혁", "en": "history"},
    "related": {"ko": "관련", "en": "see also"},
    "open": {"ko": "계속", "en": "open"},
    "in_force": {"ko": "시행", "en": "in force"},
    "promulgated_not_in_force": {"ko": "공포, 시행 전", "en": "promulgated, not in force"},
    "draft": {"ko": "입법예고안", "en": "draft"},
    "bill": {"ko": "의안", "en": "bill"},
    "checked": {"ko": "확인일", "en": "checked on"},
    "compiled": {
        "ko": "법령팩 {pack}: 조문 {provisions}개, 수치 {parameters}개, 기간 {periods}개",
        "en": "pack {pack}: {provisions} provisions, {parameters} parameters, {periods} periods",
    },
    "clean": {"ko": "오류 없음", "en": "no fault"},
    "ends": {"ko": "{start}부터 {length} → {end}까지", "en": "{length} from {start} → until {end}"},
    "rule": {"ko": "근거", "en": "counted by"},
    "duty": {
        "ko": "국내대리인 지정 의무 ({day} 기준)",
        "en": "duty to appoint a domestic agent, as of {day}",
    },
    "required": {"ko": "의무 있음", "en": "required"},
    "not_required": {"ko": "의무 없음", "en": "not required"},
    "unknown": {"ko": "알 수 없음", "en": "unknown"},
    "yes": {"ko": "충족", "en": "yes"},
    "no": {"ko": "미충족", "en": "no"},
    "not_given": {"ko": "사실 없음", "en": "not given"},
    "company": {
        "ko": "국내 법인이 있으므로 대리인은 {name}이어야 합니다.",
        "en": "the operator has a Korean company: the agent must be {name}",
    },
    "impact": {"ko": "초안이 시행된다면 ({day} 기준)", "en": "if the draft were law, as of {day}"},
    "none": {"ko": "달라지는 의무가 없습니다.", "en": "no duty changes"},
    "of": {"ko": "사업자 {n}곳 중 {changed}곳이 달라집니다.", "en": "{changed} of {n} operators change"},
}


def _say(word: str, language: str, **parts: Any) -> str:
    return WORDS[word][language].format(**parts)


def show_lines(shown: Shown, day: date, language: str) -> str:
    """Key, title, what holds, history (newest last, the holding one marked), keys near it."""
    lines = [f"{shown.key}  {shown.title.get(language, '')}".rstrip()]
    unit = f" {shown.unit}" if shown.unit and shown.unit not in ("bool", "list", "map", "text") else ""
    if shown.holding is None:
        lines.append(_say("nothing", language, day=day))
    else:
        lines.append(_say("holds", language, day=day, value=f"{_shown(shown.holding.value)}{unit}"))
    lines.append(f"{_say('history', language)}:")
    for dated in shown.history:
        mark = "*" if dated is shown.holding else " "
        until = dated.valid_to or _say("open", language)
        status = _say(_status(dated, day), language)
        lines.append(f"{mark} {dated.valid_from} – {until} [{status}] {_shown(dated.value)}{unit}")
        lines.append(f"    {dated.reference} ({_say('checked', language)} {dated.checked_on})")
    if shown.related:
        lines.append(f"{_say('related', language)}: {', '.join(shown.related)}")
    return "\n".join(lines)


def _status(dated: Dated, day: date) -> str:
    """What was promulgated is in force once its first day is reached."""
    reached = dated.status == "promulgated_not_in_force" and dated.valid_from <= day
    return "in_force" if reached else dated.status


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


def check_lines(found: Checked, pack: str, language: str) -> str:
    """What was compiled, then every fault as a compiler tells it."""
    head = _say(
        "compiled",
        language,
        pack=pack,
        provisions=found.provisions,
        parameters=found.parameters,
        periods=found.periods,
    )
    return f"{head}\n{report(found.problems)}" if found.problems else f"{head}; {_say('clean', language)}"


def deadline_lines(found: Deadline[Any], start: str, length: str, language: str) -> str:
    """The end, the rule, and the working, one day a line."""
    end = found.end.isoformat(timespec="minutes") if hasattr(found.end, "hour") else found.end.isoformat()
    head = _say("ends", language, start=start, length=length, end=end)
    return f"{head}\n{_say('rule', language)}: {found.rule}\n{found.text(language)}"


def duty_lines(found: Sequence[Duty], day: date, language: str) -> str:
    """Operator by operator: each law's answer and its limbs."""
    lines, operator = [_say("duty", language, day=day)], None
    for duty in found:
        if duty.operator != operator:
            operator = duty.operator
            lines.append(operator)
        lines.append(f"  {duty.article}: {_say(duty.answer, language)}")
        for limb in duty.limbs:
            value = _say("not_given", language) if limb.value is None else _shown(limb.value)
            against = "" if limb.threshold is None else f" / {_shown(limb.threshold)}"
            lines.append(f"    {_say(limb.met, language):<8} {limb.fact}: {value}{against}")
        lines += [f"    · {reason}" for reason in duty.reasons]
        if duty.company:
            lines.append(f"    → {_say('company', language, name=duty.company)}")
    return "\n".join(lines)


def change_lines(found: Sequence[Change], day: date, language: str) -> str:
    """The duties that change, and how many operators that is."""
    changed = [item for item in found if item.changed]
    lines = [_say("impact", language, day=day)]
    lines += [
        f"  {item.operator}  {item.regime}: {_say(item.before, language)} → {_say(item.after, language)}"
        for item in changed
    ]
    if not changed:
        lines.append(_say("none", language))
    operators = {item.operator for item in found}
    lines.append(_say("of", language, n=len(operators), changed=len({item.operator for item in changed})))
    return "\n".join(lines)
