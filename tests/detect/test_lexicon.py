"""Every scanner gives the hits of the plain reference, whatever the text."""

from __future__ import annotations

import pickle

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.detect.hits import Hits
from mapae.detect.lexicon import ENGINES, Lexicon, Term
from mapae.detect.plain import find_plainly
from mapae.errors import UsageError
from mapae.text.fold import fold_cells

# letters that meet often, so that terms are found: Latin with leet, Hangul, jamo, Han, Greek, emoji, marks
LETTERS = "aail1o0es5t7$@|!가나닌이일1ㄱㅏㄴ金属銀αаœ½Ⅷ😀́\u200b .,-_·\t/（ﬁ"
words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=7)
any_text = st.one_of(words, st.text(max_size=20), st.lists(words, max_size=8).map(" ".join))


@st.composite
def terms(draw):
    make = st.builds(
        Term,
        text=st.one_of(words, st.text(min_size=1, max_size=4)),
        boundary=st.sampled_from(("auto", "word", "left", "none")),
        channels=st.sampled_from(("fold", "squeeze", "both")),
    )
    return tuple(tuple(draw(st.lists(make, max_size=8))) for _ in range(2))


def tuples(hits: Hits) -> list[tuple[int, ...]]:
    return [tuple(int(getattr(hits, name)[at]) for name in Hits.__slots__) for at in range(len(hits))]


def scan(lexicon: Lexicon, rows: list[list[str]]) -> list[list[tuple[int, ...]]]:
    columns = [pa.array([row[field] for row in rows], pa.string()) for field in range(2)]
    return [tuples(hits) for hits in lexicon.scan(fold_cells(columns), 2)]


@pytest.mark.parametrize("engine", ENGINES)
@settings(deadline=None, max_examples=60)
@given(asked=terms(), rows=st.lists(st.lists(any_text, min_size=2, max_size=2), min_size=1, max_size=4))
def test_a_scanner_gives_the_hits_of_the_plain_reference(engine, asked, rows):
    assert scan(Lexicon.build(asked, engine), rows) == find_plainly(asked, rows)


@settings(deadline=None, max_examples=60)
@given(asked=terms(), rows=st.lists(st.lists(any_text, min_size=2, max_size=2), min_size=1, max_size=4))
def test_terms_are_found_where_they_are_put_in(asked, rows):
    """Rows that hold the terms themselves, one behind the other, so that every pattern is met."""
    texts = [term.text for own in asked for term in own]
    rows = [*rows, [" ".join(texts), "".join(texts)], ["-".join(texts), texts[0] if texts else ""]]
    assert scan(Lexicon.build(asked), rows) == find_plainly(asked, rows)


@pytest.mark.parametrize("engine", ENGINES)
def test_borders_disguises_and_gaps_are_told(engine):
    terms = ((Term("nike", channels="both"), Term("이케"), Term("나이키", channels="both")), (Term("nike"),))
    rows = [["Nike n1ke", "n.i.k.e nikes"], ["나이키 나2키 이케아", "나 이 키 mnike"], ["", ""]]
    found = scan(Lexicon.build(terms, engine), rows)
    assert found == find_plainly(terms, rows)
    # row, field, channel, start, end, entry, left, right, changed, gaps
    assert found[0] == [
        (0, 0, 0, 0, 4, 0, 1, 1, 0, 0),
        (0, 0, 1, 4, 8, 0, 1, 1, 1, 0),
        (0, 1, 1, 0, 4, 0, 1, 1, 0, 3),
        (1, 0, 0, 0, 9, 2, 1, 1, 0, 0),
        (1, 0, 0, 18, 24, 1, 1, 0, 0, 0),
        (1, 0, 1, 9, 18, 2, 1, 1, 1, 2),
        (1, 1, 1, 0, 9, 2, 1, 1, 0, 2),
    ]
    assert found[1] == [(0, 0, 0, 0, 4, 0, 1, 1, 0, 0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_more_hits_than_first_had_room_are_all_given(engine):
    lexicon = Lexicon.build(
        ((Term("가"), Term("가가"), *(Term("가", ref=str(i)) for i in range(20))),), engine
    )
    rows = [["가 " * 3000, ""]]
    assert len(scan(lexicon, rows)[0]) == 21 * 3000


def test_a_lexicon_without_terms_or_text_finds_nothing():
    assert scan(Lexicon.build(((), (Term(""),))), [["text", "text"]]) == [[], []]
    assert [len(hits) for hits in Lexicon.build(((Term("a"),),)).scan(fold_cells([]), 1)] == [0]


def test_a_stored_lexicon_finds_the_same():
    terms = ((Term("nike", channels="both"),), ())
    lexicon = Lexicon.build(terms)
    rows = [["a n i k e", "nike"]]
    expected = scan(lexicon, rows)
    assert scan(pickle.loads(pickle.dumps(lexicon)), rows) == expected != [[], []]


def test_an_unknown_scanner_is_refused():
    with pytest.raises(UsageError, match="there is no scanner 'grep'"):
        scan(Lexicon.build(((Term("a"),),), "grep"), [["a", ""]])


def test_hits_of_a_row_are_those_of_the_row():
    hits = Lexicon.build(((Term("a"),),)).scan(fold_cells([pa.array(["a", "b", "a a"])]), 1)[0]
    assert [len(hits.of_row(row)) for row in range(3)] == [1, 0, 2]
    assert np.array_equal(hits.take(hits.start == 2).row, [2])
    assert len(Hits.none()) == 0
