"""States of what a case asks about (a listing, an advert, a seller), and how events move them."""

from __future__ import annotations

__all__ = ["GONE", "ITEM_STATES", "item_after"]

# state → title. Only `removed` counts as removed; unreachable, refused_us and differs never do.
ITEM_STATES: dict[str, dict[str, str]] = {
    "found": {"ko": "발견", "en": "Found", "zh": "已发现"},
    "asked": {"ko": "조치 요청", "en": "Asked", "zh": "已要求"},
    "claimed_removed": {"ko": "삭제했다고 답변", "en": "Said to be removed", "zh": "声称已删除"},
    "contested": {"ko": "이의 제기", "en": "Contested", "zh": "有异议"},
    "time_asked": {"ko": "연장 신청", "en": "Time asked for", "zh": "申请延期"},
    "removed": {"ko": "삭제 확인", "en": "Removed", "zh": "确认已删除"},
    "still_up": {"ko": "게시 중", "en": "Still up", "zh": "仍在线"},
    "changed": {"ko": "내용 변경", "en": "Changed", "zh": "内容已变更"},
    "unreachable": {"ko": "접속 불가", "en": "Unreachable", "zh": "无法访问"},
    "refused_us": {"ko": "접근 거부", "en": "Refused us", "zh": "拒绝访问"},
    "differs": {"ko": "지역·로그인에 따라 다름", "en": "Differs by place or login", "zh": "因地区或登录而异"},
    "relisted": {"ko": "재등록", "en": "Relisted", "zh": "重新上架"},
    "withdrawn": {"ko": "통지 철회", "en": "Notice withdrawn", "zh": "通知已撤回"},
    "restoring": {"ko": "복원 요청", "en": "Restoration requested", "zh": "请求恢复"},
    "restored": {"ko": "복원 확인", "en": "Restored", "zh": "确认已恢复"},
}
GONE = frozenset({"removed"})
_VERDICTS = ("removed", "still_up", "changed", "unreachable", "refused_us", "differs")
# event → (states it may happen in, state after; None: by the event's own word)
_MOVES: dict[str, tuple[tuple[str, ...], str | None]] = {
    "served": (("found", "still_up", "relisted", "changed"), "asked"),
    "claimed_removed": (("asked", "time_asked", "still_up", "changed", "contested"), "claimed_removed"),
    "contested": (("asked", "time_asked", "claimed_removed", *_VERDICTS, "relisted"), "contested"),
    "time_asked": (("asked", "still_up", "changed"), "time_asked"),
    "time_granted": (("time_asked",), "asked"),
    "time_declined": (("time_asked",), "asked"),
    "checked": (
        ("asked", "claimed_removed", "time_asked", "contested", *_VERDICTS, "relisted"),
        None,
    ),
    "contest_rejected": (("contested",), "asked"),
    "contest_accepted": (("contested",), "withdrawn"),
    "notice_withdrawn": (
        tuple(state for state in ITEM_STATES if state not in ("withdrawn", "restored")),
        "withdrawn",
    ),
    "restoration_requested": (("withdrawn",), "restoring"),
    "restored": (("withdrawn", "restoring"), "restored"),
    "relisted": (("removed", "claimed_removed", "changed"), "relisted"),
}


def item_after(state: str, event: str, verdict: str = "") -> str | None:
    """The state after an event, or None where the event cannot happen in this state. verdict: what a check saw.

    A check undoes neither a contest nor a request for time: these stand until they are decided, unless the goods are gone.
    """
    before, after = _MOVES[event]
    if state not in before:
        return None
    if event != "checked":
        return after
    if verdict not in _VERDICTS:
        return None
    return state if state in ("contested", "time_asked") and verdict != "removed" else verdict
