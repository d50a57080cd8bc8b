"""One text in both channels, character by character: what it becomes, where it stood, what is marked."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.text.fold import FoldedText, fold_text, fold_words
from mapae.text.tables import KIND

NAMES = {number: name for name, number in KIND.items()}
CROWD = "가각나ㄱㅏㅋㅣ\u1100\u1161\u11a8\u1112\u1175\u11c2 01lLé|!$@€ё\u200b\u0301ﾊﾞ龍½ﬁ㈎😀.,-"


def told(text: str, channel: int = 0) -> list[tuple[str, str]]:
    """Each folded character with the piece of the original it stands for."""
    return [(piece.text, text[piece.start : piece.end]) for piece in fold_text(text, channel).pieces]


def marked(text: str, channel: int, mark: str) -> str:
    """The folded text with a bar before each character that has the mark."""
    return "".join("|" * bool(getattr(piece, mark)) + piece.text for piece in fold_text(text, channel).pieces)


@pytest.mark.parametrize(
    ("text", "fold", "squeeze"),
    [
        ("ＮＩＫＥ　Ａｉｒ", "nike air", "nikeair"),
        ("N\u200bI\u00adK\u2060E", "nike", "nike"),
        ("Ｎ!K3", "n!k3", "nike"),
        ("𝓝ⓘ🅺🇪", "nike", "nike"),
        ("Rolёx RΟLΈX", "rolex rolex", "roiexroiex"),
        ("ch@n€l  £ouis", "ch@n€l £ouis", "chaneiouis"),
        ("나1키 나!키", "나1키 나!키", "나이키나키"),
        ("ㄴㅏㅇㅣㅋㅣ", "ㄴㅏㅇㅣㅋㅣ", "나이키"),
        ("ㄴ ㅏ.ㅇ ㅣ_ㅋ ㅣ", "ㄴ ㅏ.ㅇ ㅣ_ㅋ ㅣ", "나이키"),
        ("샤ㄴㅔㄹ", "샤ㄴㅔㄹ", "샤넬"),
        ("구ㅉㅣ ㅋㅋ", "구ㅉㅣ ㅋㅋ", "구찌ㅋㅋ"),
        ("耐剋 愛馬仕", "耐克 爱马仕", "耐克爱马仕"),
        ("L V", "l v", "iv"),
        ("½ ㎏", "1⁄2 kg", "i2kg"),
        ("", "", ""),
        ("!?", "!?", ""),
    ],
)
def test_a_disguised_name_is_the_name_in_one_channel_or_the_other(text, fold, squeeze):
    assert (fold_words(text), fold_words(text, 1)) == (fold, squeeze)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize(
    "text",
    ["나이키 강아지 값", "Hermès Ångström", "ㄱㅏ방", "デパート ガム", "한글 \u1112\u1161\u11ab", "㈎ ﾡ"],
)
def test_a_text_folds_alike_in_every_normal_form(text, form):
    assert fold_words(unicodedata.normalize(form, text), 1) == fold_words(text, 1)
    if form in ("NFC", "NFD"):
        assert fold_words(unicodedata.normalize(form, text)) == fold_words(text)


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=12), st.text(st.sampled_from(CROWD), max_size=12)))
def test_every_folded_character_leads_back_to_its_place_and_no_place_is_told_twice_out_of_order(text):
    for channel in (0, 1):
        folded = fold_text(text, channel)
        spans = [(piece.start, piece.end) for piece in folded.pieces]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert spans == sorted(spans)
        assert all(b >= d or (a, b) == (c, d) for (c, d), (a, b) in itertools.pairwise(spans))
        assert folded.text == "".join(piece.text for piece in folded.pieces)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_what_was_folded_once_stays_as_it_is(text):
    once = fold_words(text)
    assert fold_words(once) == once


def test_each_character_knows_what_it_stood_for():
    assert told("㎏\u1112\u1161\u11ab") == [("k", "㎏"), ("g", "㎏"), ("한", "\u1112\u1161\u11ab")]
    assert told("\u1100\u1161\u11a8\u11a8나\u11ab\u1100") == [
        ("각", "\u1100\u1161\u11a8"), ("ㄱ", "\u11a8"), ("난", "나\u11ab"), ("ㄱ", "\u1100"),
    ]  # fmt: skip
    assert told("\u1100\u1161\u1175\u1112\u1175") == [
        ("가", "\u1100\u1161"),
        ("ㅣ", "\u1175"),
        ("히", "\u1112\u1175"),
    ]
    assert told("가\u11c2힣\u11a8\u11a8") == [
        ("갛", "가\u11c2"),
        ("힣", "힣"),
        ("ㄱ", "\u11a8"),
        ("ㄱ", "\u11a8"),
    ]
    assert told("a \u3000\tb") == [("a", "a"), (" ", " "), ("b", "b")]
    assert told("x ㄴㅏㄴ 1가!", 1) == [("x", "x"), ("난", "ㄴㅏㄴ"), ("이", "1"), ("가", "가")]
    assert told("가ㄴ 다ㄳ ㄱㅏㅇㅣ", 1) == [
        ("간", "가ㄴ"),
        ("다", "다"),
        ("ㄳ", "ㄳ"),
        ("가", "ㄱㅏ"),
        ("이", "ㅇㅣ"),
    ]


def test_bytes_lead_back_to_the_original():
    folded = fold_text("나 ㎏é", 0)
    assert (folded.data, folded.places) == ("나 kge".encode(), [0, 3, 4, 5, 6, 7])
    assert [folded.original(start, end) for start, end in ((0, 3), (0, 1), (2, 3), (3, 4), (4, 5), (4, 7), (1, 6))] == [
        (0, 1), (0, 1), (0, 1), (1, 2), (2, 3), (2, 4), (0, 3),
    ]  # fmt: skip
    assert folded.original(3, 3) == folded.original(5, 4) == (0, 0)
    assert FoldedText("", ()).original(0, 3) == (0, 0)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("nike air 90x", "|nike| |air| |90x"),
        ("나이키nike耐克ナ", "|나이키|nike|耐克|ナ"),
        ("가ㄱ나1a2", "|가ㄱ나|1a2"),
        ("a.b!!c", "|a|.|b|!|!|c"),
        ("1나", "|1|나"),
    ],
)
def test_a_word_begins_after_what_is_no_letter_and_where_the_script_changes(text, begins):
    assert marked(text, 0, "begins") == begins


@pytest.mark.parametrize(
    ("text", "begins", "spaced", "changed"),
    [
        ("n i-k e", "|n|i|k|e", "n|ik|e", "nike"),
        ("나이키air", "|나이키|air", "나이키air", "나이키air"),
        ("ab!c", "|abic", "abic", "ab|ic"),
        ("a!b!c", "|aibic", "aibic", "a|ib|ic"),
        ("a !b", "|a|b", "a|b", "ab"),
        ("a! b", "|a|b", "a|b", "ab"),
        ("a!가", "|a|가", "a가", "a가"),
        ("!ab!", "|ab", "ab", "ab"),
        ("1!2", "|ii2", "ii2", "i|i2"),
        ("a !b!c", "|a|bic", "a|bic", "ab|ic"),
        ("가 ㄴㅏ", "|가|나", "가|나", "가|나"),
        ("가ㄴ", "|간", "간", "|간"),
        ("가. ㄴ", "|간", "간", "|간"),
        ("나1키", "|나|이|키", "나이키", "나|이키"),
        ("a1키 21키 1키", "|ai|키|2i|키|이|키", "ai키|2i키|이키", "ai키2i키|이키"),
        ("5,가", "|오|가", "오가", "|오가"),
        ("é\u200bl", "|ei", "ei", "e|i"),
        ("\u200b nа", "|na", "|na", "n|a"),
        ("\u200b.나", "|나", "나", "나"),
    ],
)
def test_what_was_taken_out_and_what_was_changed_is_marked_in_the_squeezed_channel(
    text, begins, spaced, changed
):
    found = tuple(marked(text, 1, mark) for mark in ("begins", "spaced", "changed"))
    assert found == (begins, spaced, changed)


def test_what_was_taken_out_before_a_letter_is_told_and_before_a_space_is_not():
    assert marked("a\u200bb \u00adc", 0, "changed") == "a|b |c"
    assert marked("a\u200b b", 0, "changed") == "a b"
    assert marked("а e\u0301\u20dd.", 0, "changed") == "|a e|."


def test_a_character_made_of_others_has_no_plain_one_and_a_leet_sign_its_own():
    def plain(text: str, channel: int) -> list[str]:
        return [piece.plain for piece in fold_text(text, channel).pieces]

    assert plain("A|b 나7나", 1) == ["a", "|", "b", "나", "", "나"]
    assert plain("ㄱㅏ 가ㄴ h€y", 1) == ["", "", "h", "€", "y"]
    assert plain("L1½", 0) == ["l", "1", "1", "⁄", "2"]


def test_every_folded_character_has_its_kind():
    assert [NAMES[piece.kind] for piece in fold_text("a1가漢ㄱ ナ!").pieces] == [
        "latin", "digit", "hangul", "han", "jamo", "space", "kana", "other",
    ]  # fmt: skip
    assert [NAMES[piece.kind] for piece in fold_text("a!b 1가 ㄱㅏ가ㄴ bㅋㅋ", 1).pieces] == [
        "latin", "latin", "latin", "digit", "hangul", "hangul", "hangul", "latin", "jamo", "jamo",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("ㄱㅏㄱ", "각"),
        ("ㄱㅏㄱㅏ", "가가"),
        ("ㄱㅏㅋ", "가ㅋ"),
        ("ㄱㅏㄱㅋ", "가ㄱㅋ"),
        ("가ㅇ", "강"),
        ("가ㅇㅇ", "가ㅇㅇ"),
        ("각ㅇ", "각ㅇ"),
        ("가ㅅㅏ", "가사"),
        ("ㅏㄱ", "ㅏㄱ"),
        ("ㄳㅏ", "ㄳㅏ"),
        ("ㄱ가", "ㄱ가"),
        ("ㅎㅣㅂ", "힙"),
        ("가ㄱ힣", "각힣"),
        ("ㄱaㅏ", "ㄱaㅏ"),
        ("aㅏ", "aㅏ"),
        ("ㅋㅋㅋ", "ㅋㅋㅋ"),
    ],
)
def test_lone_jamo_are_put_together_where_they_make_a_syllable(text, joined):
    assert fold_words(text, 1) == joined


@pytest.mark.parametrize(("digit", "said"), zip("0123456789", "공이이삼사오육칠팔구", strict=True))
def test_a_figure_before_hangul_is_said_aloud(digit, said):
    assert fold_words(f"나{digit}키", 1) == f"나{said}키"
