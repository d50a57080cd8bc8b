"""Yes-or-no questions about a message: the pack's answers, and how they are learned."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from mapae.app.context import make_context
from mapae.app.train_answers import CARD, answers_hash, train_answers
from mapae.errors import PackError
from mapae.measures.helpline.answers import FILE, QUESTIONS, Answers, Asked, asked, learn, load, save
from mapae.measures.helpline.check import triage_reader
from mapae.measures.helpline.features import WIDTH, Sample
from mapae.measures.helpline.triage import Complaint, TriageReader
from mapae.pack import load_pack


@pytest.fixture(scope="module")
def reader() -> TriageReader:
    return triage_reader(make_context("kr", date(2026, 11, 25), lists="none"))


def _right(reader: TriageReader, text: str) -> str:
    day = date(2026, 6, 10)
    return reader.read(Complaint(text, "", day, date(2026, 5, 20), date(2026, 6, 8))).right


@pytest.mark.parametrize(
    ("told", "right"),
    [
        (
            "이름을 새긴 반지예요. 새기면 취소가 안 된다는 확인란에 제가 표시하고 결제했고 반지는 예쁩니다. "
            "헤어져서 필요 없어졌어요. 환불해 달라니 거절당했어요.",
            "none",
        ),
        (
            "기성품 반지예요. 판매자는 주문 제작이라 취소가 안 된다지만 그런 안내도 동의도 없었고 제 이름도 안 들어가요. "
            "마음이 바뀌어 환불해 달라니 거절당했어요.",
            "withdrawal_7d",
        ),
        (
            "I opened the film wrap of the game disc though the page said no returns once unsealed and I ticked "
            "that I agree. I played it and it bores me. They refuse to take it back.",
            "none",
        ),
        (
            "The game disc is still sealed in its film wrap. I changed my mind because I was given the same one. "
            "They refuse to take it back because software is never returned.",
            "withdrawal_7d",
        ),
    ],
)
def test_goods_are_taken_out_by_what_was_agreed_and_done(reader: TriageReader, told: str, right: str) -> None:
    assert _right(reader, told) == right


@pytest.mark.parametrize(
    ("told", "responsible"),
    [
        (
            "알리에서 산 무전기가 인천세관에 잡혀 있고 적합성 서류를 내라고 합니다. 무엇을 내야 하나요?",
            "customs",
        ),
        (
            "알리 상담원은 세관 탓이라는데 세관에 물으니 들어온 기록이 없답니다. 물건이 아직 안 왔어요.",
            "agent",
        ),
    ],
)
def test_customs_answers_for_what_it_holds_and_not_for_what_is_blamed_on_it(
    reader: TriageReader, told: str, responsible: str
) -> None:
    found = reader.read(Complaint(told, "알리익스프레스", date(2026, 6, 10), date(2026, 5, 20), None))
    assert found.responsible == responsible


def test_without_learned_answers_the_lists_decide(reader: TriageReader) -> None:
    plain = TriageReader(
        reader.operators, reader.cues, reader.dates, reader.categories, reader.periods, reader.rules
    )
    told = "맞춤 제작한 반지입니다. 별도 동의까지 했는데 마음이 바뀌어 취소하려니 거절합니다. 환불이 되나요?"
    assert _right(plain, told) == "none"
    held = Complaint("세관에 걸려서 서류를 내라고 합니다", "알리", date(2026, 6, 10), date(2026, 5, 20), None)
    assert plain.read(held).responsible == "customs"


def test_the_lists_count_among_what_a_question_reads(reader: TriageReader) -> None:
    item = Sample("다 먹고 나서 물러 달라고 했어요", (), "delivered", "mall")
    told = asked("excluded", item, reader.lists)
    assert told.days == ""
    assert told.kind == "none"
    assert {key.split()[0] for key in told.cues} == {"used_up"}


def test_what_is_learned_tells_yes_from_no_on_words_that_were_not_seen() -> None:
    told = {
        True: ("I ate all of it", "we drank the whole bottle", "half of the cake is eaten"),
        False: ("the seal is intact", "I never opened the box", "it is still wrapped up"),
    }
    examples = [
        Asked(Sample(text, (), "", "none"), yes, "en") for yes, texts in told.items() for text in texts
    ]
    weights, figures = learn(examples)
    answers = Answers(np.stack([weights] * len(QUESTIONS), axis=1))
    assert answers.odds("excluded", Sample("떡을 다 먹어 버렸어요", (), "", "none")) > 0
    assert answers.odds("excluded", Sample("포장을 뜯지도 않았어요", (), "", "none")) < 0
    assert figures["all"]["messages"] == len(examples)


def test_answers_come_back_as_saved_and_another_shape_is_refused(tmp_path: Path) -> None:
    weights = np.random.default_rng(3).normal(size=(WIDTH, len(QUESTIONS))).astype(np.float32)
    save(Answers(weights), tmp_path / FILE)
    found = load(tmp_path / FILE)
    assert found is not None
    assert np.abs(found.weights - weights).max() < np.abs(weights).max() / 200
    save(Answers(weights[:, :1]), tmp_path / FILE)
    with pytest.raises(PackError, match="shape"):
        load(tmp_path / FILE)
    assert load(tmp_path / "none.npz") is None


def test_the_packs_answers_were_learned_from_what_the_pack_holds_now() -> None:
    pack = load_pack("kr")
    assert pack.data(f"helpline/{CARD}")["inputs"] == answers_hash(pack), "python -m tools.helpline_answers"


@pytest.mark.slow
def test_learning_anew_gives_the_packs_answers(tmp_path: Path) -> None:
    pack = load_pack("kr")
    train_answers(tmp_path, pack)
    mine, packs = load(tmp_path / FILE), load(pack.root / "helpline" / FILE)
    assert mine is not None
    assert packs is not None
    assert np.abs(mine.weights - packs.weights).max() < 0.02 * np.abs(packs.weights).max()
    for figures in pack.data(f"helpline/{CARD}")["cross_validated"].values():
        assert figures["all"]["precision"] > 0.8
        assert figures["all"]["recall"] > 0.7
