"""Legal quantities read in words, in Korean and English, whatever sort of value they have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from mapae.law.words import cited, in_words
from mapae.pack import load_pack


@pytest.mark.parametrize(
    ("key", "korean", "english"),
    [
        ("eca.18.refund_period", "3 영업일", "3 business days"),
        ("eca.20-5.written_form", "예", "yes"),
        ("eca.20-5.roles", "통신판매업자, 통신판매중개업자", "seller, intermediary"),
        ("cus.254-2.list_price", "기본: 150 미국 달러; 미국: 200 미국 달러", "otherwise: 150 USD; United States: 200 USD"),
        ("kid.limits.textile", "pH: 4.0~7.5 pH", "pH: 4.0 to 7.5 pH"),
        ("chm.limits.adhesive", "톨루엔: 1000 mg/kg 이하", "toluene: at most 1000 mg/kg"),
    ],
)  # fmt: skip
def test_a_quantity_is_said_with_its_unit(key: str, korean: str, english: str) -> None:
    pack = load_pack("kr")
    found = pack.parameters[key]
    value = found.values[-1].value
    assert (in_words(pack, found, value, "ko"), in_words(pack, found, value, "en")) == (korean, english)


def test_an_article_is_cited_in_every_language_and_what_is_none_stays_as_it_is() -> None:
    pack = load_pack("kr")
    told = {
        "ko": "전자상거래법 제20조의5제3항",
        "en": "E-Commerce Act Art. 20-5(3)",
        "zh": "电子商务消费者保护法第20条之5第3款",
    }
    assert cited(pack, "ECA 20-5(3)") == told
    assert set(cited(pack, "no article").values()) == {"no article"}


def test_every_word_of_the_shipped_quantities_is_known_in_korean() -> None:
    pack = load_pack("kr")
    known = pack.data("documents/laws.yaml")
    said = {**known["values"], **known["units"], **{word: {"ko": word} for word in ("pH", "mg/kg", "cfu/g")}}
    words = {
        word for found in pack.parameters.values() for dated in found.values for word in _words(dated.value)
    }
    assert {word for word in words if not said.get(word, {}).get("ko") and word != "presence"} == set()


def _words(value: Any) -> Iterator[str]:
    """Words of lists and maps; not the fields of a limit, numbers, times, days or articles."""
    if isinstance(value, dict):
        fields = {"unit", "max", "min", "absent"}
        yield from (str(name) for name in value if not {"unit"} <= set(value) or name not in fields)
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _words(item)
    if isinstance(value, str) and not value[:1].isdigit() and " " not in value:
        yield value
