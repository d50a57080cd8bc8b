"""How listings say what a notice says otherwise, and what they say that shuts the notice out."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import pyarrow as pa
import pytest

from mapae.app.context import make_context
from mapae.contract.run import Prepared, prepare
from mapae.lists import ListStore
from mapae.measures.hazardous_goods.prediction_recalls import predict
from mapae.measures.hazardous_goods.recalls import CHECK
from mapae.model.records import KINDS
from mapae.model.references import LIST_SCHEMAS

SCHEMA = KINDS["listing"].schema
SALT = {"id": "cpsc:1", "products": ["Borvik Rock Salt Lamps"], "brands": ["Borvik"]}
STOCK = {
    "id": "cpsc:2",
    "products": ["Zandor pottery wheel kits"],
    "brands": ["Zandor"],
    "models": ["078859"],
}
SMOKER = {"id": "cpsc:3", "products": ["Quvex gas smokers"], "brands": ["Quvex"]}
PLACED = {
    "id": "cpsc:4",
    "products": ["Plumo electric scooters"],
    "brands": ["Plumo"],
    "scope": {"placed": [[7, "WY"]]},
}
MOWER = {
    "id": "cpsc:5",
    "products": ["Dravik lawn mowers"],
    "brands": ["Dravik"],
    "models": ["DX4812", "DX4"],
}
WHITE = {
    "id": "cpsc:6",
    "products": ["Morvel high chairs"],
    "brands": ["Morvel"],
    "scope": {"colours": ["white"]},
}


@pytest.fixture(scope="module")
def ready() -> Prepared:
    whole = make_context(lists="none", as_of=date(2026, 11, 24))
    schema = LIST_SCHEMAS["recalls"]
    rows = [
        dict.fromkeys(schema.names)
        | {"date": "2024-01-02", "title": row["products"][0], "hazard": "fire", "source": "test"}
        | row
        | {"scope": json.dumps({"name": [], **row.get("scope", {})})}
        for row in (SALT, STOCK, SMOKER, PLACED, MOWER, WHITE)
    ]
    table = pa.Table.from_pylist(rows, schema=schema)
    few = ListStore(whole.lists.listed, lambda found: table if "gtins" in found.column_names else found)
    return prepare((CHECK,), dataclasses.replace(whole, lists=few), "listing")


def _ids(ready: Prepared, **cells: str) -> list[str]:
    row = dict.fromkeys(SCHEMA.names) | {"listing_id": "L1", "platform": "Lumibay"} | cells
    found = list(ready.findings(pa.RecordBatch.from_pylist([row], schema=SCHEMA)))
    return list(predict(found)["recall_ids"])


@pytest.mark.parametrize(
    ("cells", "ids"),
    [
        ({"title": "Borvik 히말라야 소금램프 원목 받침"}, ["1"]),
        ({"title": "Zandor 어린이 도자기 물레 키트"}, ["2"]),
        ({"title": "Quvex gas smoker 30 inch"}, ["3"]),
        ({"title": "Quvex 전기 훈연기 30인치"}, []),
        ({"title": "Plumo 킥보드 시리얼 ABCDEFWY22030017"}, ["4"]),
        ({"title": "Plumo 킥보드 시리얼 ABCDEFHZ22030017"}, []),
        ({"title": "Dravik DX4812 lawn mower"}, ["5"]),
        ({"title": "Dravik DX4812 service & parts manual (print)"}, []),
        ({"title": "Dravik DX4812 lawn mower scale model 1:16"}, []),
        ({"title": "Dravik lawn mower DX5"}, []),
        ({"title": "Morvel 하이체어 화이트"}, ["6"]),
        ({"title": "Morvel 하이체어", "description": "색상 회색입니다. 흰색 아님"}, []),
    ],
    ids=lambda value: value["title"] if isinstance(value, dict) else "",
)
def test_a_listing_is_told_by_what_it_says(ready: Prepared, cells: dict[str, str], ids: list[str]) -> None:
    assert _ids(ready, **cells) == ids
