"""The search of near hashes finds what comparing every pair finds, and each pair once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.detect.pictures import RADIUS, PictureIndex, hex_of, write_index
from mapae.detect.pictures.plain import near
from mapae.errors import InputError, UsageError

Words = np.ndarray


def rows(count: int, bank: str = "fakes") -> pa.Table:
    return pa.table(
        {"picture_id": [f"p{at}" for at in range(count)], "bank": [bank] * count}
        | {name: pa.nulls(count, pa.string()) for name in ("brand", "note", "source")}
    )


def changed(word: Words, bits: list[int]) -> Words:
    found = word.copy()
    for bit in bits:
        found[bit // 64] ^= np.uint64(1) << np.uint64(bit % 64)
    return found


def found(index: PictureIndex, queries: Words, radius: int) -> list[tuple[int, int, int]]:
    """(query, number of the picture as it was given, bits apart)."""
    match = index.search(queries, radius)
    numbers = [
        int(name[1:]) for name in index.pictures["picture_id"].take(pa.array(match.picture)).to_pylist()
    ]
    return sorted(zip(match.query.tolist(), numbers, match.apart.tolist(), strict=True))


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    radius=st.integers(0, RADIUS),
    flips=st.lists(st.lists(st.integers(0, 255), unique=True, max_size=36), min_size=1, max_size=12),
)
def test_the_search_agrees_with_comparing_every_pair(
    tmp_path_factory: pytest.TempPathFactory, seed: int, radius: int, flips: list[list[int]]
) -> None:
    rng = np.random.default_rng(seed)
    known = rng.integers(0, 2**64, (9, 4), dtype=np.uint64)
    known = np.concatenate([known, known[:2], *[changed(known[0], bits)[None] for bits in flips]])
    queries = np.stack([changed(known[at % len(known)], bits) for at, bits in enumerate(flips)])
    index = write_index(known, rows(len(known)), tmp_path_factory.mktemp("near") / "index")
    assert found(index, queries, radius) == near(hex_of(queries), hex_of(known), radius)


@pytest.mark.parametrize("radius", [0, 15, 16, 31])
def test_bits_spread_over_all_runs_or_gathered_in_one_are_found(tmp_path: Path, radius: int) -> None:
    known = np.random.default_rng(3).integers(0, 2**64, (300, 4), dtype=np.uint64)
    spread = [17 * at % 256 for at in range(radius)]
    gathered = list(range(40, 40 + radius))
    queries = np.stack(
        [changed(known[7], spread), changed(known[8], gathered), changed(known[9], [*spread, 1])]
    )
    index = write_index(known, rows(300), tmp_path / "index")
    assert found(index, queries, radius) == [(0, 7, radius), (1, 8, radius)]


def test_pictures_of_one_hash_are_all_told_and_the_nearest_come_first(tmp_path: Path) -> None:
    known = np.random.default_rng(4).integers(0, 2**64, (3, 4), dtype=np.uint64)
    known = np.stack([known[0], changed(known[0], [3, 90]), known[1], known[0]])
    index = write_index(known, rows(4), tmp_path / "index")
    assert (len(index), index.about["hashes"]) == (4, 3)
    match = index.search(known[:1])
    assert match.apart.tolist() == [0, 0, 2]


def test_an_index_made_again_of_the_same_pictures_has_the_same_fingerprint(tmp_path: Path) -> None:
    known = np.random.default_rng(5).integers(0, 2**64, (5, 4), dtype=np.uint64)
    one, two = (write_index(known, rows(5), tmp_path / name) for name in ("one", "two"))
    other = write_index(known, rows(5, "own"), tmp_path / "two")
    assert one.fingerprint == two.fingerprint != other.fingerprint
    assert other.about["banks"] == {"fakes": 0, "own": 5, "negative": 0}


def test_what_is_no_index_and_too_wide_a_radius_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no index of pictures"):
        PictureIndex.open(tmp_path)
    (tmp_path / "letter.txt").write_text("keep me")
    known = np.zeros((1, 4), np.uint64)
    with pytest.raises(UsageError, match="something else"):
        write_index(known, rows(1), tmp_path)
    index = write_index(known, rows(1), tmp_path / "index")
    with pytest.raises(UsageError, match="not a radius: 32"):
        index.search(known, 32)
    (tmp_path / "index" / "index.json").write_text('{"version": 0}')
    with pytest.raises(InputError, match="version 0"):
        PictureIndex.open(tmp_path / "index")
