"""States of a case and the verbs that move it: one table, read by every action, page and test."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CASE_STATES", "DESK", "ROLES", "VERBS", "WHILE_HELD", "Verb", "refused"]

# state → title
CASE_STATES: dict[str, dict[str, str]] = {
    "open": {"ko": "조사 중", "en": "Open", "zh": "调查中"},
    "asked": {"ko": "조치 요청함", "en": "Asked", "zh": "已要求"},
    "answered": {"ko": "답변 받음", "en": "Answered", "zh": "已答复"},
    "verified": {"ko": "결과 확인함", "en": "Verified", "zh": "已核实"},
    "closed": {"ko": "종결", "en": "Closed", "zh": "已结案"},
}
# role → title; a person has one role and may also approve
ROLES: dict[str, dict[str, str]] = {
    "officer": {"ko": "담당 공무원", "en": "Officer", "zh": "执法人员"},
    "auditor": {"ko": "감사", "en": "Auditor", "zh": "审计"},
    "admin": {"ko": "관리자", "en": "Administrator", "zh": "管理员"},
    "agent": {"ko": "국내대리인", "en": "Local agent", "zh": "境内代理人"},
    "headquarters": {"ko": "본사", "en": "Headquarters", "zh": "总部"},
}
DESK = "desk"  # the desk itself, where a verb follows from an event and nobody presses anything
# what still happens on a case on hold: what comes from outside, and what ends the hold
WHILE_HELD = frozenset(
    {
        "resume",
        "note",
        "assign",
        "record_service",
        "record_answer",
        "contest",
        "object",
        "ask_time",
        "reopen_relisted",
    }
)


@dataclass(frozen=True, slots=True)
class Verb:
    """An action on a case. before: states in which it may be done (empty: the case is made by it); after: the state then
    (None: it stays); roles: who may; approver: whether the person must be one who approves."""

    key: str
    title: dict[str, str]
    before: tuple[str, ...]
    after: str | None
    roles: tuple[str, ...]
    approver: bool = False


_BY_DESK = ("officer", DESK)
_LIVE = ("open", "asked", "answered", "verified")
_SENT = ("asked", "answered", "verified")
_EVER = (
    *_LIVE,
    "closed",
)  # what was asked once may still be answered or contested after a relisting reopened the case


def _verb(
    key: str,
    ko: str,
    en: str,
    zh: str,
    before: tuple[str, ...],
    after: str | None = None,
    roles: tuple[str, ...] = ("officer",),
    approver: bool = False,
) -> Verb:
    return Verb(key, {"ko": ko, "en": en, "zh": zh}, before, after, roles, approver)


VERBS: dict[str, Verb] = {
    verb.key: verb
    for verb in (
        _verb("open", "사건 개시", "Open a case", "立案", (), "open", _BY_DESK),
        _verb("join", "사건에 합침", "Join to the case", "并入案件", _LIVE, None, _BY_DESK),
        _verb("add_evidence", "증거 추가", "Add evidence", "添加证据", _LIVE),
        _verb("assign", "담당자 지정", "Assign", "指派", _LIVE),
        _verb("hold", "보류", "Hold", "暂缓", _LIVE),
        _verb("resume", "보류 해제", "Resume", "恢复", _LIVE),
        _verb("note", "메모", "Note", "备注", _EVER),
        _verb("draft", "기안", "Draft a document", "起草", _LIVE),
        _verb("approve", "결재", "Approve", "批准", _LIVE, None, ("officer",), True),
        _verb("send_back", "반려", "Send back", "退回", _LIVE, None, ("officer",), True),
        _verb("take_up_draft", "철회한 기안 되살리기", "Take a draft up again", "恢复草稿", _LIVE),
        _verb("withdraw_draft", "기안 철회", "Withdraw a draft", "撤回草稿", _LIVE),
        _verb("serve", "발송", "Serve", "送达", _LIVE, "asked"),
        _verb("record_service", "송달 기록", "Record service", "记录送达", _LIVE, None, _BY_DESK),
        _verb("record_answer", "답변", "Answer", "答复", _LIVE, "answered", ("agent", "officer")),
        _verb(
            "contest", "이의", "Contest", "异议", _EVER, None, ("agent", "officer", DESK)
        ),  # DESK: a seller by link
        _verb(
            "decide_contest",
            "이의 결정",
            "Decide a contest",
            "裁定异议",
            _EVER,
            None,
            ("officer",),
            True,
        ),
        _verb(
            "object",
            "문서에 대한 이의",
            "Object to a letter",
            "对文书提出异议",
            _EVER,
            None,
            ("agent", "officer"),
        ),
        _verb(
            "decide_objection",
            "문서 이의 결정",
            "Decide an objection to a letter",
            "裁定对文书的异议",
            _EVER,
            None,
            ("officer",),
            True,
        ),
        _verb("ask_time", "기한 연장 신청", "Ask for time", "申请延期", _LIVE, None, ("agent",)),
        _verb("decline_time", "기한 연장 거절", "Decline the time asked for", "不予延期", _LIVE),
        _verb("extend", "기한 연장", "Extend", "延期", _LIVE),
        _verb("pause_clock", "기간 정지", "Pause the clock", "中止期间", _LIVE),
        _verb("resume_clock", "기간 재개", "Resume the clock", "恢复期间", _LIVE),
        _verb("end_clock", "기간 종료 기록", "Record what ended a clock", "记录期间终止", _EVER),
        _verb(
            "verify", "이행 확인", "Verify", "核实", _LIVE, None, _BY_DESK
        ),  # the state follows what was seen
        _verb(
            "reopen_relisted",
            "재등록으로 재개",
            "Reopen: relisted",
            "重新上架而重启",
            ("verified", "closed"),
            "open",
            _BY_DESK,
        ),
        _verb("withdraw_notice", "통지 철회", "Withdraw a notice", "撤回通知", _EVER),
        _verb("request_restoration", "복원 요청", "Request restoration", "请求恢复", _EVER),
        _verb(
            "verify_restored",
            "복원 확인",
            "Verify restoration",
            "核实恢复",
            _EVER,
            None,
            _BY_DESK,
        ),
        _verb("transfer", "이송", "Transfer to another body", "移送", _LIVE),
        _verb("escalate", "상위 조치 검토", "Escalate", "升级", _LIVE),
        _verb(
            "publish_violation",
            "위반 사실 공표",
            "Publish the violation",
            "公布违法事实",
            _SENT,
            None,
            ("officer",),
            True,
        ),
        _verb(
            "correct_publication",
            "공표 정정",
            "Correct what was published",
            "更正公布内容",
            _EVER,
            None,
            ("officer",),
            True,
        ),
        _verb("reopen", "종결 취소", "Reopen", "撤销结案", ("closed",)),
        _verb("close", "종결", "Close", "结案", _LIVE, "closed"),
    )
}


def refused(
    verb: str, state: str | None, role: str, *, approves: bool = False, held: bool = False
) -> str | None:
    """Why this person, or the desk itself, may not do this now; None where they may.

    The answer is a key of words: `state`, `role`, `approver` or `held`.
    """
    chosen = VERBS[verb]
    if role not in chosen.roles:
        return "role"
    if chosen.approver and not approves:
        return "approver"
    if (state is None) != (not chosen.before) or (state is not None and state not in chosen.before):
        return "state"
    if verb == "resume" and not held:
        return "state"
    if held and verb not in WHILE_HELD:
        return "held"
    return None
