"""Clauses of sellers' terms: kinds told apart in Korean, English and Chinese, ordinary clauses left alone, spans exact."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import orjson
import pyarrow as pa
import pytest
import yaml

from bench._clauses import PASSAGES, score
from mapae.app.context import make_context
from mapae.contract.run import prepare
from mapae.detect.clauses import Clauses, sentences
from mapae.measures.market_power.terms import CHECK
from mapae.model.records import KINDS

CONTEXT = make_context("kr", date(2026, 11, 25), "none")
CLAUSES = Clauses.read(CONTEXT.pack.data("markets/terms.yaml"))
CASES = yaml.safe_load((Path(__file__).parents[2] / "packs/kr/market_terms.yaml").read_text("utf-8"))
HELD = [(case["kind"], case["text"]) for case in CASES["clauses"]]
ORDINARY = CASES["ordinary"]


@pytest.mark.parametrize(("kind", "sentence"), HELD)
def test_a_clause_is_found_and_named(kind, sentence):
    assert kind in {clause.kind for clause in CLAUSES.find(sentence)}


@pytest.mark.parametrize("sentence", ORDINARY)
def test_an_ordinary_clause_is_left_alone(sentence):
    assert not list(CLAUSES.find(sentence))


def found(text, kind="seller_terms"):
    given = {"document_id": "d1", "operator": "Lumibay", "doc_kind": kind, "text": text}
    schema = KINDS["policy"].schema
    columns = [pa.array([given.get(item.name)], item.type) for item in schema]
    return list(
        prepare([CHECK], CONTEXT, "policy").findings(pa.RecordBatch.from_arrays(columns, schema=schema))
    )


def test_passages_in_many_words_are_read_as_labelled():
    cases = [orjson.loads(line) for line in PASSAGES.read_bytes().splitlines()]
    precision, recall, _ = score(cases, CLAUSES)
    assert precision >= 0.97 and recall >= 0.95


TEXT = "1. General terms apply.\n2. " + HELD[0][1] + "\n3. Fees are due monthly.\n4. " + HELD[1][1]


def test_a_finding_holds_each_clause_with_its_exact_place_and_article():
    (one,) = found(TEXT)
    clauses = [reason for reason in one.reasons if reason.end]
    assert len(clauses) == 2
    assert all(TEXT[reason.start : reason.end] == reason.seen for reason in clauses)
    assert (one.reference_id, one.provision, one.operator) == ("conduct:parity", "MRF 45", "Lumibay")
    assert one.provision_from == date(2021, 12, 30)


def test_a_privacy_policy_is_not_read_and_a_document_of_no_kind_only_if_it_is_for_sellers():
    assert not found(TEXT, "privacy")
    assert not found(HELD[3][1], "")
    assert found(TEXT + " Sellers and merchants: the seller pays.", "")


def test_sentences_cover_the_text_once_in_order():
    places = list(sentences(TEXT))
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    assert "".join(TEXT[start:end] for start, end in places).replace(" ", "").replace(
        "\n", ""
    ) == TEXT.replace(" ", "").replace("\n", "")


def test_real_sellers_terms_give_few_clauses_and_no_exclusivity(shared):
    for name in ("Etsy", "Wish", "Alibaba.com"):
        text = (shared / f"data/policies/{name}/Marketplace Sellers Conditions.md").read_text("utf-8")
        kinds = [clause.kind for clause in CLAUSES.find(text)]
        assert "exclusivity" not in kinds and len(kinds) <= 3
