"""Texts in languages that are read, and in others."""

from __future__ import annotations

import pytest

from mapae.measures.privacy.check import TABLES, read_policy
from mapae.measures.privacy.language import is_read
from mapae.pack import load_pack

FRENCH = "Nous conservons vos données aussi longtemps que vous êtes actif sur notre plateforme et les supprimons ensuite. "


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (FRENCH * 3, False),
        (
            "Wir verarbeiten Ihre Daten, um Bestellungen auszuführen, und löschen sie nach drei Jahren. " * 3,
            False,
        ),
        ("お客様の個人情報は、ご注文の処理と配送のために利用し、法令で定める期間保存します。" * 3, False),
        (
            "We keep the data of your account until you close it, and delete them for good after that. " * 3,
            True,
        ),
        ("회사는 주문 이행과 배송을 위하여 개인정보를 처리하며 회원 탈퇴 시까지 보유합니다. " * 3, True),
        ("我們僅在為實現本政策所述目的所必需的期限內保存您的個人資料，註銷帳戶後將予以刪除。" * 3, True),
        ("2026 § 1", True),
    ],
)
def test_korean_english_and_chinese_are_read_and_others_are_not(text: str, read: bool) -> None:
    assert is_read(text) is read


def test_a_policy_in_another_language_says_why_nothing_was_found() -> None:
    pack = load_pack("kr")
    policy = read_policy(FRENCH * 3, {name: pack.data(f"privacy/{name}.yaml") for name in TABLES})
    assert "language that is not read" in policy.items["P2"].why
