"""What sort of document a file is, by its name, first lines and folder: privacy policy, terms, sellers' terms."""

from __future__ import annotations

import re

__all__ = ["document_kind"]

_PRIVACY = re.compile(
    r"privacy|개인\s?정보|隐私|個人情報|个人信息|cookie|쿠키|data protection", re.IGNORECASE
)
_TERMS = re.compile(
    r"terms|conditions|\btos\b|\beula\b|agreement|약관|이용\s?계약|이용\s?규정|운영\s?정책|条款|条件|协议|規約",
    re.IGNORECASE,
)
_SELLERS = re.compile(
    r"seller|merchant|vendor|supplier|business user|판매(?:자|회원)|입점|셀러|파트너\s?(?:사|약관)|卖家|商家|卖方",
    re.IGNORECASE,
)
_ADVERTS = re.compile(
    r"advertis\w+ (?:policy|policies|terms|guidelines)|광고\s?(?:정책|약관|운영)|广告(?:政策|条款)",
    re.IGNORECASE,
)
_LINES, _WIDTH = 8, 90  # lines among which titles are looked for, and how long a title is


def document_kind(name: str, text: str, folder: str = "") -> str | None:
    """`privacy`, `terms`, `seller_terms` or `ad_policy`; None where neither name, title nor folder tells."""
    lines = [line.strip() for line in text[:4_000].splitlines() if line.strip()][:_LINES]
    titles = [
        line for at, line in enumerate(lines) if (at == 0 or line.startswith("#")) and len(line) <= _WIDTH
    ]
    for words in (name, *titles, folder):
        if found := _told(words.replace("_", " ").replace("-", " ")):
            return found
    return None


def _told(words: str) -> str | None:
    if _PRIVACY.search(words):
        return "privacy"
    if _ADVERTS.search(words):
        return "ad_policy"
    if _TERMS.search(words):
        return "seller_terms" if _SELLERS.search(words) else "terms"
    return None
