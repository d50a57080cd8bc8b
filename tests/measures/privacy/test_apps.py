"""Apps inspected: package, label and policy each alone and against the others, with what each finding rests on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pytest

from mapae.app.context import make_context
from mapae.app.screen import Request, screen
from mapae.contract.run import prepare
from mapae.errors import InputError
from mapae.measures.privacy.apps_check import CHECK
from mapae.measures.privacy.apps_trackers import Signatures, load_signatures
from mapae.model.finding import Finding
from mapae.model.records import KINDS
from mapae.report.details import detail_in
from tests.packages import build

DAY = date(2026, 11, 25)
KO = """# 앱 접근권한 안내
정보통신망법 제22조의2에 따라 접근권한을 안내합니다.
## 필수 접근권한
- 저장공간: 사진 첨부
## 선택 접근권한
- 카메라: 상품 후기 사진 촬영
- 위치정보: 가까운 매장 찾기
선택 접근권한에 동의하지 않아도 서비스를 이용할 수 있습니다.
## 개인정보의 처리
회사는 주소록을 수집하지 않습니다.
모든 정보는 전송 구간에서 암호화하여 전송합니다.
"""


def _facts(*permissions: str, **more: Any) -> str:
    asked = [{"name": f"android.permission.{name}", "level": "dangerous"} for name in permissions]
    plain = {
        "format": "apk",
        "package": "kr.example.shop",
        "min_sdk": 24,
        "target_sdk": 35,
        "permissions": asked,
    }
    return orjson.dumps(
        plain | {"classes": "", "hosts": [], "components": [], "anomalies": []} | more
    ).decode()


def _found(
    apk: str = "", label: Any = None, policy: str = "", trackers: Path | None = None
) -> dict[str, Finding]:
    options = {"trackers": str(trackers)} if trackers else {}
    declared = label if isinstance(label, str) or label is None else orjson.dumps(label).decode()
    row = {
        "app_id": "kr.example.shop",
        "apk": apk or None,
        "declared": declared,
        "policy_text": policy or None,
    }
    batch = pa.RecordBatch.from_pylist([row], schema=KINDS["app"].schema)
    made = prepare([CHECK], make_context("kr", DAY, "none", options), "app")
    found = list(made.findings(batch))
    for finding in found:
        for reason in finding.reasons:
            text = row.get(reason.field) or ""
            assert text[reason.start : reason.end] == reason.seen, reason
            assert detail_in(reason.detail, "ko") != reason.detail or not reason.detail.isascii(), (
                reason.detail
            )
    return {finding.reference_id: finding for finding in found}


@pytest.fixture(scope="session")
def signatures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lists") / "trackers.json"
    rows = {
        str(number): {"name": name, "code_signature": code, "network_signature": hosts, "categories": kinds}
        for number, (name, code, hosts, kinds) in enumerate(
            (
                ("Flurry", "com.flurry.", "flurry\\.com", ["Analytics"]),
                ("Adjust", "com.adjust.sdk.|com.adjust.old", "", ["Analytics"]),
                ("Hosts", "", "ads\\.example\\.com", ["Advertisement"]),
                ("Inside", ".kochava.", "", []),
            ),
            1,
        )
    }
    path.write_bytes(orjson.dumps({"trackers": rows}))
    return path


def test_a_signature_must_begin_where_a_part_of_a_name_begins(signatures):
    found = load_signatures(signatures)
    names = "xcom.flurry.a.B\ncom.flurryx.C\ncom.adjustXsdk.D\nshade.com.flurry.E\norg.kochava.x.F"
    assert [(seen.tracker.name, seen.value) for seen in found.find(names, [])] == [
        ("Flurry", "shade.com.flurry.E"),
        ("Inside", "org.kochava.x.F"),
    ]


def test_an_address_that_every_app_may_name_is_no_tracker(tmp_path):
    path = tmp_path / "list.json"
    row = {
        "name": "Everywhere",
        "code_signature": "",
        "network_signature": "\\.facebook\\.com|ads\\.here\\.com",
    }
    path.write_bytes(orjson.dumps({"trackers": {"1": row}}))
    found = load_signatures(path)
    assert list(found.find("", ["www.facebook.com"])) == []
    assert [seen.value for seen in found.find("", ["ads.here.com"])] == ["ads.here.com"]


def test_a_host_in_the_code_is_weaker_evidence(signatures):
    found = list(load_signatures(signatures).find("", ["cdn.ads.example.com", "myflurry.com"]))
    assert [(seen.tracker.name, seen.by) for seen in found] == [("Hosts", "host")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "no JSON"),
        ('{"trackers": {}}', "no tracker"),
        ('{"trackers": {"9": {"code_signature": "a"}}}', "tracker 9"),
        ('{"trackers": {"9": {"name": "x", "code_signature": "com.(a"}}}', "tracker 9"),
    ],
)
def test_a_bad_list_is_refused_with_its_row(text, said, tmp_path):
    path = tmp_path / "list.json"
    path.write_text(text)
    with pytest.raises(InputError, match=said):
        load_signatures(path)


def test_the_real_list_is_read_whole(shared):
    found = load_signatures(shared / "data" / "apps" / "trackers.json")
    assert len(found.trackers) == 432
    names = "com.google.firebase.analytics.FirebaseAnalytics\ncom.facebook.appevents.AppEventsLogger\nkr.example.Main"
    seen = {item.tracker.name for item in found.find(names, [])}
    assert "Google Firebase Analytics" in seen
    assert any("Facebook" in name for name in seen)


def test_permissions_tell_level_and_kind_of_data():
    found = _found(_facts("CAMERA", "READ_SMS", "POST_NOTIFICATIONS"))
    assert found["permission:android.permission.CAMERA"].severity == "low"
    assert "camera" in found["permission:android.permission.CAMERA"].reasons[0].detail
    assert found["permission:android.permission.READ_SMS"].severity == "medium"
    assert found["permission:android.permission.POST_NOTIFICATIONS"].severity == "info"
    assert found["permission:android.permission.CAMERA"].provision_from == date(2025, 10, 1)


def test_what_the_app_takes_and_the_label_leaves_out_is_found():
    found = _found(_facts("CAMERA", "ACCESS_FINE_LOCATION"), {"collected": ["Location"], "shared": []})
    assert {key for key in found if key.startswith("app-label")} == {"app-label:camera"}


def test_store_labels_of_several_forms_are_read():
    forms = [
        {
            "dataCollected": [{"type": "Location", "data": "Approximate location", "purpose": "Analytics"}],
            "dataShared": [],
        },
        {"수집하는 데이터": ["위치"], "공유하는 데이터": []},
        {"collected": {"location": True, "contacts": False}},
        "Location",
        {"data_collected": {"Location": ["Approximate location", "Precise location"]}},
        {"declared": [{"category": "위치", "name": "대략적인 위치"}]},
    ]
    for form in forms:
        found = _found(_facts("ACCESS_FINE_LOCATION", "READ_CONTACTS"), form)
        assert {key for key in found if key.startswith("app-label")} == {"app-label:contacts"}, form


def test_the_policy_denies_what_the_app_can_reach():
    finding = _found(_facts("READ_CONTACTS"), policy=KO)["app-policy:contacts"]
    assert finding.severity == "high"
    assert finding.reasons[-1].seen == "회사는 주소록을 수집하지 않습니다."


def test_a_denial_that_the_next_sentence_takes_back_is_none():
    for after in (" 다만, 이용자가 동의한 경우는 그러하지 아니합니다.", " However, with your consent we do."):
        found = _found(_facts("READ_CONTACTS"), policy=f"회사는 연락처 목록에 접근하지 않습니다.{after}")
        assert "app-policy:contacts" not in found


def test_one_word_that_names_kinds_alike_is_told_once():
    found = _found(_facts(), {"collected": ["Photos"]}, policy="# Privacy Policy\nWe collect your name.\n")
    assert {key for key in found if key.startswith("label-policy")} == {"label-policy:camera"}


def test_label_and_policy_contradict_each_other_both_ways():
    found = _found(label={"collected": ["Contacts"]}, policy=KO)
    assert found["label-policy:contacts"].severity == "high"
    assert "policy-label:location" in found


def test_what_is_declared_and_not_asked_for_is_found():
    found = _found(_facts("CAMERA"), {"collected": ["Precise location", "Photos"]}, KO)
    assert "label-app:location" in found
    assert "policy-app:location" in found


def test_encryption_is_promised_and_not_kept():
    traffic = {"allowed": True, "why": "attribute", "domains": [], "user_certificates": False}
    label = {"collected": [], "securityPractices": ["Data is encrypted in transit"]}
    found = _found(_facts(cleartext=traffic), label, KO)
    assert found["label-app:encryption"].reasons[0].seen == "Data is encrypted in transit"
    assert "policy-app:encryption" in found
    kept = _found(_facts(cleartext=traffic | {"allowed": False}), label, KO)
    assert not any("encryption" in key for key in kept)


def test_trackers_and_a_label_without_sharing(signatures):
    found = _found(
        _facts(classes="com.flurry.A\nkr.example.B"), {"collected": ["App interactions"]}, trackers=signatures
    )
    assert found["tracker:Flurry"].reasons[0].seen == "com.flurry.A"
    assert "app-label:sharing" in found
    assert "app-label:usage" not in found


def test_required_and_optional_access_are_told_apart():
    found = _found(
        _facts("CAMERA", "ACCESS_FINE_LOCATION", "READ_EXTERNAL_STORAGE", "RECORD_AUDIO"), policy=KO
    )
    told = {reason.matched for reason in found["access:told"].reasons}
    assert told == {"camera:optional", "location:optional", "files:required"}
    assert found["access:microphone"].provision == "NET 22-2"
    assert not {"access:refusal", "access:not_apart", "access:no_notice"} & set(found)


def test_a_notice_without_the_right_to_refuse_or_without_two_lists_is_found():
    lines = KO.replace("선택 접근권한에 동의하지 않아도 서비스를 이용할 수 있습니다.\n", "")
    assert "access:refusal" in _found(_facts("CAMERA"), policy=lines)
    flat = "# 접근권한 안내\n- 카메라: 후기 사진 촬영\n- 위치정보: 매장 찾기\n"
    assert "access:not_apart" in _found(_facts("CAMERA"), policy=flat)
    assert "access:no_notice" in _found(
        _facts("CAMERA"), policy="# 개인정보 처리방침\n회사는 이름을 수집합니다.\n"
    )


def test_old_targets_leave_no_choice_and_debuggable_is_grave():
    found = _found(_facts(target_sdk=22, debuggable=True))
    assert found["app:target_sdk"].provision == "NETD 9-2"
    assert found["app:debuggable"].severity == "high"
    assert _found(_facts())["app:target_sdk"].severity == "info"


def test_a_split_leaves_release_and_traffic_to_its_base():
    traffic = {"allowed": True, "why": "default", "domains": [], "user_certificates": False}
    found = _found(_facts("CAMERA", target_sdk=1, split="config.ko", cleartext=traffic, allow_backup=True))
    assert "permission:android.permission.CAMERA" in found
    assert not {"app:target_sdk", "app:cleartext", "app:backup"} & set(found)
    whole = _found(_facts(cleartext=traffic))["app:cleartext"].reasons[0]
    assert whole.seen == '"cleartext":{"allowed":true,"why":"default"'


def test_facts_of_any_shape_do_not_break_the_check():
    for facts in (
        "[]",
        "{",
        '{"permissions": 3}',
        '{"permissions": [null], "cleartext": null, "components": null}',
    ):
        assert _found(facts)


def test_a_built_package_is_screened_with_what_lies_beside_it(tmp_path, signatures):
    inside = (
        '<uses-sdk android:minSdkVersion="21" android:targetSdkVersion="26"/>'
        '<uses-permission android:name="android.permission.READ_CONTACTS"/>'
        '<uses-permission android:name="android.permission.INTERNET"/>'
        "<application/>"
    )
    apk = build(tmp_path / "made", inside, classes=(("kr.example.shop.Main", "com.adjust.sdk.Adjust"),))
    folder = tmp_path / "apps"
    folder.mkdir()
    apk.rename(folder / "shop.apk")
    (folder / "shop.data_safety_export.csv").write_text("PSL_DATA_TYPES_PERSONAL,PSL_NAME,true,,Name\n")
    (folder / "shop.policy.md").write_text(KO)
    (folder / "broken.apk").write_bytes(b"PK\x03\x04 and no more")
    request = Request(
        (folder,),
        tmp_path / "out",
        DAY,
        "app",
        lists="none",
        files={"trackers": signatures},
        keep_records=True,
    )
    result = screen(request)
    assert (result.manifest["rows_read"], result.rejected) == (2, 0)
    found = {(row["subject_id"], row["reference_id"]) for row in result.shown}
    package = "kr.example.shop"
    assert ("broken", "app:unreadable") in found
    assert {
        (package, "permission:android.permission.READ_CONTACTS"),
        (package, "tracker:Adjust"),
        (package, "app:cleartext"),
        (package, "app:target_sdk"),
        (package, "app-label:contacts"),
        (package, "app-policy:contacts"),
    } <= found


def test_an_empty_list_of_signatures_finds_nothing():
    assert list(Signatures(()).find("com.flurry.A", ["flurry.com"])) == []
