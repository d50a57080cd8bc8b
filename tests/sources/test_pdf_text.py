"""Lines of PDF pages laid together again."""

from __future__ import annotations

from mapae.sources.pdf_text import reflow


def test_a_broken_sentence_is_one_again_and_a_heading_stays_alone():
    page = (
        "1. Retention\nWe keep account data until you close your ac-\ncount and all invoices for seven years\n"
        "after the purchase.\nPaper records are shredded at the end.\n2. Rights"
    )
    assert reflow([page]).split("\n") == [
        "1. Retention",
        "We keep account data until you close your account and all invoices for seven years after the purchase.",
        "Paper records are shredded at the end.",
        "2. Rights",
    ]


def test_a_hyphen_stays_where_the_word_or_the_address_is_written_with_it():
    page = "We share data with third-party firms, and no third-\nparty is told more; write to data-\nhelp@a.example for it"
    assert reflow([page]) == page.replace("-\n", "-")


def test_hangul_is_joined_as_the_last_space_of_its_line_tells():
    page = "회사는 귀하의 개인정보를 소중히 여기며 귀\n하가 서비스를 이용할 때 수집한 정보를 안전하게 \n보관합니다."
    assert (
        reflow([page])
        == "회사는 귀하의 개인정보를 소중히 여기며 귀하가 서비스를 이용할 때 수집한 정보를 안전하게 보관합니다."
    )


def test_ideographs_are_joined_without_a_space_and_letters_spaced_out_stand_together():
    page = "我们仅在为实现本政策所述目的所必需的期限内保存您\n的个人信息。\n七 、 如 何 联 系 我 们"
    assert reflow([page]) == "我们仅在为实现本政策所述目的所必需的期限内保存您的个人信息。\n七、如何联系我们"


def test_running_heads_and_page_numbers_go():
    pages = [f"Example Shop\nA line of page {name}.\n- {at} -" for at, name in enumerate("abc")]
    assert reflow(pages).split("\n") == [f"A line of page {name}." for name in "abc"]


def test_pages_without_words_give_nothing():
    assert reflow([]) == reflow(["", " \n "]) == ""
