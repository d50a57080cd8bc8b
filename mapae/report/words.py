"""The words of the report's own text in English and Korean."""

from __future__ import annotations

__all__ = ["FIELD_WORDS", "LANGUAGES", "SEVERITY_WORDS", "TIE_WORDS", "WORDS"]

LANGUAGES = {"en": "English", "ko": "한국어"}

SEVERITY_WORDS: dict[str, dict[str, str]] = {
    "critical": {"en": "Critical", "ko": "매우 심각"},
    "high": {"en": "High", "ko": "높음"},
    "medium": {"en": "Medium", "ko": "보통"},
    "low": {"en": "Low", "ko": "낮음"},
    "info": {"en": "Note", "ko": "참고"},
}

FIELD_WORDS: dict[str, dict[str, str]] = {
    "title": {"en": "title", "ko": "제목"},
    "description": {"en": "description", "ko": "설명"},
    "brand": {"en": "brand", "ko": "브랜드"},
    "model": {"en": "model", "ko": "모델"},
    "gtin": {"en": "GTIN", "ko": "상품 코드"},
    "category": {"en": "category", "ko": "분류"},
    "seller_name": {"en": "seller", "ko": "판매자명"},
    "price": {"en": "price", "ko": "가격"},
    "image_hash": {"en": "picture", "ko": "이미지"},
    "age_gate": {"en": "age gate", "ko": "연령 확인"},
    "page_html": {"en": "captured page", "ko": "수집한 페이지"},
    "headline": {"en": "headline", "ko": "광고 제목"},
    "text": {"en": "text", "ko": "본문"},
    "landing_text": {"en": "landing page", "ko": "연결 페이지"},
    "landing_url": {"en": "landing address", "ko": "연결 주소"},
    "advertiser_name": {"en": "advertiser", "ko": "광고주"},
    "account_id": {"en": "account", "ko": "계정"},
    "value": {"en": "result", "ko": "시험 결과"},
    "substance": {"en": "substance", "ko": "시험 물질"},
    "product_class": {"en": "class of goods", "ko": "품목"},
}

TIE_WORDS: dict[str, dict[str, str]] = {
    "domain": {"en": "domain", "ko": "도메인"},
    "handle": {"en": "page", "ko": "계정 주소"},
    "phone": {"en": "telephone", "ko": "전화번호"},
    "kakao": {"en": "KakaoTalk", "ko": "카카오톡"},
    "telegram": {"en": "Telegram", "ko": "텔레그램"},
    "wechat": {"en": "WeChat", "ko": "위챗"},
    "line": {"en": "Line", "ko": "라인"},
    "payee": {"en": "payee", "ko": "입금처"},
    "account": {"en": "advertiser account", "ko": "광고주 계정"},
    "image": {"en": "picture", "ko": "이미지"},
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
    "more_rows": {
        "en": "{left} more rows are in {file}.",
        "ko": "나머지 {left}행은 {file}에 있습니다.",
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
    "finding_id": {"en": "Finding", "ko": "발견 번호"},
    "no_title": {"en": "(no title)", "ko": "(제목 없음)"},
    "campaigns": {"en": "Campaigns", "ko": "광고 묶음"},
    "campaigns_note": {
        "en": "Adverts that share a domain, page, telephone, messenger id, payee, account or picture, likely of one hand. "
        "Those without a finding of their own deserve a look too. A shared value is no proof.",
        "ko": "도메인, 계정, 전화번호, 메신저 아이디, 입금처, 이미지가 같아 한 광고주로 보이는 광고입니다. "
        "적발되지 않은 광고도 함께 살펴보십시오. 값이 같다는 것만으로 증명되지는 않습니다.",
    },
    "campaigns_none": {
        "en": "No advert with a finding shares anything with another one.",
        "ko": "적발된 광고 가운데 다른 광고와 이어지는 것이 없습니다.",
    },
    "campaign": {"en": "Campaign", "ko": "광고 묶음"},
    "campaign_size": {
        "en": "{flagged} of {records} adverts with a finding",
        "ko": "광고 {records}건 중 {flagged}건 적발",
    },
    "tie_count": {"en": "in {count}", "ko": "{count}건"},
    "ties_left": {"en": "and {left} more", "ko": "외 {left}개"},
    "advertiser": {"en": "Advertiser", "ko": "광고주"},
    "advert": {"en": "Advert", "ko": "광고"},
    "found": {"en": "Finding", "ko": "적발"},
    "finding": {"en": "finding", "ko": "적발"},
    "found_yes": {"en": "yes, not shown here", "ko": "적발(여기에는 없음)"},
    "found_no": {"en": "none", "ko": "없음"},
    "members_left": {
        "en": "{left} more adverts of this campaign are in {file}.",
        "ko": "이 묶음의 나머지 {left}건은 {file}에 있습니다.",
    },
    "campaigns_left": {
        "en": "Not shown: {left} campaigns with a finding and {quiet} without one. All are in {file}.",
        "ko": "표시하지 않은 묶음: 적발이 있는 {left}개, 없는 {quiet}개. 전체는 {file}에 있습니다.",
    },
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
    "demo_title": {"en": "Mapae: a first look", "ko": "마패 둘러보기"},
    "invented": {
        "en": "Lumibay, Dalmart, their sellers and their goods are invented. Brands, substances and recalls are real.",
        "ko": "루미베이·달마트와 판매자, 상품은 지어낸 것입니다. 상표, 성분, 리콜은 실제 사실입니다.",
    },
    "screened_in": {"en": "to screen them", "ko": "점검 시간"},
    "by_measure_and_kind": {"en": "Findings by measure and kind of record", "ko": "분야별·자료별 발견 건수"},
    "kind_listing": {"en": "Listings", "ko": "상품"},
    "kind_advert": {"en": "Adverts", "ko": "광고"},
    "kind_post": {"en": "Posts", "ko": "게시물"},
    "kind_complaint": {"en": "Complaints", "ko": "소비자 상담"},
    "kind_policy": {"en": "Privacy policies", "ko": "개인정보 처리방침"},
    "kind_lab_result": {"en": "Lab results", "ko": "시험 성적"},
    "open_report": {"en": "Report", "ko": "보고서"},
    "striking": {"en": "Look at these", "ko": "눈여겨볼 사례"},
    "duties": {"en": "Must they appoint a local agent?", "ko": "국내대리인을 지정해야 하는가"},
    "duties_note": {
        "en": "Two invented operators under four laws, before and on the day Art. 20-5 of the E-Commerce Act takes "
        "effect. Its thresholds are read from the draft decree of 11 March 2026; they are not law yet.",
        "ko": "지어낸 두 사업자를 네 법률에 비추어, 전자상거래법 제20조의5 시행 전과 시행일에 판단합니다. "
        "같은 조의 기준은 2026년 3월 11일 시행령안으로 읽었으며 아직 확정되지 않았습니다.",
    },
    "answer_required": {"en": "yes", "ko": "지정해야 함"},
    "answer_not_required": {"en": "no", "ko": "의무 없음"},
    "answer_unknown": {"en": "not known", "ko": "알 수 없음"},
    "names": {"en": "One seller or two?", "ko": "같은 판매자인가"},
    "names_note": {
        "en": "Names across Hangul, Hanja and Latin letters.",
        "ko": "한글, 한자, 로마자로 적힌 이름을 서로 맞춰 봅니다.",
    },
    "name": {"en": "Name", "ko": "이름"},
    "same": {"en": "Verdict", "ko": "판정"},
    "one": {"en": "one", "ko": "같음"},
    "two": {"en": "two", "ko": "다름"},
    "next": {"en": "With your own files", "ko": "직접 해 보기"},
}
