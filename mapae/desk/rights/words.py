"""What states of holders, rights and claims are called, and what comes next for a holder."""

from __future__ import annotations

__all__ = ["CLAIM_STATES", "HOLDER_STATES", "NEXT", "OUTCOMES", "RIGHT_STATES"]

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
# what became of a claim, in the order in which claims go
OUTCOMES = {
    "waiting": CLAIM_STATES["waiting"],
    "reviewing": {"ko": "담당자가 검토 중", "en": "An officer reviews it", "zh": "经办人审核中"},
    "accepted": {"ko": "채택됨, 요청 전", "en": "Accepted, not asked for yet", "zh": "已采纳，尚未要求"},
    "asked": {"ko": "플랫폼에 조치를 요청함", "en": "The platform was asked to act", "zh": "已要求平台处理"},
    "gone": {"ko": "내려간 것을 확인함", "en": "Seen to be gone", "zh": "确认已下架"},
    "back": {"ko": "다시 올라옴", "en": "It came back", "zh": "重新上架"},
    "merged": {
        "ko": "다른 신고와 함께 처리",
        "en": "Dealt with together with another",
        "zh": "与其他举报合并处理",
    },
    "rejected": {"ko": "채택되지 않음", "en": "Not accepted", "zh": "未采纳"},
    "lawful": {"ko": "전에 적법하다고 결정됨", "en": "Decided lawful before", "zh": "此前已认定合法"},
    "put_back": {"ko": "요청을 거둠(적법)", "en": "The request was taken back", "zh": "已撤回要求"},
    "dismissed": CLAIM_STATES["dismissed"],
}
# holder's state → who acts next, and what to do if nothing comes of it
NEXT = {
    "applied": (
        {
            "ko": "담당 기관의 담당자가 등록원부나 세관 자료에서 권리를 확인합니다. 결과를 이메일로 알립니다.",
            "en": "An officer of the responsible body looks the right up in the register or at customs; you get an e-mail.",
            "zh": "主管机关的经办人在登记簿或海关资料中核对权利，并通过邮件告知结果。",
        },
        {
            "ko": "담당 기관에 이 번호로 물으십시오. 증명이 더 있으면 아래에서 권리를 추가하십시오.",
            "en": "Ask the responsible body with this number. If you have more proof, add a right below.",
            "zh": "请凭此编号询问主管机关。如有更多证明，请在下方添加权利。",
        },
    ),
    "admitted": (
        {
            "ko": "가품을 찾으면 파일로 신고하십시오. 신고한 상품은 담당자가 한 건씩 검토합니다.",
            "en": "Report fakes as a file when you find them. An officer reviews each listing.",
            "zh": "发现假货时请以文件举报，经办人逐件审核。",
        },
        {
            "ko": "처리 결과는 이 페이지에 나옵니다. 오래 움직임이 없으면 담당 기관에 이 번호로 물으십시오.",
            "en": "What became of them stands on this page. If nothing moves, ask the responsible body with this number.",
            "zh": "处理结果显示在本页。如长期无进展，请凭此编号询问主管机关。",
        },
    ),
    "refused": (
        {
            "ko": "권리를 확인하지 못했습니다. 번호나 증명을 고쳐 아래에서 권리를 다시 추가하십시오.",
            "en": "The right could not be confirmed. Correct the number or the proof, and add the right again below.",
            "zh": "未能确认权利。请更正编号或证明，并在下方重新添加权利。",
        },
        {
            "ko": "왜 확인하지 못했는지는 담당 기관에 이 번호로 물으십시오.",
            "en": "Ask the responsible body with this number why.",
            "zh": "如需了解原因，请凭此编号询问主管机关。",
        },
    ),
}
