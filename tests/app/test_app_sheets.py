"""An app's sheet: each finding has a title of its own, and the policy is quoted as it is written."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pyarrow as pa
import pytest

from mapae.app.app_sheets import compared, title_of
from mapae.app.context import make_context
from mapae.contract.run import prepare
from mapae.measures.privacy.apps_check import CHECK
from mapae.model.records import KINDS

CONTEXT = make_context("kr", date(2026, 11, 26), "none")
ASKED = ("CAMERA", "READ_CONTACTS", "READ_SMS")
TRAFFIC = {"allowed": True, "why": "attribute", "domains": [{"domain": "a.example", "allowed": True}]}
FACTS = {
    "format": "apk", "package": "kr.example.shop", "min_sdk": 21, "target_sdk": 30, "debuggable": True, "allow_backup": True,
    "cleartext": TRAFFIC | {"user_certificates": True},
    "permissions": [{"name": f"android.permission.{name}", "level": "dangerous"} for name in ASKED],
    "features": [{"name": "android.hardware.camera", "required": False}],
    "components": [{"kind": "service", "name": ".A", "exported": True, "permission": None, "launcher": False},
                   {"kind": "service", "name": ".B", "exported": True, "permission": "android.permission.BIND_VPN_SERVICE"}],
    "classes": "", "hosts": [], "anomalies": ["wrong checksum: x"],
}  # fmt: skip
LABEL = {
    "collected": ["Precise location", "Photos"],
    "shared": [],
    "security": ["Data is encrypted in transit"],
}
POLICY = """# Required access permissions
- Camera: We use the Camera to scan codes.
We NEVER access your Contacts or address book.
All data is encrypted in transit.
"""


def _record(**cells: Any) -> dict[str, Any]:
    plain = {"app_id": "kr.example.shop", "apk": orjson.dumps(FACTS).decode(), "policy_text": POLICY}
    return plain | {"declared": orjson.dumps(LABEL).decode()} | cells


def _references(record: dict[str, Any]) -> set[str]:
    batch = pa.RecordBatch.from_pylist([record], schema=KINDS["app"].schema)
    return {finding.reference_id for finding in prepare([CHECK], CONTEXT, "app").findings(batch)}


def test_every_finding_on_an_app_has_a_title_in_three_languages() -> None:
    found = _references(_record()) | _references(_record(policy_text="# Privacy\nWe collect names.\n"))
    found |= _references(_record(apk='{"error": "it is no file"}'))
    assert {
        "app:debuggable",
        "access:camera:not_required",
        "service:android.permission.BIND_VPN_SERVICE",
    } <= found
    for reference in found:
        title = title_of(reference, CONTEXT.pack)
        assert set(title) == {"ko", "en", "zh"}, reference
        assert "{" not in "".join(title.values())


@pytest.mark.parametrize(
    ("reference", "ko"),
    [
        ("app-policy:contacts", "앱은 접근하나 처리방침에 없거나 부인함: 연락처"),
        ("label-app:encryption", "스토어 표시와 앱이 다름: 전송 구간 암호화"),
        ("permission:android.permission.CAMERA", "권한: CAMERA"),
        ("tracker:Adjust", "추적기: Adjust"),
    ],
)
def test_a_title_names_the_kind_of_data(reference: str, ko: str) -> None:
    assert title_of(reference, CONTEXT.pack)["ko"] == ko


def test_other_references_have_no_title_of_an_app() -> None:
    assert title_of("item:P1", CONTEXT.pack) == {} == title_of("app:never", CONTEXT.pack)


def test_the_policy_is_quoted_as_it_is_written() -> None:
    rows = {row.kind: row for row in compared(_record(), CONTEXT)}
    assert rows["contacts"].denied
    assert rows["contacts"].policy == "We NEVER access your Contacts or address book."
    assert not rows["contacts"].agrees
