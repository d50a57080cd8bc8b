"""A firm's name taken apart: folded, without decorations and forms, its places, nations and trades told as concepts."""

from __future__ import annotations

import pytest

from mapae.text.names.words import Parts, fold_name, german, take_apart, undecorated


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("M·A·C", "mac"),
        ("J・C・B", "jcb"),
        ("L.L.C. x", "llc x"),
        ("J.Co", "j.co"),
        ("amazon.com", "amazon"),
        ("naver.co.kr store", "naver store"),
        ("Tom.company", "tom.company"),
        ("H&M", "h and m"),
        ("㈜한빛", " 한빛"),
        ("Ｎｏｒｄ ñÅç", "nord nac"),
        ("\u1112\u1161\u11ab글", "한글"),
        ("ガム パン", "ガム パン"),
        ("colour Harbour colourful", "color harbor colourful"),
        ("龍門", "龙门"),
    ],
)
def test_a_name_is_folded_without_marks_sites_and_other_spellings(text, folded):
    assert fold_name(text) == folded


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Müller", "mueller"),
        ("Mu\u0308ller", "mueller"),
        ("Ångström Œuvre", "aangstroem oeuvre"),
        ("Straße", "strasse"),
    ],
)
def test_umlauts_and_nordic_vowels_are_written_out(text, written):
    assert german(text) == written


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("공식 앤커", "앤커"),
        ("앤커공식", "앤커"),
        ("[공식]  앤커_몰", "앤커 몰"),
        ("Anker  official", "anker"),
        ("Anker-Official", "anker"),
        ("anker | official store - official", "anker"),
        ("Officially Anker", "officially anker"),
        ("Anker officialx", "anker officialx"),
        ("旗舰店", "旗舰店"),
        ("〈Anker〉 {air} <b>", "〈anker〉 air b"),
    ],
)
def test_decorations_go_at_both_ends_and_signs_become_spaces(text, left):
    assert undecorated(text) == left


def parts(text: str, **how: object) -> tuple[str, str, str]:
    """core, whole and the concepts of a name, in words."""
    found = take_apart(text, **how)
    concepts = [
        *sorted(found.trade),
        *(f"in {one}" for one in found.places),
        *(f"of {one}" for one in found.nations),
    ]
    return " ".join(found.core), found.whole, " ".join(concepts)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("PT Maju Jaya", "maju jaya"),
        ("The Body", "body"),
        ("the Co. Ltd", "co"),
        ("Jusik Hoesa Hanbit", "hanbit"),
        ("Jusik Hoesa", "jusik hoesa"),
        ("Kabushiki Kaisha Meiwa", "meiwa"),
        ("Acme Co., Ltd.", "acme"),
        ("Acme Co Ltd Inc", "acme"),
        ("Acme GmbH & Co. KG", "acme"),
        ("Acme GmbH and Co", "acme"),
        ("Ltd", "ltd"),
        ("Co Ltd", "co"),
        ("The House of Love", "house love"),
        ("Love and the House", "love house"),
        ("주식회사", ""),
        ("주식회사 한빛", "한빛"),
        ("한빛주식회사", "한빛"),
        ("한빛 (주)", "한빛"),
        ("한빛 주", "한빛"),
        ("한빛주", "한빛주"),
        ("주한빛", "주한빛"),
        ("유한빛", "유한빛"),
        ("有限公司", ""),
        ("宏达有限公司", "宏达"),
        ("公司宏", "公司宏"),
        ("公司宏达", "宏达"),
        ("株式会社ソニー", "ソニー"),
        ("ソニー株式会社", "ソニー"),
        ("abc한빛ソニー宏达", "abc 한빛 ソニー 宏达"),
        ("zeta zz", "zeta zz"),
        ("가 힣", "가 힣"),
        ("㐀㐁 鿿鿿", "㐀㐁 鿿鿿"),
    ],
)
def test_a_company_form_is_dropped_at_either_end_as_long_as_something_stays(name, core):
    assert parts(name)[0] == core


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Bank of America", ("bank america", "bankof", "of america")),
        ("Toys and Trading", ("toys trading", "toysandtrading", "")),
        ("Shenzhen City Trading Company", ("shenzhen trading", "trading", "")),
        ("Import and Export Trade Acme", ("acme", "importandexporttradeacme", "import_export")),
        ("Acme Imp Exp", ("acme", "acmeimpexp", "import_export")),
        ("Acme Home Appliances", ("acme", "acmehomeappliances", "appliances")),
        ("Nara Trading Trading Shenzhen City", ("nara", "naratradingtrading", "trading in shenzhen")),
        ("Hong Kong Trading", ("hongkong trading", "trading", "of hongkong")),
        ("Acme of Korea", ("acme", "acmeof", "of korea")),
        ("Import Export", ("import_export", "importexport", "")),
        ("심천시한빛무역", ("한빛", "한빛무역", "trading in shenzhen")),
        ("광동심천한빛", ("한빛", "한빛", "in shenzhen")),
        ("심천코리아한빛", ("코리아한빛", "코리아한빛", "in shenzhen")),
        ("코리아한빛", ("한빛", "한빛", "of korea")),
        ("한빛코리아", ("한빛", "한빛", "of korea")),
        ("한무역", ("한무역", "한무역", "")),
        ("무역", ("trading", "무역", "")),
        ("한국전자", ("korea electronics", "전자", "of korea")),
        ("한빛전자무역", ("한빛", "한빛전자무역", "electronics trading")),
        ("宏达厂", ("宏达", "宏达厂", "manufacturing")),
        ("宏厂", ("宏厂", "宏厂", "")),
        ("玩具厂", ("manufacturing toys", "玩具厂", "")),
        ("东莞市宏达玩具厂", ("宏达", "宏达玩具厂", "manufacturing toys in dongguan")),
        ("中国宏达科技有限公司", ("宏达", "宏达科技", "technology of china")),
        ("ソニージャパン", ("ソニー", "ソニー", "of japan")),
        ("123상사", ("123", "123상사", "commerce")),
        ("한빛 abc 무역", ("한빛 abc", "한빛abc무역", "trading")),
        ("z전자", ("z", "z전자", "electronics")),
    ],
)
def test_places_nations_and_trades_are_concepts_and_a_name_of_nothing_else_keeps_them_as_its_core(name, told):
    assert parts(name) == told


@pytest.mark.parametrize(
    ("letters", "trade"),
    [
        ("Byuti", "beauty"),
        ("Gwagi", "technology"),
        ("Jinchulgu", "import_export"),
        ("Jinchukou", "import_export"),
        ("Fuzhuang", "garment"),
        ("Shizhuang", "fashion"),
        ("Dianzi", ""),
        ("Jiaoyi", ""),
    ],
)
def test_a_word_of_trade_is_known_in_latin_letters_too_where_it_is_long_enough_to_be_no_name(letters, trade):
    assert parts(f"{letters} Acme")[2] == trade
    assert parts("Simcheon Acme")[2] == ""


def test_only_some_trades_may_be_taken_off_and_places_left_where_they_are():
    some = frozenset({"electronics"})
    assert parts("맥스파워전자") == ("맥스", "맥스파워전자", "electronics power")
    assert parts("맥스파워전자", only=some) == ("맥스파워", "맥스파워전자", "electronics")
    assert parts("Max Electronics Trading", only=some) == (
        "max trading",
        "maxelectronicstrading",
        "electronics",
    )
    assert parts("宏达玩具科技", only=some)[0] == "宏达玩具科技"
    assert parts("광동제약", places=False) == ("광동", "광동제약", "pharma")
    assert parts("Shenzhen Hanbit Korea", places=False) == ("shenzhen hanbit", "shenzhenhanbit", "of korea")
    assert take_apart("...") == Parts((), "", frozenset(), frozenset(), frozenset())
