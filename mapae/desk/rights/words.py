"""What states of holders, rights and claims are called."""

from __future__ import annotations

__all__ = ["CLAIM_STATES", "HOLDER_STATES", "RIGHT_STATES"]

HOLDER_STATES = {
    "applied": {"ko": "확인 대기", "en": "Waits to be confirmed", "zh": "待确认"},
    "admitted": {"ko": "등록됨", "en": "Registered", "zh": "已登记"},
    "refused": {"ko": "확인되지 않음", "en": "Not confirmed", "zh": "未获确认"},
}
RIGHT_STATES = {
    "claimed": {"ko": "확인 대기", "en": "Waits to be confirmed", "zh": "待确认"},
    "confirmed": {"ko": "확인됨", "en": "Confirmed", "zh": "已确认"},
    "refused": {"ko": "확인되지 않음", "en": "Not confirmed", "zh": "未获确认"},
}
CLAIM_STATES = {
    "waiting": {"ko": "담당자가 먼저 읽음", "en": "An officer reads it first", "zh": "经办人先行审阅"},
    "sent": {"ko": "담당자 검토함", "en": "In the officers' inbox", "zh": "已进入经办人收件箱"},
    "dismissed": {"ko": "기각", "en": "Dismissed", "zh": "已驳回"},
}
