"""What `mapae demo` says, in English and Korean."""

from __future__ import annotations

from mapae.cli.locales import language

__all__ = ["say", "say_in"]

_WORDS: dict[str, dict[str, str]] = {
    "begin": {
        "en": "Screening an invented market. The first run builds its indexes …",
        "ko": "지어낸 시장을 점검합니다. 첫 실행에서는 색인을 만듭니다 …",
    },
    "first": {"en": "First finding after {seconds:.1f} s:", "ko": "{seconds:.1f}초 만의 첫 발견:"},
    "total": {
        "en": "{records:,} records: {findings:,} findings in {seconds:.1f} s, with the indexes that were missing",
        "ko": "기록 {records:,}건에서 {findings:,}건 발견, {seconds:.1f}초 (없던 색인을 만든 시간 포함)",
    },
    "measure": {"en": "measure", "ko": "분야"},
    "all": {"en": "findings", "ko": "발견"},
    "where": {"en": "in", "ko": "자료"},
    "listing": {"en": "listings", "ko": "상품"},
    "advert": {"en": "adverts", "ko": "광고"},
    "post": {"en": "posts", "ko": "게시물"},
    "lab_result": {"en": "lab results", "ko": "시험 성적"},
    "complaint": {"en": "complaints", "ko": "소비자 상담"},
    "policy": {"en": "policies", "ko": "처리방침"},
    "consignment": {"en": "parcels", "ko": "반입 물품"},
    "market_share": {"en": "market shares", "ko": "시장점유율"},
    "search_result": {"en": "search results", "ko": "검색 결과"},
    "fee": {"en": "fees", "ko": "수수료"},
    "settlement": {"en": "settlements", "ko": "대금 지급"},
    "figure": {"en": "published figures", "ko": "공표된 수치"},
    "event": {"en": "events", "ko": "처리 기록"},
    "striking": {"en": "Look at these:", "ko": "눈여겨볼 사례:"},
    "owed": {
        "en": "Local agent required on {day}: {who}",
        "ko": "{day} 현재 국내대리인을 지정해야 하는 사업자: {who}",
    },
    "nobody": {"en": "nobody", "ko": "없음"},
    "answered": {
        "en": "{address} answered; reports stay in {out}",
        "ko": "{address} 응답 확인. 보고서는 {out}에 있습니다",
    },
    "no_desk": {
        "en": "The desk is not installed (mapae[desk]); showing the reports instead.",
        "ko": "업무대가 설치되어 있지 않아(mapae[desk]) 보고서를 보여 줍니다.",
    },
    "desk_failed": {
        "en": "{error}\nShowing the reports instead.",
        "ko": "{error}\n보고서를 대신 보여 줍니다.",
    },
    "loading": {
        "en": "Loading the training desk: an invented month of work, once …",
        "ko": "연습용 업무대에 지어낸 한 달 치 업무를 불러옵니다(처음 한 번) …",
    },
    "loaded": {
        "en": "Opening the training desk as it was left …",
        "ko": "지난번 그대로 연습용 업무대를 엽니다 …",
    },
    "logins": {
        "en": "Sign in as {people}, password {password}; or change the person with one click.",
        "ko": "로그인: {people}, 비밀번호 {password}. 화면 위에서 한 번에 사람을 바꿀 수도 있습니다.",
    },
    "touring": {
        "en": "Tour: {address} (Ctrl+C ends)\nReports: {reports}",
        "ko": "둘러보기: {address} (Ctrl+C로 끝냄)\n보고서: {reports}",
    },
    "serving": {"en": "Reports: {address} (Ctrl+C ends)", "ko": "보고서: {address} (Ctrl+C로 끝냄)"},
}


def say(key: str, **values: object) -> str:
    """The words of `key` in the language of the locale."""
    return say_in(language(), key, **values)


def say_in(name: str, key: str, **values: object) -> str:
    """The words of `key` in that language (en, ko)."""
    return _WORDS[key][name].format(**values)
