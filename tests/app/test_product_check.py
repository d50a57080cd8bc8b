"""What a consumer pastes is held against recalls and blocked ingredients as screening does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.app.product_check import MOST, addresses, barcodes, check_product, safety_notices
from mapae.app.product_index import notice_index
from tests.app.importing import run

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 25)


def test_brand_product_and_model_of_a_notice_tell_it_for_sure():
    found = check_product(
        "라이벌 Rival brand electric griddle XJ-14207, 공유합니다 https://lumibay.example/i/1", DAY
    )
    assert [(each.reference_id, each.sure) for each in found.known] == [("cpsc:16062", True)]
    assert "XJ-14207" in found.known[0].seen
    assert found.known[0].provision.startswith("PSF")
    assert found.addresses == ("https://lumibay.example/i/1",)


def test_a_model_by_itself_is_only_alike():
    found = check_product("XJ-14207", DAY)
    assert [(each.reference_id, each.sure) for each in found.known] == [("cpsc:16062", False)]


@pytest.mark.parametrize("each", safety_notices(DAY, 50), ids=lambda each: each.reference_id)
def test_whoever_pastes_the_title_of_a_notice_is_not_told_that_nothing_is_known(each):
    if len("".join(filter(str.isalnum, each.title))) >= 15:
        told = [known.reference_id for known in check_product(f"이거 리콜됐나요? {each.title}", DAY).known]
        assert each.reference_id in told


@pytest.mark.parametrize(
    ("text", "sure"),
    [("리콜 번호: 26-498", True), ("CPSC 26498 인가요", True), ("Recall No. 26-498", True), ("26498", False)],
)
def test_the_number_of_a_notice_leads_to_it(text, sure):
    found = check_product(text, DAY).known
    assert [(each.reference_id, each.sure) for each in found] == [("cpsc:26498", sure)]


@pytest.mark.parametrize(
    "text",
    ["xj 14207", "XJ-142O7", "ＸＪ－１４２０７", "모델명: XJ-14207", "Model No.: XJ-14207 / 220V~ 60Hz 1500W MADE IN CHINA",
     "77￥ CZ0001 abCdEf￥ https://m.tb.cn/h.gX XJ-14207 电煎锅 点击链接"],
)  # fmt: skip
def test_a_model_typed_from_a_label_or_hidden_in_a_share_text_is_alike(text):
    assert [(each.reference_id, each.sure) for each in check_product(text, DAY).known] == [
        ("cpsc:16062", False)
    ]


def test_what_is_shown_as_seen_is_what_was_written():
    assert check_product("XJ-142O7", DAY).known[0].seen == ("XJ-142O7",)
    assert check_product("xj 14207", DAY).known[0].seen == ("xj 14207",)


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("Temu에서 찾았어요! Royal Gourmet GG2004 2-Burner Gas Grill https://share.temu.com/AbC", "cpsc:20178"),
        ("https://www.temu.com/kr/royal-gourmet-gg2004-2-burner-propane-gas-grill-g-601.html", "cpsc:20178"),
        ("쿠팡을 추천합니다! Petzl Nomic ergonomic ice axe U021AA00 https://link.coupang.com/a/bXyZ12", "cpsc:26347"),
        ("SHEIN에서 발견했어요 Mittal International Baby Blanket MI-B1 https://api-shein.shein.com/h5/x", "cpsc:23018"),
        ("https://www.coupang.com/vp/products/1?q=%EB%A9%9C%EB%9D%BC%ED%86%A0%EB%8B%8C", "mfds:Melatonin"),
        ("【淘宝】https://m.tb.cn/h.abc 「褪黑素软糖 60粒」 点击链接直接打开", "mfds:Melatonin"),
    ],
)  # fmt: skip
def test_what_apps_put_into_a_share_text_is_read_around_and_within_the_address(text, notice):
    assert [(each.reference_id, each.sure) for each in check_product(text, DAY).known] == [(notice, True)]


@pytest.mark.parametrize("text", ["멜라토닌 5mg 젤리", "M3lat0nin gummies 60ct", "褪黑素软糖"])
def test_a_blocked_ingredient_is_told_in_any_language_and_disguise(text):
    known = check_product(text, DAY).known
    assert [(each.kind, each.reference_id, each.source) for each in known] == [
        ("blocked", "mfds:Melatonin", "mfds")
    ]
    assert date.fromisoformat(known[0].date) <= DAY


@pytest.mark.parametrize("text", ["면 양말 10켤레", "https://lumibay.example/i/10294877", "1234"])
def test_of_an_ordinary_product_nothing_is_known_and_it_is_said_what_was_looked_at(text):
    found = check_product(text, DAY)
    assert found.known == ()
    assert found.notices > 1000
    assert found.newest >= "2026-01-01"


def test_numbers_are_barcodes_only_with_their_check_digit():
    assert barcodes("400-638 1333931, 4006381333931") == ("4006381333931",)
    assert check_product("４００６３８１３３３９３１", DAY).codes == ("4006381333931",)
    assert barcodes("4006381333932 010-1234-5678") == ()
    assert barcodes("https://lumibay.example/4006381333931") == ()


def test_addresses_end_where_the_sentence_goes_on():
    assert addresses("m.ali.example/item/1.html, me@mail.example") == ("https://m.ali.example/item/1.html",)
    assert addresses("(https://a.example/x?y=1), https://b.example.") == (
        "https://a.example/x?y=1",
        "https://b.example",
    )


def test_notices_are_newest_first_and_none_is_of_a_later_day():
    days = [each.date for each in safety_notices(date(2020, 1, 31), most=10)]
    assert days == sorted(days, reverse=True)
    assert len(days) == 10
    assert max(days) <= "2020-01-31"


def test_the_index_is_built_once_until_a_list_is_imported(tmp_path, monkeypatch):
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path))
    first = notice_index("kr", DAY)
    assert notice_index("kr", DAY) is first
    path = tmp_path / "own.csv"
    path.write_text("id,title,date,gtins\nX1,Kettle that boils over,2026-11-20,4006381333931\n")
    run("csv", str(path), tmp_path / "lists", list="recalls")
    second = notice_index("kr", DAY)
    assert second is not first and len(second.by_id) == len(first.by_id) + 1
    (known,) = check_product("4006381333931", DAY).known
    assert (known.title, known.sure) == ("Kettle that boils over", True)


@pytest.mark.no_cover
@given(st.text(max_size=MOST + 50))
def test_any_text_is_looked_up_without_an_error(text):
    assert all(each.reference_id for each in check_product(text, DAY).known)
