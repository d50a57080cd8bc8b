"""Titles that pages of cases share: matters, severities, kinds of item, evidence rungs, forces."""

from __future__ import annotations

from functools import cache

from mapae.desk.law import book, said

__all__ = ["FORCES", "ITEM_KINDS", "MATTERS", "SEVERITY", "matter", "rung", "severity"]

MATTERS: dict[str, dict[str, str]] = {
    "hazardous_goods": {"ko": "위해제품", "en": "Hazardous goods", "zh": "危险商品"},
    "counterfeits": {"ko": "위조상품", "en": "Counterfeits", "zh": "假冒商品"},
    "illegal_ads": {"ko": "불법 광고", "en": "Illegal adverts", "zh": "违法广告"},
    "age_restricted": {"ko": "청소년 유해물품", "en": "Age-restricted goods", "zh": "未成年人限制商品"},
    "local_agents": {"ko": "국내대리인", "en": "Local agents", "zh": "境内代理人"},
    "agreements": {"ko": "자율협약 이행", "en": "Agreements", "zh": "自律协议"},
    "market_power": {"ko": "시장지배력", "en": "Market power", "zh": "市场支配力"},
    "ad_markets": {"ko": "광고 시장", "en": "Advertising markets", "zh": "广告市场"},
    "privacy": {"ko": "개인정보·약관", "en": "Privacy and terms", "zh": "个人信息与条款"},
    "consignments": {"ko": "반입 물품", "en": "Incoming goods", "zh": "进口货物"},
    "helpline": {"ko": "소비자 상담", "en": "Helpline", "zh": "消费者咨询"},
    "social_commerce": {"ko": "사회관계망 거래", "en": "Social networks", "zh": "社交网络交易"},
}
# by place in mapae.model.finding.SEVERITIES
SEVERITY: tuple[dict[str, str], ...] = (
    {"ko": "참고", "en": "info", "zh": "提示"},
    {"ko": "낮음", "en": "low", "zh": "低"},
    {"ko": "보통", "en": "medium", "zh": "中"},
    {"ko": "높음", "en": "high", "zh": "高"},
    {"ko": "매우 높음", "en": "critical", "zh": "严重"},
)
ITEM_KINDS: dict[str, dict[str, str]] = {
    "listing": {"ko": "판매 게시물", "en": "Listing", "zh": "商品页面"},
    "advert": {"ko": "광고", "en": "Advert", "zh": "广告"},
    "post": {"ko": "게시글", "en": "Post", "zh": "帖子"},
    "seller": {"ko": "판매자", "en": "Seller", "zh": "卖家"},
    "complaint": {"ko": "소비자 불만", "en": "Complaint", "zh": "消费者投诉"},
    "parcel": {"ko": "반입 물품", "en": "Parcel", "zh": "包裹"},
    "recall": {"ko": "리콜", "en": "Recall", "zh": "召回"},
    "commitment": {"ko": "이행 사항", "en": "Commitment", "zh": "承诺事项"},
    "operator": {"ko": "사업자", "en": "Operator", "zh": "经营者"},
    "firm": {"ko": "사업자(계열 포함)", "en": "Firm with affiliates", "zh": "经营者（含关联）"},
    "market": {"ko": "시장", "en": "Market", "zh": "市场"},
    "policy": {"ko": "약관·방침", "en": "Terms or policy", "zh": "条款或政策"},
    "fee": {"ko": "수수료", "en": "Fee", "zh": "费用"},
    "figure": {"ko": "공표된 수치", "en": "Published figure", "zh": "公布的数字"},
    "settlement": {"ko": "판매대금 정산", "en": "Settlement", "zh": "货款结算"},
    "price_cost": {"ko": "가격과 원가", "en": "Price and cost", "zh": "价格与成本"},
    "app": {"ko": "앱", "en": "App", "zh": "应用"},
    "search_result": {"ko": "검색 결과", "en": "Search results", "zh": "搜索结果"},
}
FORCES: dict[str, dict[str, str]] = {
    "guidance": {"ko": "구속력 없음 · 행정지도", "en": "Not binding · guidance", "zh": "无约束力 · 行政指导"},
    "request": {"ko": "구속력 없음 · 요청", "en": "Not binding · request", "zh": "无约束力 · 请求"},
    "recommendation": {
        "ko": "권고 · 강제 아님",
        "en": "Recommendation · not an order",
        "zh": "劝告 · 非命令",
    },
    "notice": {"ko": "절차상 통지", "en": "Procedural notice", "zh": "程序性通知"},
    "decision": {"ko": "이의에 대한 결정", "en": "Decision on an objection", "zh": "对异议的决定"},
    "order": {"ko": "구속력 있음 · 명령", "en": "Binding · order", "zh": "有约束力 · 命令"},
}


def matter(key: str) -> str:
    """A matter in words."""
    return said(MATTERS.get(key, {"en": key.replace("_", " ")}))


def severity(place: int) -> str:
    """A severity in words."""
    return said(SEVERITY[min(max(place, 0), len(SEVERITY) - 1)])


def rung(key: str) -> str:
    """A rung of the evidence ladder in words."""
    return said(_rungs().get(key, {"en": key}))


@cache
def _rungs() -> dict[str, dict[str, str]]:
    return {row["key"]: row["title"] for row in book().pack.data("workflow.yaml")["evidence"]}
