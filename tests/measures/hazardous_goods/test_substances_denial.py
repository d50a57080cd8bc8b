"""Words that deny a name, in three languages, and what they do not reach."""

from __future__ import annotations

import pytest

from mapae.measures.hazardous_goods.substances.negation import NAME, Denials
from mapae.pack import load_pack


@pytest.fixture(scope="module")
def denials() -> Denials:
    return Denials(load_pack("kr").data("lexicons/denials.yaml"))


def denied(denials: Denials, text: str) -> list[bool]:
    """Whether each [name] of the text is denied."""
    masked, places = "", []
    for at, part in enumerate(text.replace("]", "[").split("[")):
        if at % 2:
            places.append((len(masked), len(masked) + len(part)))
        masked += NAME * len(part) if at % 2 else part
    return [denials.negated(masked, start, end) for start, end in places]


@pytest.mark.parametrize(
    "text",
    [
        "no [kratom]",
        "[kratom]-free",
        "[kratom] free formula",
        "without [kava] or [kratom]",
        "does not contain [senna], [aloe] or [cascara]",
        "free from [a], [b] and [c]",
        "zero [melatonin]",
        "[melatonin]: none",
        "not [lgd] but something else",
        "instead of [melatonin]",
        "[멜라토닌] 무첨가",
        "[멜라토닌]은 넣지 않았습니다",
        "[덱사메타손]·[프레드니솔론] 등 스테로이드 성분을 사용하지 않으며",
        "무[마황]",
        "[마황] no [센나] no ",
        "[요힘빈]x 카페인",
        "[결명자]와는 다른 식물",
        "不含[西布曲明]",
        "零添加[西布曲明]、[酚酞]",
        "[褪黑素]未检出",
        "无[麻黄]",
        "[센나]잎을 전량 제외하고",
        "[시부트라민] 등 유해물질 검사를 모두 통과했습니다",
        "[시부트라민] 섞인 제품에 속지 마세요",
        "[시부트라민]은 본 제품과 무관합니다",
        "[시부트라민]? 그런 거 안 씁니다",
        "[시부트라민]·[센나] 등 어떤 의약성분도 들어 있지 않습니다",
        "no: [sibutramine], [ephedra], [dmaa]",
        "[sibutramine]? not here",
        "[yohimbine] has been removed",
        "0 mg [sibutramine]",
        "与含[西布曲明]的产品不同",
        "[西布曲明]:未检出",
        "已去除[番泻叶]",
        "无任何[西布曲明]成分",
    ],
)
def test_a_denied_name_is_not_inside(denials: Denials, text: str) -> None:
    assert all(denied(denials, text))


@pytest.mark.parametrize(
    "text",
    [
        "[kratom] free shipping",
        "no fillers, [kratom] powder",
        "buy 2 get 1 free [kratom]",
        "no side effects [sibutramine]",
        "without prescription [tadalafil]",
        "contains no sugar. [yohimbine] 5 mg",
        "unlike phentermine, [yohimbine]",
        "free from gluten, with [senna]",
        "카페인 없는 보조제 ([마황] 함유)",
        "[마황] 함유, 카페인 없음",
        "부작용 없는 [시부트라민]",
        "[시부트라민] 부작용 없음",
        "[마황] x 10",
        "无糖 [淫羊藿]",
        "无副作用 [西布曲明]",
        "不含糖的[褪黑素]",
        "[半夏] 无添加剂",
        "without [a], [b] 5mg",
    ],
)
def test_a_word_that_denies_something_else_does_not_reach_the_name(denials: Denials, text: str) -> None:
    assert not denied(denials, text)[-1]
