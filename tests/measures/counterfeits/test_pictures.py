"""A record's picture is held against the banks: fakes gravely, own photos less so, a negative bank silences."""

from __future__ import annotations

import os
import pickle
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from mapae.app.context import make_context
from mapae.contract.run import prepare
from mapae.detect.pictures import hex_of, turned, write_index
from mapae.measures.counterfeits.pictures import CHECK, OPTION
from mapae.model.finding import Finding
from mapae.model.records import KINDS

HASHES = np.random.default_rng(11).integers(0, 2**64, (5, 4), dtype=np.uint64)
FAKE, OWN, LOGO, BOTH, OTHER = range(5)


def bank(folder: Path, *rows: tuple[int, str, str]) -> Path:
    table = pa.table(
        {
            "picture_id": [name for _, _, name in rows],
            "bank": [bank for _, bank, _ in rows],
            "brand": ["Nike" if bank == "own" else None for _, bank, _ in rows],
            "note": pa.nulls(len(rows), pa.string()),
            "source": pa.nulls(len(rows), pa.string()),
        }
    )
    write_index(HASHES[[number for number, _, _ in rows]], table, folder)
    return folder


@pytest.fixture(scope="module")
def banks(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("banks")
    known = bank(
        folder / "known",
        (FAKE, "fakes", "f1"),
        (OWN, "own", "o1"),
        (BOTH, "own", "o2"),
        (LOGO, "fakes", "f2"),
    )
    more = bank(folder / "more", (BOTH, "fakes", "f3"), (LOGO, "negative", "n1"))
    return os.pathsep.join(map(str, (known, more)))


def shown(word: np.ndarray, bits: int = 0) -> str:
    found = word.copy()
    for bit in range(bits):
        found[bit % 4] ^= np.uint64(1) << np.uint64(7 * bit % 64)
    return hex_of(found[None])[0]


def findings(banks: str, *hashes: str | None, kind: str = "listing") -> list[Finding]:
    context = make_context("kr", date(2026, 11, 24), "none", {OPTION: banks} if banks else {})
    prepared = pickle.loads(pickle.dumps(prepare([CHECK], context, kind)))
    blank = dict.fromkeys(KINDS[kind].schema.names)
    rows = [blank | {KINDS[kind].key: f"r{at}", "image_hash": each} for at, each in enumerate(hashes)]
    return list(prepared.findings(pa.RecordBatch.from_pylist(rows, schema=KINDS[kind].schema)))


def test_a_known_fake_is_found_as_it_is_and_mirrored(banks: str) -> None:
    mirrored = hex_of(turned(HASHES[FAKE : FAKE + 1], "mirrored"))[0]
    found = findings(banks, shown(HASHES[FAKE], 31), mirrored, shown(HASHES[OTHER]))
    assert [(one.subject_id, one.reference_id, one.severity) for one in found] == [
        ("r0", "picture:f1", "high"),
        ("r1", "picture:f1", "high"),
    ]
    assert found[0].reasons[0].detail == "pictures 31 of 256 bits apart; the picture of a known fake"
    assert found[1].reasons[0].detail.startswith("pictures 0 of 256 bits apart, mirrored;")
    assert found[0].score < found[1].score
    assert str(found[0].provision_from) == "2016-09-01"


def test_a_right_holders_own_photo_is_a_lesser_sign(banks: str) -> None:
    (one,) = findings(banks, shown(HASHES[OWN], 4))
    assert (one.severity, one.reasons[0].matched) == ("medium", "o1")
    assert one.reasons[0].detail == "pictures 4 of 256 bits apart; the right holder's own photo of Nike"
    assert one.reasons[0].seen == shown(HASHES[OWN], 4) and one.reasons[0].end == 64


def test_a_negative_picture_silences_and_a_fake_comes_before_an_own_photo(banks: str) -> None:
    found = findings(banks, shown(HASHES[LOGO], 9), shown(HASHES[BOTH], 2))
    assert [(one.subject_id, one.reference_id) for one in found] == [("r1", "picture:f3")]


def test_records_without_a_hash_or_with_a_blank_one_are_passed_over(banks: str) -> None:
    assert findings(banks, None, "", "x" * 64, "0" * 64, "f" * 64) == []
    assert findings("", shown(HASHES[FAKE])) == []


@pytest.mark.parametrize("kind", ["advert", "post"])
def test_adverts_and_posts_are_held_against_the_banks_too(banks: str, kind: str) -> None:
    (one,) = findings(banks, shown(HASHES[FAKE]), kind=kind)
    assert (one.subject_kind, one.subject_id) == (kind, "r0")
