"""Lines: those of a text broken at a width are joined, all others stay."""

from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from mapae.measures.privacy.lines import lines_in, untagged

PARAGRAPH = (
    "We keep the records of your orders for five years, because the law asks for it, and delete them afterwards so that "
    "nobody can bring them back."
)


def test_a_paragraph_broken_at_a_width_is_one_line_and_its_neighbours_are_not() -> None:
    parts = [
        f"{number}. Heading\n\n" + textwrap.fill(PARAGRAPH, 70) + "\n\n- one thing\n- another"
        for number in range(1, 7)
    ]
    found = [line.group().replace("\n", " ") for line in lines_in("\n\n".join(parts))]
    assert found[:4] == ["1. Heading", PARAGRAPH, "- one thing", "- another"] and len(found) == 24


def test_a_number_that_ends_a_sentence_leads_no_list() -> None:
    told = "We do not knowingly collect anything from anyone under the age of\n13. Tell us if we did, and we shall delete it."
    text = "\n\n".join([told, *[textwrap.fill(PARAGRAPH, 70)] * 6])
    assert lines_in(text)[0].group() == told


def test_a_text_of_whole_paragraphs_stays_as_it_is() -> None:
    text = "\n".join([PARAGRAPH, "and a line that begins small"] * 12)
    assert len(lines_in(text)) == 24


def test_tags_of_parts_are_no_words_and_their_headings_are_marked() -> None:
    text = "<details><summary>How long</summary>\n\nSeven years.\n</details>\n<h2>Rights</h2>\nWrite to <us>."
    told = untagged(text)
    assert len(told) == len(text)
    assert [line.split() for line in told.split("\n") if line.strip()] == [
        ["##", "How", "long"], ["Seven", "years."], ["##", "Rights"], ["Write", "to", "<us>."],
    ]  # fmt: skip


@given(st.text(alphabet="ab. \n|-1", max_size=400))
def test_lines_are_exact_spans_that_leave_nothing_out(text: str) -> None:
    found = lines_in(text)
    assert "".join("".join(line.group().split()) for line in found) == "".join(text.split())
