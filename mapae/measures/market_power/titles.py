"""Titles of this measure's tables and columns in English and Korean."""

from __future__ import annotations

__all__ = ["COLUMNS", "TABLES"]


def _two(en: str, ko: str) -> dict[str, str]:
    return {"en": en, "ko": ko}


TABLES: dict[str, dict[str, str]] = {
    "shares": _two("Shares and presumption of dominance", "점유율과 시장지배적사업자 추정"),
    "markets": _two("Markets: concentration and change", "시장별 집중도와 변화"),
    "consequences": _two(
        "What may follow: surcharges, limitation, agreed remedy", "후속 조치: 과징금, 처분시효, 동의의결"
    ),
    "rank_audit": _two("Own brand in search results", "검색결과 속 자사상품 순위 점검"),
    "rank_queries": _two("Queries in which own brand gained most", "자사상품이 가장 유리했던 검색어"),
}
COLUMNS: dict[str, dict[str, str]] = {
    "market": _two("Market", "시장"),
    "definition": _two("Drawn as", "시장획정"),
    "period": _two("Period", "기간"),
    "basis": _two("Basis", "산정 기준"),
    "group": _two("Firm (with affiliates)", "사업자(계열 포함)"),
    "firms": _two("Firms", "사업자"),
    "share_low": _two("Share, least (%)", "점유율 하한(%)"),
    "share_high": _two("Share, most (%)", "점유율 상한(%)"),
    "sales_low_krw": _two("Sales, least (KRW)", "매출액 하한(원)"),
    "sales_high_krw": _two("Sales, most (KRW)", "매출액 상한(원)"),
    "presumed": _two("Presumed dominant", "추정 여부"),
    "depends": _two("Depends on unknowns", "미지수에 따라 다름"),
    "grounds": _two("Ground", "추정 근거"),
    "flips": _two("Where it flips", "결론이 바뀌는 구간"),
    "records": _two("Rows", "행"),
    "unit": _two("Unit", "단위"),
    "unknown": _two("Unknown amounts", "미지의 값"),
    "listed_low": _two("Listed, least (%)", "등재 비중 하한(%)"),
    "listed_high": _two("Listed, most (%)", "등재 비중 상한(%)"),
    "hhi_low": _two("HHI, least", "HHI 하한"),
    "hhi_high": _two("HHI, most", "HHI 상한"),
    "hhi_exact": _two("HHI bounds are reached", "HHI 경계 도달"),
    "hhi_change_low": _two("HHI change, least", "HHI 변화 하한"),
    "hhi_change_high": _two("HHI change, most", "HHI 변화 상한"),
    "since": _two("Since", "비교 기간"),
    "notes": _two("Notes", "참고"),
    "step": _two("Step", "단계"),
    "what": _two("What", "내용(영문)"),
    "what_ko": _two("What (Korean)", "내용"),
    "status": _two("Status", "상태"),
    "amount": _two("Amount or day", "금액·일자"),
    "provision": _two("Provision", "조문"),
    "source": _two("Source and working", "근거와 계산"),
    "rows": _two("Results", "검색결과 수"),
    "queries": _two("Queries", "검색어 수"),
    "own_rows": _two("Own brand", "자사상품 수"),
    "effect": _two("Effect, adjusted (places, − is higher)", "보정 효과(순위, −는 상위)"),
    "plain": _two("Effect, not adjusted", "보정 전 효과"),
    "error": _two("Standard error", "표준오차"),
    "p": _two("p, two-sided", "p값(양측)"),
    "shuffles": _two("Shuffles", "순열 횟수"),
    "false_alarms": _two("False alarms on shuffled data", "섞은 자료의 오경보율"),
    "alarm": _two("Alarm", "경보"),
    "attributes": _two("Adjusted for", "보정 항목"),
    "query": _two("Query", "검색어"),
    "day": _two("Day", "일자"),
    "gained": _two("Places gained (−)", "순위 이득(−)"),
    "cr1_low": _two("CR1, least", "CR1 하한"),
    "cr1_high": _two("CR1, most", "CR1 상한"),
    "cr3_low": _two("CR3, least", "CR3 하한"),
    "cr3_high": _two("CR3, most", "CR3 상한"),
    "cr4_low": _two("CR4, least", "CR4 하한"),
    "cr4_high": _two("CR4, most", "CR4 상한"),
}
