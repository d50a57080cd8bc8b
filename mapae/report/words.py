"""The words of the report's own text in English and Korean."""

from __future__ import annotations

__all__ = ["LANGUAGES", "SEVERITY_WORDS", "WORDS"]

LANGUAGES = {"en": "English", "ko": "한국어"}

SEVERITY_WORDS: dict[str, dict[str, str]] = {
    "critical": {"en": "Critical", "ko": "매우 심각"},
    "high": {"en": "High", "ko": "높음"},
    "medium": {"en": "Medium", "ko": "보통"},
    "low": {"en": "Low", "ko": "낮음"},
    "info": {"en": "Note", "ko": "참고"},
}

WORDS: dict[str, dict[str, str]] = {
    "title": {"en": "Screening report", "ko": "점검 결과 보고서"},
    "skip": {"en": "To the findings", "ko": "점검 결과로 이동"},
    "language": {"en": "Language", "ko": "언어"},
    "as_of": {"en": "Law as of", "ko": "법령 기준일"},
    "records": {"en": "records read", "ko": "건 읽음"},
    "findings": {"en": "findings", "ko": "건 발견"},
    "subjects": {"en": "records concerned", "ko": "건 해당"},
    "rejected": {"en": "rows rejected", "ko": "행 제외"},
    "summary": {"en": "Summary", "ko": "요약"},
    "by_measure": {"en": "Findings by measure and severity", "ko": "분야별·심각도별 발견 건수"},
    "measure": {"en": "Measure", "ko": "분야"},
    "check": {"en": "Check", "ko": "점검 항목"},
    "checks": {"en": "By check", "ko": "점검 항목별"},
    "total": {"en": "Total", "ko": "합계"},
    "list": {"en": "Findings", "ko": "발견 내역"},
    "none": {"en": "Nothing was found.", "ko": "발견된 사항이 없습니다."},
    "none_note": {
        "en": "No check of this run found a reason to hold a record. That is no proof that all goods are lawful.",
        "ko": "이번 점검 항목에서 근거가 발견된 기록이 없습니다. 모든 상품이 적법하다는 증명은 아닙니다.",
    },
    "more": {
        "en": "The gravest are shown. Not shown here: {left}. All are in {file}.",
        "ko": "심각도가 높은 것부터 표시합니다. 여기에 없는 {left}건을 포함한 전체는 {file}에 있습니다.",
    },
    "shadow": {
        "en": "{count} findings of checks on trial are in the file but not counted here.",
        "ko": "시범 운영 중인 점검의 {count}건은 파일에만 있으며 여기에 집계하지 않습니다.",
    },
    "all_measures": {"en": "All measures", "ko": "모든 분야"},
    "all_severities": {"en": "Any severity", "ko": "모든 심각도"},
    "severity": {"en": "Severity", "ko": "심각도"},
    "search": {"en": "Search these findings", "ko": "발견 내역 검색"},
    "shown": {"en": "shown", "ko": "건 표시"},
    "seen": {"en": "Seen", "ko": "발견 문구"},
    "in_field": {"en": "in", "ko": "위치"},
    "stands_for": {"en": "stands for", "ko": "일치 대상"},
    "why": {"en": "Why", "ko": "근거"},
    "reference": {"en": "Reference", "ko": "대조 목록"},
    "provision": {"en": "Provision", "ko": "적용 조문"},
    "in_force": {"en": "in force from", "ko": "시행일"},
    "operator": {"en": "Operator", "ko": "사업자"},
    "seller": {"en": "Seller", "ko": "판매자"},
    "record": {"en": "Record", "ko": "기록"},
    "page": {"en": "Page", "ko": "페이지"},
    "score": {"en": "Score", "ko": "점수"},
    "no_title": {"en": "(no title)", "ko": "(제목 없음)"},
    "run": {"en": "How this was made", "ko": "작성 경위"},
    "input": {"en": "Input", "ko": "입력 파일"},
    "profile": {"en": "read as", "ko": "인식 형식"},
    "rows": {"en": "Rows", "ko": "행"},
    "code": {"en": "Code", "ko": "코드"},
    "pack": {"en": "Law pack", "ko": "법령 묶음"},
    "lists": {"en": "Lists", "ko": "목록"},
    "seconds": {"en": "Seconds", "ko": "소요(초)"},
    "machine": {
        "en": "A finding is a reason to look, made by rules; a person decides. It changes no right by itself.",
        "ko": "발견은 규칙에 따른 검토 사유이며 판단은 담당자가 합니다. 그 자체로 권리·의무를 변동시키지 않습니다.",
    },
}
