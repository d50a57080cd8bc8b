"""What stands around a name or a word of copies: denials, papers that are not there, talk of others' copies."""

from __future__ import annotations

import pytest

from mapae.detect.brands.saying import Saying, load_saying
from mapae.pack import load_pack


@pytest.fixture(scope="module")
def saying() -> Saying:
    return load_saying(load_pack("kr").data("lexicons/replica.yaml"))


def _span(text: str, word: str) -> tuple[str, int, int]:
    at = text.index(word)
    return text, at, at + len(word)


@pytest.mark.parametrize(
    ("text", "word", "denied"),
    [
        ("plain tee, not Nike", "Nike", True),
        ("버버리 체크 아닌 그냥 체크", "버버리", True),
        ("非耐克 自主品牌", "耐克", True),
        ("Nike tee, not used", "Nike", False),
        ("구찌 아울렛", "구찌", False),
    ],
)
def test_a_name_is_denied_only_by_words_right_beside_it(
    text: str, word: str, denied: bool, saying: Saying
) -> None:
    assert saying.denied(*_span(text, word)) is denied


@pytest.mark.parametrize(
    ("text", "word", "absent"),
    [
        ("sold without receipt", "receipt", True),
        ("영수증 분실했어요", "영수증", True),
        ("没有小票", "小票", True),
        ("original receipt from Milan", "receipt", False),
        ("영수증 첨부", "영수증", False),
    ],
)
def test_papers_that_are_missing_are_no_papers(text: str, word: str, absent: bool, saying: Saying) -> None:
    assert saying.absent(*_span(text, word)) is absent


@pytest.mark.parametrize(
    ("text", "word", "others"),
    [
        (
            "Corner wear. I know how many mirror-quality copies float around. Invoice in photo 4",
            "mirror-quality",
            True,
        ),
        ("시중에 가품 많으니 조심하세요. 영수증 있어요", "가품", True),
        ("专柜购入。市面上高仿太多。小票在", "高仿", True),
        ("The best replica on the market", "replica", False),
        ("시중 최상급 레플리카", "레플리카", False),
        ("mirror-quality bag. So many happy buyers", "mirror-quality", False),
    ],
)
def test_talk_of_others_copies_is_told_from_praise_of_the_own_within_the_sentence(
    text: str, word: str, others: bool, saying: Saying
) -> None:
    assert saying.of_others(*_span(text, word)) is others


@pytest.mark.parametrize(
    ("text", "word", "forged"),
    [
        ("보증카드 신형 NFC 제작", "보증카드", True),
        ("receipt can be printed", "receipt", True),
        ("小票可做", "小票", True),
        ("보증카드 있음", "보증카드", False),
        ("专柜小票齐", "小票", False),
    ],
)
def test_papers_made_for_the_buyer_are_told_from_papers_at_hand(
    text: str, word: str, forged: bool, saying: Saying
) -> None:
    assert saying.forged(*_span(text, word)) is forged
