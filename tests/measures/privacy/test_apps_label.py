"""Store labels of many shapes: which kinds of data each declares as collected and as shared, and where."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from mapae.measures.privacy.apps_label import Label, read_label
from mapae.pack import load_pack


def _read(label: Any) -> Label:
    pack = load_pack("kr")
    kinds, table = pack.data("privacy/apps_data.yaml"), pack.data("privacy/apps.yaml")
    found = read_label(
        label if isinstance(label, str) else orjson.dumps(label).decode(), kinds, table["label"]
    )
    assert found is not None
    return found


APPLE = [
    {
        "privacyType": "Data Used to Track You",
        "identifier": "DATA_USED_TO_TRACK_YOU",
        "description": "The following data may be used to track you across apps owned by other companies:",
        "dataCategories": [{"dataCategory": "Identifiers", "dataTypes": ["Device ID"]}],
        "purposes": [],
    },
    {
        "privacyType": "Data Linked to You",
        "identifier": "DATA_LINKED_TO_YOU",
        "dataCategories": [],
        "purposes": [
            {
                "purpose": "Location-based offers",
                "dataCategories": [{"dataCategory": "Contacts", "dataTypes": ["Contacts"]}],
            }
        ],
    },
]
CASES: dict[str, tuple[Any, set[str], set[str]]] = {
    "as scrapers of the Android store give it": (
        {
            "sharedData": [{"data": "Contacts", "optional": False, "purpose": "Location", "type": "Contacts"}],
            "collectedData": [{"data": "Approximate location", "optional": True, "type": "Location"}],
            "securityPractices": [{"practice": "Data is encrypted in transit"}],
        },
        {"location"},
        {"contacts"},
    ),
    "as the iPhone store gives it": ({"privacyTypes": APPLE}, {"contacts"}, {"phone_state", "advertising_id"}),
    "inside an answer": (
        {"data": [{"attributes": {"name": "Location Camera", "privacyDetails": {"privacyTypes": APPLE}}}]},
        {"contacts"},
        {"phone_state", "advertising_id"},
    ),
    "no data collected": (
        {"privacyTypes": [{"privacyType": "Data Not Collected", "dataCategories": []}]}, set(), set(),
    ),
    "yes and no in each row": (
        [
            {"type": "Approximate location", "collected": True, "shared": False},
            {"type": "Contacts", "collected": "No", "shared": "Yes"},
            {"type": "Calendar events", "collected": False, "shared": False},
        ],
        {"location"},
        {"contacts"},
    ),
    "yes and no under each kind": (
        {"location": {"collected": True, "shared": True}, "contacts": {"collected": False, "shared": False}},
        {"location"},
        {"location"},
    ),
    "headings beside lists": (
        [
            {"section": "Data collected", "items": [{"category": "Calendar", "types": ["Calendar events"]}]},
            {"section": "Data shared", "items": ["Contacts"]},
        ],
        {"calendar"},
        {"contacts"},
    ),
    "what is not collected is named": (
        {"collected": ["Location"], "not_collected": ["Contacts"]}, {"location"}, set(),
    ),
    "a word behind each kind": ({"location": "collected", "contacts": "shared"}, {"location"}, {"contacts"}),
    "Korean": (
        {"공유되는 데이터": [{"유형": "연락처"}], "수집되는 데이터": [{"유형": "위치"}]},
        {"location"},
        {"contacts"},
    ),
    "plain sentences": ("Data collected: Location. Data shared: Contacts.", {"location"}, {"contacts"}),
    "a plain denial": ("No data collected. No data shared.", set(), set()),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_label_declares_what_it_says_in_its_own_shape(name):
    label, collected, shared = CASES[name]
    found = _read(label)
    assert (set(found.collected), set(found.shared)) == (collected, shared)
    assert found.empty is not bool(collected or shared)
    assert all(found.text[start:end] for start, end in found.declared.values())


def test_the_place_of_a_kind_is_a_value_of_its_own_before_a_part_of_another():
    found = _read({"app": "Location Camera", "collected": ["Location"]})
    start, end = found.collected["location"]
    assert (found.text[start:end], start) == ("Location", found.text.rindex("Location"))
