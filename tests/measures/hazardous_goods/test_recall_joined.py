"""The quick search for joined words finds what spelling out every way to join them finds."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.detect.recall_terms import apart
from mapae.measures.hazardous_goods.recalls.joined import Joined, Piece

PIECE = re.compile(r"[0-9a-z+]+|[\uac00-\ud7a3]+|[\u3400-\u9fff]")
WORDS = ["a", "bk", "100", "x", "9", "+", "slim", "보조", "电", " ", " ", "-", ". ", ", ", "  ", "(", "é"]
TEXT = st.lists(st.sampled_from(WORDS), max_size=24).map("".join)


def _spelled(text: str, pieces: list[Piece], lead: int) -> dict[str, list[tuple[int, int]]]:
    """Spans of words alone and up to eight put together; from `lead` on only those with a sign in the first two."""
    found: dict[str, list[tuple[int, int]]] = {}
    marked = [not word.isalpha() for word, _, _ in pieces] + [False]
    for at, (first, start, _) in enumerate(pieces):
        if not first.isascii() or (start >= lead and not (marked[at] or marked[at + 1])):
            continue
        joined, end, last = "", start, ""
        for word, begin, stop in pieces[at : at + 8]:
            short = text[end:begin] == ". " and last.isalpha() and len(last) <= 3
            if not word.isascii() or (begin - end > 1 and apart(text, end, begin) and not short):
                break
            joined, end, last = joined + word, stop, word
            found.setdefault(joined, []).append((start, end))
    return found


@settings(max_examples=400, deadline=None)
@given(
    text=TEXT, lead=st.sampled_from([0, 7, 900]), extra=st.sampled_from(["bk", "a", "100", "x9", "bk100x"])
)
def test_every_joined_word_is_found_where_it_stands(text: str, lead: int, extra: str) -> None:
    pieces = [(m.group(), m.start(), m.end()) for m in PIECE.finditer(text)]
    joined, spelled = Joined.of(text, pieces), _spelled(text, pieces, lead)
    for key in {*spelled, extra}:
        assert list(joined.find(key, lead)) == spelled.get(key, [])
        longer = [
            (word, *span)
            for word, spans in spelled.items()
            if word.startswith(key) and 0 < len(word) - len(key) <= 4
            for span in spans
        ]
        assert sorted(joined.suffixed(key, lead)) == sorted(longer)


def test_a_stop_behind_a_short_word_does_not_part_a_name() -> None:
    text = "dr. mercola oil"
    joined = Joined.of(text, [(m.group(), m.start(), m.end()) for m in PIECE.finditer(text)])
    assert list(joined.find("drmercola", 900)) == [(0, 11)]


def test_an_empty_key_stands_nowhere() -> None:
    assert list(Joined.of("bk 100", [("bk", 0, 2), ("100", 3, 6)]).find("", 900)) == []
