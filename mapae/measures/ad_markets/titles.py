"""Titles of this measure's tables and columns in English and Korean."""

from __future__ import annotations

__all__ = ["COLUMNS", "TABLES"]

TABLES: dict[str, dict[str, str]] = {
    "ad_markets": {"en": "Advertising markets", "ko": "광고 시장"},
    "ad_shares": {"en": "Shares in advertising markets", "ko": "광고 시장 점유율"},
}
_WORDS = {
    "segment": ("Segment", "세부 시장"), "layer": ("Layer", "단계"), "side": ("Side served", "이용자 측"),
    "market": ("Market", "시장"), "definition": ("Drawn as", "시장획정"), "period": ("Period", "기간"),
    "basis": ("Basis", "산정 기준"), "group": ("Firm (with affiliates)", "사업자(계열 포함)"), "firms": ("Firms", "사업자"),
    "share_low": ("Share, least (%)", "점유율 하한(%)"), "share_high": ("Share, most (%)", "점유율 상한(%)"),
    "presumed": ("Presumed dominant", "추정 여부"), "depends": ("Depends on unknowns", "미지수에 따라 다름"),
    "cr3_low": ("CR3, least", "CR3 하한"), "cr3_high": ("CR3, most", "CR3 상한"),
    "hhi_low": ("HHI, least", "HHI 하한"), "hhi_high": ("HHI, most", "HHI 상한"),
    "hhi_change_low": ("HHI change, least", "HHI 변화 하한"), "hhi_change_high": ("HHI change, most", "HHI 변화 상한"),
    "unknown": ("Unknown amounts", "미지의 값"), "flips": ("Where it flips", "결론이 바뀌는 구간"),
    "unit": ("Unit", "단위"), "since": ("Since", "비교 기간"), "notes": ("Notes", "참고"), "records": ("Rows", "행"),
}  # fmt: skip
COLUMNS: dict[str, dict[str, str]] = {name: {"en": en, "ko": ko} for name, (en, ko) in _WORDS.items()}
