"""Lines of PDF pages laid together again: paragraphs, headings, tables, columns."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pypdf import PdfReader

from mapae.sources.pdf_lines import Line, lines, width
from mapae.sources.pdf_text import reflow
from tests.sources.pdf_made import Word, column, write_pdf


def page(*texts: str, x: float = 50, top: float = 700, number: int = 0) -> list[Line]:
    """Lines of one size, one below another; a word a size wide at the most is left of the edge."""
    return [
        Line(text, x, x + 10 * width(text.rstrip()), top - 15 * at, 10, number)
        for at, text in enumerate(texts)
    ]


def read(tmp_path: Path, *pages: list[Word]) -> str:
    made = PdfReader(write_pdf(tmp_path / "made.pdf", pages)).pages
    return reflow([lines(each, number) for number, each in enumerate(made)])


def test_a_broken_sentence_is_one_again_and_a_heading_stays_alone():
    told = reflow([
        page("1. Retention", "We keep account data until you close your ac-", "count and all invoices for seven years af-",
             "ter the purchase, and the account is closed.", "Paper records are shredded at the end.", "2. Rights")
    ])  # fmt: skip
    assert told.split("\n") == [
        "1. Retention",
        "We keep account data until you close your account and all invoices for seven years after the purchase, "
        "and the account is closed. Paper records are shredded at the end.",
        "2. Rights",
    ]


def test_a_hyphen_stays_where_the_word_or_the_address_is_written_with_it():
    told = reflow([
        page("We share data with third-party firms and no third-", "party is told more. Write to the people at data-",
             "help@a.example, or to 12 Nuri-daero and Toegye-", "ro, Seoul, telephone number +82-2-0000-1111-", "2222.")
    ])  # fmt: skip
    for words in ("no third-party is", "data-help@a.example", "Toegye-ro", "1111-2222"):
        assert words in told


def test_hangul_is_joined_as_the_last_space_of_its_line_tells():
    told = reflow([
        page("회사는 귀하의 개인정보를 소중히 여기며 귀", "하가 서비스를 이용할 때 수집한 정보를 안 ", "전하게 보관합니다.")
    ])  # fmt: skip
    assert (
        told
        == "회사는 귀하의 개인정보를 소중히 여기며 귀하가 서비스를 이용할 때 수집한 정보를 안 전하게 보관합니다."
    )


def test_hangul_without_such_spaces_is_joined_as_the_other_words_tell():
    told = reflow([
        page("국내대리인은 나래유한회사 입니다. 대표 나래유한회", "사 소재지는 서울 3층이고 회원의 개인정보 보호책임자",
              "는 따로 정하여 회원에게 알려 드린 뒤에 알려 드립니", "다.")
    ])  # fmt: skip
    assert told.endswith(
        "나래유한회사 소재지는 서울 3층이고 회원의 개인정보 보호책임자는 따로 정하여 회원에게 알려 드린 뒤에 알려 드립니다."
    )


def test_ideographs_are_joined_without_a_space_and_letters_spaced_out_stand_together():
    told = reflow(
        [page("我们仅在为实现本政策所述目的所必需的期限内保存您", "的个人信息。", "七 、 如 何 联 系 我 们")]
    )
    assert (
        told
        == "我们仅在为实现本政策所述目的所必需的期限内保存您的个人信息。\n七 、 如 何 联 系 我 们".replace(
            " ", ""
        )
    )


def test_running_heads_and_page_numbers_go():
    pages = [
        [
            Line("Example Shop", 50, 110, 800, 8, at),
            *page(f"A line of page {name}.", number=at),
            Line(f"- {at + 1} / 3 -", 290, 310, 30, 8, at),
        ]
        for at, name in enumerate("abc")
    ]
    assert reflow(pages).split() == [word for name in "abc" for word in f"A line of page {name}.".split()]


def test_pages_without_words_give_nothing():
    assert reflow([]) == reflow([[], []]) == ""


def test_larger_letters_are_headings_and_blocks_stand_apart(tmp_path):
    words = [
        (50, 780, 20, "Privacy Policy"),
        (50, 740, 13, "Security"),
        *column(["We encrypt.", "We lock."], 50, 715),
    ]
    assert read(tmp_path, words) == "# Privacy Policy\n\n## Security\n\nWe encrypt.\nWe lock."


def test_cells_side_by_side_are_a_table_with_broken_cells_whole(tmp_path):
    words = [
        (50, 700, 10, "We hand data on as follows:"),
        (60, 670, 10, "Recipient"), (200, 670, 10, "Purpose"), (340, 670, 10, "Data"),
        *column(["Blue Truck Express", "Ltd."], 60, 646), *column(["Delivery of", "orders"], 200, 646),
        (340, 646, 10, "Address"),
        (60, 608, 10, "Pay Inc."), (200, 608, 10, "Payment"), (340, 608, 10, "Card number"),
        (50, 570, 10, "Nothing else is handed on."),
    ]  # fmt: skip
    assert read(tmp_path, words).split("\n") == [
        "We hand data on as follows:",
        "",
        "| Recipient | Purpose | Data |",
        "|---|---|---|",
        "| Blue Truck Express Ltd. | Delivery of orders | Address |",
        "| Pay Inc. | Payment | Card number |",
        "",
        "Nothing else is handed on.",
    ]


def test_a_cell_that_reaches_over_two_rows_is_said_in_both(tmp_path):
    words = [
        (60, 700, 10, "Law"), (200, 700, 10, "Record"), (340, 700, 10, "Years"),
        (60, 676, 10, "Act 6"), (200, 676, 10, "Contracts"), (340, 676, 10, "5 years"),
        (200, 652, 10, "Complaints"), (340, 652, 10, "3 years"),
    ]  # fmt: skip
    assert read(tmp_path, words).split("\n")[-1] == "| Act 6 | Complaints | 3 years |"


def test_two_columns_are_read_one_after_the_other(tmp_path):
    left = [
        "The shop keeps your name and your address, and",
        "the number of the parcel, for as long as the",
        "account is open, and the invoices for a further",
    ]
    right = ["year after it was closed. Then all of it will be", "erased.", "Nobody else is told."]
    told = read(tmp_path, [*column(left, 50, 700), *column(right, 320, 700)])
    assert (
        "for a further year after it was closed. Then all of it will be erased.\nNobody" in told
        and "|" not in told
    )


class Told:
    """A page that tells its stretches of text, as pypdf does."""

    mediabox = SimpleNamespace(height=842.0)

    def __init__(self, *stretches: tuple[str, float]) -> None:
        self.stretches = stretches

    def extract_text(self, visitor_text: Any) -> None:
        for text, x in self.stretches:
            visitor_text(text, [1, 0, 0, 1, 0, 0], [1, 0, 0, 1, x, 700], None, 10.0)


def test_glyphs_shared_by_characters_are_read_as_the_characters_meant():
    (line,) = lines(Told(("⽤户适⽤于本⻚⾯，E-mail: oﬃ", 50), ("ce@a.example", 190)), 0)
    assert line.text == "用户适用于本页面，E-mail: office@a.example"


def test_characters_set_apart_to_fill_a_line_stand_together():
    (line,) = lines(Told(("地", 50), ("", 50), (" 址", 63), ("", 63), (" ，", 76), (" 3F", 90)), 0)
    assert line.text == "地址， 3F"
