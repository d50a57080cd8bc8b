"""The file of goods held at customs in words: as lines, and as a document that stands alone."""

from __future__ import annotations

from html import escape

from mapae.app.law.detention import DetentionFile, DetentionStep

__all__ = ["WORDS", "detention_lines", "detention_page", "step_said"]

WORDS: dict[str, dict[str, str]] = {
    "title": {"ko": "지식재산권 침해 의심 물품 통관보류 기록", "en": "Goods held for a right: the file"},
    "as_of": {"ko": "{day} 기준", "en": "as of {day}"},
    "value": {"ko": "과세가격 {amount}원", "en": "customs value {amount} won"},
    "consignment_id": {"ko": "신고번호", "en": "Declaration"},
    "brand": {"ko": "상표", "en": "Mark"},
    "right_holder": {"ko": "권리자", "en": "Right holder"},
    "declarant": {"ko": "수출입신고를 한 자 또는 화주", "en": "Declarant or owner of the goods"},
    "goods": {"ko": "품명", "en": "Goods"},
    "quantity": {"ko": "수량", "en": "Quantity"},
    "origin": {"ko": "원산지", "en": "Origin"},
    "holder_told": {
        "ko": "신고된 권리의 권리자에게 수입 사실 통보",
        "en": "The holder of the recorded right is told of the goods",
    },
    "holder_security": {
        "ko": "권리자의 통관보류 요청과 담보",
        "en": "The holder asks for the hold, with security",
    },
    "hold": {"ko": "통관보류와 그 통보", "en": "Clearance is held, and both sides are told"},
    "proof": {
        "ko": "제소 또는 무역위원회 조사신청 사실의 입증 기한",
        "en": "Proof of a suit or of a complaint to the Trade Commission",
    },
    "release_security": {"ko": "통관 요청과 담보", "en": "Release is asked for, with security"},
    "release_decision": {"ko": "통관 허용 여부 결정 기한", "en": "Decision on release"},
    "release_refused": {
        "ko": "위조하거나 유사한 상표를 붙인 물품은 담보를 제공해도 통관을 허용하지 않음",
        "en": "Goods with a forged or similar mark are not released against security",
    },
    "done": {"ko": "완료", "en": "done"},
    "due": {"ko": "진행 중", "en": "running"},
    "over": {"ko": "기한 지남", "en": "over"},
    "open": {"ko": "아직 없음", "en": "not yet"},
    "none": {"ko": "해당 없음", "en": "does not arise"},
    "until": {"ko": "{day}까지", "en": "until {day}"},
    "on": {"ko": "{day}", "en": "on {day}"},
    "amount": {"ko": "담보 {amount}원", "en": "security {amount} won"},
    "working": {"ko": "계산 과정", "en": "working"},
    "now": {"ko": "현재", "en": "Now"},
    "not_held": {"ko": "통관보류 요청 전", "en": "no hold has been asked for"},
    "hold_asked": {"ko": "통관보류 요청됨, 보류 통보 전", "en": "a hold is asked for; no notice of it yet"},
    "hold_waits": {"ko": "통관보류 중, 입증을 기다림", "en": "held; the proof is awaited"},
    "hold_continues": {"ko": "입증되어 통관보류를 계속함", "en": "proved: the hold goes on"},
    "hold_ends": {
        "ko": "기한 안에 입증되지 않아 통관보류를 계속할 수 없음",
        "en": "not proved in time: the hold cannot go on",
    },
    "held_ex_officio": {
        "ko": "침해가 명백하여 직권으로 통관보류함",
        "en": "held by customs of its own motion, since the infringement is clear",
    },
}


def _head(found: DetentionFile, said: str) -> list[str]:
    facts = found.case.facts or {}
    return [
        WORDS["as_of"][said].format(day=found.as_of),
        *(f"{WORDS[name][said]}: {text}" for name, text in facts.items()),
        WORDS["value"][said].format(amount=f"{found.case.value_krw:,}"),
        f"{WORDS['now'][said]}: {WORDS[found.outcome][said]}",
    ]


def step_said(step: DetentionStep, said: str) -> str:
    """State, day and amount of a step, in a language."""
    parts = [WORDS[step.state][said]]
    if step.day is not None:
        parts.append(WORDS["until" if step.working else "on"][said].format(day=step.day))
    if step.amount is not None:
        parts.append(WORDS["amount"][said].format(amount=f"{step.amount:,}"))
    return ", ".join(parts)


def detention_lines(found: DetentionFile, said: str) -> str:
    """The file as lines: each step with its provision, then its days."""
    lines = [WORDS["title"][said], *(f"  {line}" for line in _head(found, said)), ""]
    for step in found.steps:
        lines.append(f"{WORDS[step.key][said]} [{step.provision}]: {step_said(step, said)}")
        lines += [f"    {day.text(said)}" for day in step.working]
    return "\n".join(lines)


def detention_page(found: DetentionFile, said: str) -> str:
    """The file as an HTML document that stands alone."""
    rows = "".join(_row(step, said) for step in found.steps)
    head = "".join(f"<li>{escape(line)}</li>" for line in _head(found, said))
    title = escape(WORDS["title"][said])
    return (
        f'<!doctype html><html lang="{said}"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
        f"<main><h1>{title}</h1><ul>{head}</ul><table>{rows}</table></main></html>\n"
    )


_STYLE = (
    "body{font:16px/1.6 sans-serif;color:#1a1a1a;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td{border-top:1px solid #bbb;padding:.5rem;vertical-align:top}"
    "td:nth-child(2){white-space:nowrap}ol{margin:.3rem 0;padding-left:1.2rem;font-size:.9rem}"
)


def _row(step: DetentionStep, said: str) -> str:
    cells = (escape(WORDS[step.key][said]), step.provision, escape(step_said(step, said)) + _days(step, said))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _days(step: DetentionStep, said: str) -> str:
    if not step.working:
        return ""
    days = "".join(f"<li>{escape(day.text(said))}</li>" for day in step.working)
    return f"<details open><summary>{WORDS['working'][said]}</summary><ol>{days}</ol></details>"
