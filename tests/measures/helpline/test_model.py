"""The model of categories: what it learns, what it keeps, and what is read where there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from mapae.app.context import make_context
from mapae.errors import PackError
from mapae.measures.helpline.categories import Categories
from mapae.measures.helpline.check import triage_reader
from mapae.measures.helpline.cues import CATEGORIES, Cue
from mapae.measures.helpline.features import (
    SIZE,
    WIDTH,
    Sample,
    Table,
    is_short,
    matrix,
    sample,
)
from mapae.measures.helpline.model import CategoryModel, fit, load, save
from mapae.measures.helpline.training import Examples, folds
from mapae.measures.helpline.triage import Triage, TriageReader
from mapae.pack import load_pack


def _told(text: str) -> Sample:
    return Sample(text, (), "none", "none")


def _fitted(items: list[Sample], labels: list[int], l2: float) -> CategoryModel:
    table = Table.of(items)
    return fit(table, table.products(), labels, np.zeros((len(items), len(CATEGORIES))), l2)


def test_a_model_tells_messages_apart_by_their_words() -> None:
    texts = ["문 앞에 상자가 없어요", "상자가 어디 있나요", "the lamp flickers", "lamp is dim and flickers"]
    labels = [CATEGORIES.index(name) for name in ("delivery", "delivery", "defective", "defective")]
    model = _fitted([_told(text) for text in texts], labels, 0.1)
    sums = model.added(_told("my lamp flickers"), dict.fromkeys(CATEGORIES, 0.0))
    assert max(sums, key=lambda name: sums[name]) == "defective"


def test_the_same_messages_give_the_same_weights() -> None:
    items, labels = [_told("하나"), _told("two")], [0, 1]
    assert np.array_equal(_fitted(items, labels, 1.0).weights, _fitted(items, labels, 1.0).weights)


def test_messages_nearly_alike_stay_in_one_fold(reader: TriageReader) -> None:
    make = Examples(reader.operators, reader.cues).told
    alike = (
        "상자가 아직도 문 앞에 안 왔어요",
        "상자가 아직도 문 앞에 안 왔어요!",
        "the lamp flickers at night",
    )
    found = Table.of([make(text, "", "none", "delivery", "ko").item for text in alike]).products()
    for seed in range(20):
        one, other, _ = folds(found, seed).tolist()
        assert one == other
    assert len({tuple(folds(found, seed)) for seed in range(20)}) > 1


@pytest.mark.parametrize("text", ["광고", "Nobody answers", "打不开"])
def test_a_line_or_two_is_short_and_a_story_is_not(text: str) -> None:
    assert is_short(text)
    assert not is_short(
        "11월 2일에 받은 선풍기가 나흘 만에 멈춰서 판매자에게 사진을 보냈는데 사용자 과실이라고만 합니다"
    )


def test_a_short_line_without_a_word_of_a_rare_kind_is_not_read_as_one(reader: TriageReader) -> None:
    weights = np.zeros((WIDTH, len(CATEGORIES)), np.float32)
    weights[:SIZE, CATEGORIES.index("advertising")] = 1.0
    leaning = Categories(CategoryModel(weights))  # it reads whatever it is given as advertising
    plain, named = "물건이 이상해요", "광고가 이상해요"
    assert leaning.decide(reader.cues.read(plain), _told(plain), None).name != "advertising"
    assert leaning.decide(reader.cues.read(named), _told(named), None).name == "advertising"
    story = " ".join(f"말{number}을 길게 늘어놓은 이야기" for number in "가나다라마바사아자차카타파하")
    assert leaning.decide(reader.cues.read(story), _told(story), None).name == "advertising"


def test_a_message_torn_between_kinds_of_one_right_is_of_that_right() -> None:
    cue = Cue("torn", 0, 1, {"defective": 4.9, "not_as_described": 4.8, "delivery": 5.0}, hazard=False)
    rights = {"defective": "mismatch", "not_as_described": "mismatch", "delivery": "withdrawal"}
    text = Sample("한쪽이 들뜨고 색도 달라 보입니다", (), "", "none")
    assert Categories().decide([cue], text, None).name == "delivery"
    found = Categories(rights=rights).decide([cue], text, None)
    assert (found.name, found.second) == ("defective", "delivery")
    assert found.confidence < 0.5


def test_a_short_line_without_days_says_nothing_by_their_absence() -> None:
    assert sample("안 켜져요", (), (), "none", None).days == ""
    assert sample("안 켜져요", (), (), "delivered", None).days == "delivered"


def test_no_category_is_learned_from_the_name_of_a_service(reader: TriageReader) -> None:
    text = "temu hat"
    read = sample(text, reader.operators.places(text, ""), (), "none", None)
    assert read.text.split() == ["hat"]


def test_a_message_without_words_has_only_the_hashed_features_of_its_record() -> None:
    assert np.count_nonzero(matrix([_told("!!!")])[:, :SIZE]) == 2


def test_what_is_summed_block_by_block_is_what_the_whole_matrix_gives() -> None:
    items = [_told(f"말 {number % 7} {'가나다라마바사'[number % 5]}") for number in range(1_003)]
    shares = np.random.default_rng(2).normal(size=(len(items), 3)).astype(np.float32)
    whole = matrix(items)
    assert np.allclose(Table.of(items).products(), whole @ whole.T, atol=1e-3)
    assert np.allclose(Table.of(items).summed(shares), whole.T @ shares, atol=1e-3)


def test_a_message_is_understood_in_words_that_were_never_learned() -> None:
    learned = {
        "defective": ("the lamp died after two days", "screen stays black, it will not start"),
        "refund_delay": ("my money has not come back since I returned it", "they owe me the sum for weeks"),
    }
    items = [_told(text) for texts in learned.values() for text in texts]
    labels = [CATEGORIES.index(name) for name, texts in learned.items() for _ in texts]
    model = _fitted(items, labels, 0.1)
    sums = model.added(_told("돌려보냈는데 돈을 아직도 못 받았어요"), dict.fromkeys(CATEGORIES, 0.0))
    assert sums["refund_delay"] > sums["defective"]


def test_weights_saved_in_whole_numbers_come_back_nearly_the_same(tmp_path: Path) -> None:
    weights = np.random.default_rng(1).normal(size=(WIDTH, len(CATEGORIES))).astype(np.float32)
    save(CategoryModel(weights), tmp_path / "model.npz")
    found = load(tmp_path / "model.npz")
    assert found is not None
    assert np.abs(found.weights - weights).max() < np.abs(weights).max() / 200


def test_a_model_of_another_shape_is_refused_with_its_place(tmp_path: Path) -> None:
    save(CategoryModel(np.ones((8, 3), np.float32)), tmp_path / "model.npz")
    with pytest.raises(PackError, match="shape"):
        load(tmp_path / "model.npz")


def test_without_a_model_the_cues_alone_decide(tmp_path: Path) -> None:
    assert load(tmp_path / "model.npz") is None
    full = triage_reader(make_context("kr", date(2026, 11, 25), lists="none"))
    cues = full.cues.read("가품입니다")
    found = Categories().decide(cues, _told("가품입니다"), None)
    assert found.name == "counterfeit"


def test_every_category_has_hundreds_of_messages_in_three_languages_and_none_stands_twice() -> None:
    pack = load_pack("kr")
    tables = {category: pack.data(f"helpline/messages/{category}.yaml") for category in CATEGORIES}
    for table in tables.values():
        counted = Counter(lang for lang, *_ in table["messages"])
        assert min(counted[lang] for lang in ("ko", "en", "zh")) >= 90
        assert set(counted) <= {"ko", "en", "zh", "mixed"}
        own = [*table["records"], *(row[2:] for row in table["messages"] if len(row) > 2)]
        assert {len(record) for record in own} == {2}
        assert {days for days, _ in own} <= {"delivered", "bought", "none"}
        assert {kind for _, kind in own} <= {"mall", "social", "none"}
    texts = [text for table in tables.values() for _, text, *_ in table["messages"]]
    assert len(set(texts)) == len(texts)


def test_a_story_without_the_legal_word_is_understood(told: Callable[..., Triage]) -> None:
    found = told("테무 앱을 열었더니 모르는 사람 이름이랑 주소, 주문 내역이 제 화면에 나오네요")
    assert found.category.name == "personal_data"


def test_where_no_cue_speaks_the_words_that_decided_are_shown(told: Callable[..., Triage]) -> None:
    text = "테무에서 산 가위 옆선이 어쩐지 휘어요"
    found = told(text, bought="2026-10-01", came="2026-10-12").category
    assert found.words
    assert all(0 <= start < end <= len(text) for start, end in found.words)
    assert all("테무" not in text[start:end] for start, end in found.words)
