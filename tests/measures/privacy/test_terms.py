"""Unfair clauses of terms: types found and spared in Korean, English and Chinese, with spans; the trained model."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import orjson
import pyarrow as pa
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mapae.app.context import make_context
from mapae.contract.run import prepare
from mapae.errors import InputError
from mapae.measures.privacy.terms_check import CHECK
from mapae.model.finding import Finding
from mapae.model.records import KINDS
from mapae.report.details import detail_in
from mapae.sources import open_source
from mapae.sources.document_kind import document_kind

DAY = date(2026, 11, 25)
CASES = yaml.safe_load((Path(__file__).parents[2] / "packs" / "kr" / "terms.yaml").read_text("utf-8"))


def _found(text: str, kind: str = "terms", model: Path | None = None) -> list[Finding]:
    options = {"model": str(model)} if model else {}
    row = {"document_id": "t", "operator": "Lumibay", "doc_kind": kind, "text": text}
    batch = pa.RecordBatch.from_pylist([row], schema=KINDS["policy"].schema)
    found = list(prepare([CHECK], make_context("kr", DAY, "none", options), "policy").findings(batch))
    for finding in found:
        for reason in finding.reasons:
            assert text[reason.start : reason.end] == reason.seen
            assert detail_in(reason.detail, "ko") != reason.detail
    return found


def _kinds(text: str) -> set[str]:
    return {finding.reference_id.removeprefix("clause:") for finding in _found(text)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_clause_is_found_under_its_type_and_a_fair_one_is_not(case):
    assert _kinds(case["text"]) >= set(case["clauses"])
    if not case["clauses"]:
        assert _kinds(case["text"]) == set()


def test_a_clause_stands_on_the_provision_in_force():
    finding = next(
        item
        for item in _found("본 계약과 관련된 분쟁은 홍콩 법원을 전속 관할 법원으로 합니다.")
        if item.reference_id == "clause:foreign_court"
    )
    assert (finding.provision, finding.provision_from) == ("ECA 36", date(2002, 7, 1))
    assert finding.operator == "Lumibay"


def test_privacy_policies_and_headings_are_left_alone():
    text = "# Limitation of liability\n\nWe are not liable for any damage whatsoever.\n"
    assert _found(text, "privacy") == []
    assert [finding.reasons[0].seen for finding in _found(text)] == [
        "We are not liable for any damage whatsoever."
    ]


def test_the_real_terms_hold_the_types_that_were_corrected(shared):
    for file, kinds in {
        "AliExpress/Terms of Service.md": {
            "liability_exclusion",
            "foreign_court",
            "unilateral_change",
            "content_licence",
        },
        "Temu/Terms of Service.md": {
            "liability_exclusion",
            "arbitration",
            "arbitrary_termination",
            "choice_of_law",
        },
        "Wish/Marketplace Sellers Conditions.md": {
            "liability_exclusion",
            "arbitrary_termination",
            "indemnity",
        },
    }.items():
        assert _kinds((shared / "data" / "policies" / file).read_text("utf-8")) >= kinds


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("Terms of Service", "", "terms"),
        ("Marketplace Sellers Conditions", "", "seller_terms"),
        ("doc1", "# 개인정보 처리방침\n이용약관에 따라", "privacy"),
        ("doc1", "제1장 총칙\n# 서비스 이용약관", "terms"),
        ("doc1", "판매자 이용약관", "seller_terms"),
        ("doc1", "卖家服务协议", "seller_terms"),
        ("Advertising policy", "", "ad_policy"),
        ("doc1", "안녕하세요", None),
    ],
)
def test_name_and_title_tell_what_a_document_is(name, text, kind):
    assert document_kind(name, text) == kind


def test_a_file_of_terms_is_read_as_terms(tmp_path):
    path = tmp_path / "shop-terms.md"
    path.write_text("# Terms\nHello there, this is a text.\n")
    batch = next(open_source(path, "policy").batches())
    assert batch.column("doc_kind").to_pylist() == ["terms"]


@given(st.text(max_size=300))
def test_any_text_gives_findings_with_true_spans(text):
    _found(text)


# -- the trained model

UNFAIR = [
    "We are not liable for any damages arising from your use of the service number {}.",
    "We may change these terms at any time without notice, version {}.",
    "We may terminate your account at any time for any reason, case {}.",
]
FAIR = [
    "You can find our help pages online, page {}.",
    "Thank you for shopping with us, friend {}.",
    "Orders ship in {} days.",
]


def _lines(path: Path, more: tuple[str, ...] = ()) -> Path:
    rows = []
    for document in range(8):
        for number in range(6):
            for text, tag in zip(UNFAIR, ("ltd2", "ch3", "ter2"), strict=True):
                rows.append(
                    {
                        "document": f"d{document}",
                        "sentence": text.format(number * 10 + document),
                        "tags": [tag],
                    }
                )
            for text in FAIR:
                rows.append(
                    {
                        "document": f"d{document}",
                        "sentence": text.format(number),
                        "tags": ["ltd1"] if number == 0 else [],
                    }
                )
    path.write_text("\n".join([*(orjson.dumps(row).decode() for row in rows), *more]))
    return path


def test_a_model_is_learned_measured_by_document_and_used(tmp_path):
    from mapae.app.train_terms import train_model_of_terms
    from mapae.pack import load_pack

    data = _lines(tmp_path / "data.jsonl", ("{", '{"document": "x"}'))
    made = train_model_of_terms(data, tmp_path / "model", load_pack("kr"), folds=4)
    figures = made.card["cross_validated_by_document"]
    assert (figures["sentences"], figures["unfair"], figures["folds"]) == (288, 144, 4)
    assert figures["f1"] > 0.95
    assert [item.line for item in made.bad] == [289, 290]
    again = train_model_of_terms(data, tmp_path / "again", load_pack("kr"), folds=4)
    with np.load(tmp_path / "model" / "terms.npz") as one, np.load(tmp_path / "again" / "terms.npz") as two:
        assert all(np.array_equal(one[name], two[name]) for name in one.files)
    assert again.card == made.card
    seen = "We can end your account at any time for any reason."
    learned = [
        item
        for item in _found(f"Hello friend of ours.\n{seen}\n", model=tmp_path / "model")
        if item.score < 1
    ]
    assert all(item.severity == "low" for item in learned)


def test_data_without_documents_enough_and_a_folder_without_a_model_are_refused(tmp_path):
    from mapae.app.train_terms import train_model_of_terms
    from mapae.pack import load_pack

    file = tmp_path / "one.jsonl"
    file.write_text('{"document": "a", "sentence": "We are not liable.", "tags": ["ltd2"]}\n')
    with pytest.raises(InputError, match="too few documents"):
        train_model_of_terms(file, tmp_path / "model", load_pack("kr"))
    with pytest.raises(InputError, match="train it with mapae train terms"):
        _found("Some text that is long enough.", model=tmp_path)
