"""What a text means: near to its translation, the same in any batch, whatever the length."""

from __future__ import annotations

import numpy as np

from mapae.text.meaning import MEANING, meaning


def test_a_text_is_nearer_to_its_translation_than_to_another_text() -> None:
    one, other, apart = meaning(
        ("환불을 아직 못 받았어요", "I still have not got my refund", "배터리에서 연기가 났어요")
    )
    assert one @ other > one @ apart + 0.2


def test_a_text_means_the_same_whatever_stands_beside_it() -> None:
    texts = ("包裹一直没到", "The lamp flickers.", "상자 안이 비어 있었습니다" * 30)
    together = meaning(texts)
    assert np.allclose(together, np.vstack([meaning((text,)) for text in texts]), atol=1e-5)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_no_text_and_an_endless_text_have_a_meaning_of_the_same_size() -> None:
    assert meaning(()).shape == (0, MEANING)
    assert meaning(("", "가" * 200_000)).shape == (2, MEANING)
    assert np.isfinite(meaning(("", "\x00\ud800"))).all()
