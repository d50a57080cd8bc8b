"""The words in which `mapae law` answers, in Korean and English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from mapae.app.law import LIMBS, Change, Checked, Duty, Shown, parse_length
from mapae.law import LawBook
from mapae.law.calendar import Deadline
from mapae.law.words import in_words
from mapae.model.law import Dated, Parameter
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
    "true": {"ko": "예", "en": "yes"},
    "false": {"ko": "아니요", "en": "no"},
    "korean_address": {"ko": "국내 주소 또는 영업소", "en": "address or office in Korea"},
    "data_demand": {"ko": "자료 제출 요구를 받음", "en": "data were demanded"},
    "pipc_resolution": {"ko": "위원회의 심의·의결", "en": "resolution of the commission"},
    "h": {"ko": "{n}시간", "en": "{n} hours"},
    "d": {"ko": "{n}일", "en": "{n} days"},
    "bd": {"ko": "{n}영업일", "en": "{n} business days"},
    "w": {"ko": "{n}주", "en": "{n} weeks"},
    "m": {"ko": "{n}개월", "en": "{n} months"},
    "y": {"ko": "{n}년", "en": "{n} years"},
    "impact": {"ko": "초안이 시행된다면 ({day} 기준)", "en": "if the draft were law, as of {day}"},
    "none": {"ko": "달라지는 의무가 없습니다.", "en": "no duty changes"},
    "of": {"ko": "사업자 {n}곳 중 {changed}곳이 달라집니다.", "en": "{changed} of {n} operators change"},
}


def _say(word: str, language: str, **parts: Any) -> str:
    return WORDS[word][language].format(**parts)


def show_lines(book: LawBook, shown: Shown, day: date, language: str) -> str:
    """Key, title, what holds, history (newest last, the holding one marked), keys near it."""
    lines = [f"{shown.key}  {shown.title.get(language, '')}".rstrip()]
    if shown.holding is None:
        lines.append(_say("nothing", language, day=day))
    else:
        lines.append(_say("holds", language, day=day, value=_content(book, shown, shown.holding, language)))
    lines.append(f"{_say('history', language)}:")
    for dated in shown.history:
        mark = "*" if dated is shown.holding else " "
        until = dated.valid_to or _say("open", language)
        status = _say(_status(dated, day), language)
        lines.append(
            f"{mark} {dated.valid_from} – {until} [{status}] {_content(book, shown, dated, language)}"
        )
        lines.append(f"    {dated.reference} ({_say('checked', language)} {dated.checked_on})")
    if shown.related:
        lines.append(f"{_say('related', language)}: {', '.join(shown.related)}")
    return "\n".join(lines)


def _content(book: LawBook, shown: Shown, dated: Dated, language: str) -> str:
    """The article's summary, or the quantity with its unit."""
    found = book.find(shown.key)
    if isinstance(found, Parameter):
        return in_words(book.pack, found, dated.value, language)
    return str(dated.value[language])


def _status(dated: Dated, day: date) -> str:
    """What was promulgated is in force once its first day is reached."""
    reached = dated.status == "promulgated_not_in_force" and dated.valid_from <= day
    return "in_force" if reached else dated.status


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
    measured = parse_length(length)
    said = _say(measured.unit, language, n=measured.number)
    said = said.removesuffix("s") if measured.number == 1 else said
    head = _say("ends", language, start=start, length=said, end=end)
    return f"{head}\n{_say('rule', language)}: {found.rule}\n{found.text(language)}"


def duty_lines(book: LawBook, found: Sequence[Duty], day: date, language: str) -> str:
    """Operator by operator: each law's answer and its limbs."""
    lines, operator = [_say("duty", language, day=day)], None
    for duty in found:
        if duty.operator != operator:
            operator = duty.operator
            lines.append(operator)
        title = book.find(duty.article).title.get(language, "")
        lines.append(f"  {duty.article} {title}: {_say(duty.answer, language)}")
        for limb in duty.limbs:
            value = _say("not_given", language) if limb.value is None else _plain(limb.value, language)
            against = "" if limb.threshold is None else f" / {_plain(limb.threshold, language)}"
            name = _fact(book, duty.regime, limb.fact, language)
            lines.append(f"    {_say(limb.met, language):<8} {name}: {value}{against}")
        lines += [f"    · {_reason(book, reason, day, language)}" for reason in duty.reasons]
        if duty.company:
            lines.append(f"    → {_say('company', language, name=duty.company)}")
    return "\n".join(lines)


def _plain(value: Any, language: str) -> str:
    if isinstance(value, bool):
        return _say("true" if value else "false", language)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _fact(book: LawBook, regime: str, fact: str, language: str) -> str:
    """The fact's key behind its name: of its threshold, or of the table above."""
    key = next((key for names, key in LIMBS[regime] if key and fact in names), None)
    if key is not None:
        return f"{book.find(key).title[language]} ({fact})"
    return f"{_say(fact, language)} ({fact})" if fact in WORDS else fact


def _reason(book: LawBook, reason: str, day: date, language: str) -> str:
    """`key = value (article; reference)` with the quantity's title and value in words."""
    key, equals, rest = reason.partition(" = ")
    if not equals or key not in book.pack.parameters:
        return reason
    found, dated = book.pack.parameters[key], book.parameter(key, day, draft=True)
    if dated is None or not rest.startswith(str(dated.value)):
        return reason
    said = in_words(book.pack, found, dated.value, language)
    return f"{found.title[language]}: {said}{rest.removeprefix(str(dated.value))}"


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
