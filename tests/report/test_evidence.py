"""Reasons are marked where they were seen, each once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import mapae
from mapae.report.details import detail_in
from mapae.report.evidence import evidence
from mapae.report.striking import hidden_reason, striking

PACK = Path(mapae.__file__).parent / "packs/kr"


def reason(
    field: str, start: int, end: int, seen: str, matched: str = "x", detail: str = "", score: float = 1.0
):
    return {
        "field": field, "start": start, "end": end, "seen": seen, "matched": matched, "detail": detail, "score": score,
    }  # fmt: skip


def row(reasons, around=None, title="나ㅇㅣ키 덩크 미러급", **more):
    return {
        "measure": "counterfeits", "check": "c", "subject_kind": "listing", "subject_title": title, "reasons": reasons,
        "around": around or [{"before": "", "after": ""} for _ in reasons], "severity": "high", "score": 0.9,
        "reference_id": "brand:Nike",
    } | more  # fmt: skip


def test_spans_of_the_title_are_marked_in_the_title():
    found = evidence(row([reason("title", 0, 4, "나ㅇㅣ키"), reason("title", 8, 11, "미러급", "grade")]))
    assert found.title.parts == (("나ㅇㅣ키", True, (1,)), (" 덩크 ", False, ()), ("미러급", True, (2,)))
    assert found.snippets == ()


def test_spans_that_overlap_share_what_they_share():
    found = evidence(
        row([reason("title", 0, 4, "abcd", "x"), reason("title", 2, 6, "cdef", "y")], title="abcdef")
    )
    assert found.title.parts == (("ab", True, ()), ("cd", True, (1,)), ("ef", True, (2,)))


def test_pieces_of_another_field_that_touch_become_one():
    text = "0123456789abcdefghij"
    reasons = [reason("description", 4, 6, "45", "x"), reason("description", 10, 12, "ab", "y")]
    around = [{"before": text[:4], "after": text[6:14]}, {"before": text[2:10], "after": text[12:]}]
    found = evidence(row(reasons, around))
    assert len(found.snippets) == 1
    assert "".join(part for part, *_ in found.snippets[0].parts) == text
    assert [part for part, marked, _ in found.snippets[0].parts if marked] == ["45", "ab"]
    assert not found.snippets[0].cut_before


def test_pieces_far_apart_stay_apart_and_say_that_text_is_left_out():
    reasons = [reason("description", 100, 102, "AA", "x"), reason("description", 900, 902, "BB", "y")]
    around = [{"before": "b" * 80, "after": "a" * 80}, {"before": "b" * 80, "after": "end"}]
    first, second = evidence(row(reasons, around)).snippets
    assert (first.cut_before, first.cut_after) == (True, True)
    assert (second.cut_before, second.cut_after) == (True, False)


def test_equal_reasons_share_a_number():
    found = evidence(row([reason("title", 0, 1, "a", "x"), reason("title", 2, 3, "a", "x")], title="a a"))
    assert [number for number, *_ in found.reasons] == [1]
    assert found.title.parts == (("a", True, (1,)), (" ", False, ()), ("a", True, (1,)))


def test_a_reason_without_a_span_is_listed_and_marks_nothing():
    found = evidence(row([reason("price", 0, 0, "79")]))
    assert found.snippets == ()
    assert len(found.reasons) == 1


def test_a_span_that_is_not_in_the_title_as_told_is_shown_as_a_piece():
    found = evidence(row([reason("title", 0, 3, "새 글")], title="다른 제목"))
    assert [piece.field for piece in found.snippets] == ["title"]


@pytest.mark.parametrize("seen", ["N\u200bike", "나ㅇㅣ키", "N1ke", "N i k e", "Niкe", "Ｎｉｋｅ"])
def test_words_in_disguise_come_before_plain_ones(seen):
    plain = row([reason("title", 0, 4, "Nike", "Nike")], reference_id="brand:A")
    hidden = row([reason("title", 0, len(seen), seen, "Nike")], reference_id="brand:B")
    assert striking([plain, hidden], 1)[0]["reference_id"] == "brand:B"
    assert hidden_reason(hidden)["seen"] == seen


def test_checks_take_turns_and_no_reference_comes_twice():
    rows = [row([reason("title", 0, 1, "a")], reference_id=f"brand:{n}") for n in (1, 1, 2)]
    rows.append(row([reason("title", 0, 1, "a")], check="a", reference_id="class:scam"))
    assert [item["reference_id"] for item in striking(rows, 9)] == ["brand:1", "class:scam", "brand:2"]


def test_a_sentence_that_is_not_known_stays_as_it_is():
    assert detail_in("nobody ever wrote this", "ko") == "nobody ever wrote this"
    assert detail_in("", "ko") == ""


def test_what_all_reasons_end_with_is_said_once():
    tail = "cpsc:26127, 2025-12-04: Dressers (tip over)"
    reasons = [
        reason("title", 0, 1, "a", "x", f"the brand of the notice; {tail}"),
        reason("title", 2, 3, "b", "y", f"the kind of goods; {tail}"),
    ]
    found = evidence(row(reasons, title="a b"))
    assert found.about == tail
    assert [said for *_, said in found.reasons] == ["the brand of the notice", "the kind of goods"]
    assert detail_in(found.about, "ko") == "리콜 cpsc:26127 (2025-12-04) Dressers (넘어짐)"
    assert evidence(row(reasons[:1], title="a b")).about == ""


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("the brand's name", "상표명"),
        ("the words say alcoholic drinks", "문구가 가리키는 상품: 주류"),
        ("a genuine bag costs 700 USD at the least", "정품 가방은(는) 최소 700달러"),
        (
            "the brand of the notice; cpsc:1, 2025-01-01: Things (fire)",
            "공지의 브랜드; 리콜 cpsc:1 (2025-01-01) Things (화재)",
        ),
        ("the brand of the notice; something new", "공지의 브랜드; something new"),
    ],
)
def test_sentences_are_told_in_korean_with_their_names_and_numbers(english, korean):
    assert detail_in(english, "ko") == korean
    assert detail_in(english, "en") == english


def test_every_sentence_of_the_advert_rules_is_told_in_korean():
    rules = yaml.safe_load((PACK / "lexicons/adverts.yaml").read_text("utf-8"))
    said = {row["says"] for row in [*rules["rules"], *rules["classes"].values()]}
    assert not {sentence for sentence in said if detail_in(sentence, "ko") == sentence}
