"""Masks personal data in free text: addresses, telephone, account, card, identity and order numbers, names behind 'I am'.

The masked text may be searched and listed; what is masked is shown as blocks of the same length, so spans stay in place.
"""

from __future__ import annotations

import re

__all__ = ["PATTERNS", "masked"]

PATTERNS = (
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",  # e-mail
    r"(?<!\d)\d{6}[-\s]?[1-8]\d{6}(?!\d)",  # resident registration number
    r"(?<![\dA-Z])[A-Z]\d{8}(?!\d)|(?<![\dA-Z])[Pp]\d{12}(?!\d)",  # passport, personal customs code
    r"(?<![\d.,-])(?!\d{4}-\d\d-\d\d)\d(?:[ -]?\d){9,18}(?![\d,]|\.\d)",  # account, card, order, tracking numbers
    r"(?<!\d)\+?\d{1,3}[-.\s]?\(?0?\d{1,3}\)?[-.\s]\d{3,4}[-.\s]\d{4}(?!\d)",  # telephone, with a country code or not
    r"(?<!\d)0\d{1,2}[-.\s]?\d{3,4}[-.\s]?\d{4}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)",
    r"(?<=이름은 )[가-힣]{2,4}|(?<=저는 )[가-힣]{2,4}(?=(?:이라고|라고|입니다|인데))",
    r"(?<=[Mm]y name is )[A-Z]\w+(?: [A-Z]\w+)*|(?<=我叫)[\u4e00-\u9fff]{2,4}",
    r"[가-힣]{1,6}(?:시|도) [가-힣]{1,6}(?:시|군|구)(?: [가-힣\d]{1,10}(?:읍|면|동|로|길|리))+(?: ?\d+(?:-\d+)?)?"
    r"(?:,? ?\d{1,5}(?:동|호))*",  # address in Korea
)
_ANY = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS))


def masked(text: str) -> str:
    """The text with personal data as ▒, of the same length."""
    return _ANY.sub(lambda found: "▒" * len(found[0]), text)
