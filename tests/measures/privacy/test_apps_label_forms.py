"""Labels as developers hand them to the stores: Play Console's table of answers, App Store Connect's records."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from mapae.measures.privacy.apps_label import Label
from tests.measures.privacy.test_apps_label import _read

HEAD = (
    "Question ID (machine readable),Response ID (machine readable),Response value,Answer requirement,"
    "Human-friendly question label\n"
)
USE = "PSL_DATA_USAGE_RESPONSES:{}:PSL_DATA_USAGE_COLLECTION_AND_SHARING,PSL_DATA_USAGE_ONLY_{},{},MULTIPLE_CHOICE,\n"


def _table(*rows: str, encrypted: str = "") -> Label:
    asked = (
        'PSL_DATA_COLLECTION_ENCRYPTED_IN_TRANSIT,,{},MAYBE_REQUIRED,"Is all of it, encrypted in transit?"\n'
    )
    return _read(HEAD + asked.format(encrypted) + "".join(rows))


def _ticked(group: str, kind: str, value: str = "true") -> str:
    return f"PSL_DATA_TYPES_{group},{kind},{value},MULTIPLE_CHOICE,{group.title()} / {kind}\n"


def test_answers_of_the_console_say_what_is_collected_and_what_is_shared():
    label = _table(
        _ticked("LOCATION", "PSL_APPROX_LOCATION"), _ticked("LOCATION", "PSL_PRECISE_LOCATION", ""),
        _ticked("CONTACTS", "PSL_CONTACTS"), _ticked("CALENDAR", "PSL_CALENDAR", "false"),
        USE.format("PSL_APPROX_LOCATION", "COLLECTED", "true"), USE.format("PSL_APPROX_LOCATION", "SHARED", ""),
        USE.format("PSL_CONTACTS", "COLLECTED", "false"), USE.format("PSL_CONTACTS", "SHARED", "TRUE"),
        "PSL_DATA_USAGE_RESPONSES:PSL_CONTACTS:DATA_USAGE_SHARING_PURPOSE,PSL_ADVERTISING,true,,Advertising\n",
    )  # fmt: skip
    assert (set(label.collected), set(label.shared)) == ({"location"}, {"contacts"})
    start, end = label.collected["location"]
    assert label.text[start:end] == "PSL_APPROX_LOCATION"


def test_a_kind_that_is_only_ticked_counts_as_collected():
    label = _table(_ticked("AUDIO", "PSL_AUDIO"), _ticked("PHOTOS_AND_VIDEOS", "PSL_PHOTOS", ""))
    assert (set(label.collected), set(label.shared)) == ({"microphone"}, set())


def test_a_table_without_a_tick_declares_nothing():
    label = _table(_ticked("AUDIO", "PSL_AUDIO", ""), _ticked("CONTACTS", "PSL_CONTACTS", ""))
    assert label.empty and not label.declared


@pytest.mark.parametrize(("value", "encrypted"), [("true", True), ("FALSE", False), ("", None)])
def test_the_console_is_asked_whether_data_are_encrypted_on_their_way(value: str, encrypted: bool | None):
    label = _table(_ticked("AUDIO", "PSL_AUDIO"), encrypted=value)
    assert label.encrypted is encrypted
    assert value in label.text[slice(*label.encryption)]


def test_a_table_saved_again_by_a_spreadsheet_is_read_alike():
    quoted = HEAD.replace(",", ";") + '"PSL_DATA_TYPES_CONTACTS";"PSL_CONTACTS";"TRUE";"";""\r\n'
    assert set(_read(quoted).collected) == {"contacts"}


def _usage(category: str, protection: str) -> dict[str, Any]:
    said = {"category": category, "dataProtection": protection, "purpose": "THIRD_PARTY_ADVERTISING"}
    return {
        "type": "appDataUsages",
        "relationships": {key: {"data": {"type": f"{key}s", "id": name}} for key, name in said.items()},
    }


RECORDS: dict[str, tuple[Any, set[str], set[str]]] = {
    "answers of App Store Connect": (
        {"data": [_usage("DEVICE_ID", "DATA_USED_TO_TRACK_YOU"), _usage("CONTACTS", "DATA_NOT_LINKED_TO_YOU")]},
        {"contacts"},
        {"phone_state", "advertising_id"},
    ),
    "a file made for it": (
        [
            {"category": "PRECISE_LOCATION", "purposes": ["ANALYTICS"], "data_protections": ["DATA_LINKED_TO_YOU"]},
            {"category": "CONTACTS", "data_protections": ["DATA_NOT_LINKED_TO_YOU", "DATA_USED_TO_TRACK_YOU"]},
        ],
        {"location", "contacts"},
        {"contacts"},
    ),
    "a file that says there is nothing": ([{"data_protections": ["DATA_NOT_COLLECTED"]}], set(), set()),
    "a package's own manifest": (
        {
            "NSPrivacyCollectedDataTypes": [
                {
                    "NSPrivacyCollectedDataType": "NSPrivacyCollectedDataTypeCrashData",
                    "NSPrivacyCollectedDataTypeTracking": False,
                    "NSPrivacyCollectedDataTypePurposes": ["NSPrivacyCollectedDataTypePurposeThirdPartyAdvertising"],
                },
                {
                    "NSPrivacyCollectedDataType": "NSPrivacyCollectedDataTypeCoarseLocation",
                    "NSPrivacyCollectedDataTypeTracking": True,
                },
            ]
        },
        {"diagnostics", "location"},
        {"location"},
    ),
    "a Korean page of the store": (
        [
            {"title": "사용자를 추적하는 데 사용되는 데이터", "categories": [{"title": "식별자"}]},
            {"title": "사용자에게 연결된 데이터", "categories": [{"title": "연락처 정보"}, {"title": "위치"}]},
            {"title": "사용자에게 연결되지 않은 데이터", "categories": [{"title": "진단"}]},
        ],
        {"location", "diagnostics"},
        {"phone_state", "advertising_id"},
    ),
    "a Chinese page of the store": (
        [
            {"title": "用于追踪你的数据", "categories": [{"title": "位置"}]},
            {"title": "未与你关联的数据", "categories": [{"title": "诊断"}]},
        ],
        {"diagnostics"},
        {"location"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RECORDS)
def test_records_of_the_iphone_store_say_what_is_collected_and_what_tracks(name: str):
    value, collected, shared = RECORDS[name]
    label = _read(orjson.dumps(value).decode())
    assert (set(label.collected), set(label.shared)) == (collected, shared)
    assert all(label.text[start:end] for start, end in label.declared.values())
