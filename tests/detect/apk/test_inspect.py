"""What is read from packages that Debian's own tools built: permissions, releases, network rules, classes."""

from __future__ import annotations

import zipfile

import pytest

from mapae.detect.apk import inspect
from tests.packages import build

SDK = '<uses-sdk android:minSdkVersion="{}" android:targetSdkVersion="{}"/>'


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> dict:
    inside = (
        SDK.format(23, 33)
        + "".join(
            f'<uses-permission android:name="{name}"/>'
            for name in (
                "android.permission.CAMERA",
                "android.permission.INTERNET",
                "android.permission.CAMERA",
                "kr.example.shop.OWN",
            )
        )
        + '<uses-permission-sdk-23 android:name="android.permission.READ_CONTACTS" android:maxSdkVersion="30"/>'
        '<permission android:name="kr.example.shop.OWN" android:protectionLevel="signature"/>'
        '<uses-feature android:name="android.hardware.camera" android:required="false"/>'
        '<application android:label="@string/name" android:debuggable="@bool/yes" android:usesCleartextTraffic="true">'
        '<activity android:name=".Main"><intent-filter><action android:name="android.intent.action.MAIN"/>'
        '<category android:name="android.intent.category.LAUNCHER"/></intent-filter></activity>'
        '<service android:name=".Open" android:exported="true"/>'
        '<provider android:name=".Data" android:authorities="kr.example"/></application>'
    )
    values = '<resources><string name="name">상점</string><bool name="yes">true</bool></resources>'
    apk = build(
        tmp_path_factory.mktemp("rich"),
        inside,
        classes=(
            ("kr.example.shop.Main", "com.flurry.android.Agent", "com.flurry.android.Agent$Inner"),
            ("a.b.C",),
        ),
        resources={"values/values.xml": values},
        strings=("https://api.adjust.com/v1", "plain words"),
        signed=True,
    )
    return inspect(apk)


def test_permissions_stand_once_in_order_with_their_level(rich):
    told = [(item["name"], item["level"].partition("|")[0]) for item in rich["permissions"]]
    assert told == [
        ("android.permission.CAMERA", "dangerous"),
        ("android.permission.INTERNET", "normal"),
        ("kr.example.shop.OWN", "signature"),
        ("android.permission.READ_CONTACTS", "dangerous"),
    ]
    assert rich["permissions"][3]["until"] == "30"


def test_versions_releases_and_values_of_resources_are_read(rich):
    assert (rich["package"], rich["version_name"], rich["version_code"]) == ("kr.example.shop", "1.2", "7")
    assert (rich["min_sdk"], rich["target_sdk"]) == (23, 33)
    assert rich["label"] == "상점"
    assert rich["debuggable"] is True
    assert rich["features"] == [{"name": "android.hardware.camera", "required": False}]


def test_components_are_open_when_said_so_or_by_a_filter(rich):
    open_ones = {item["name"]: item["exported"] for item in rich["components"]}
    assert {name.rpartition(".")[2]: value for name, value in open_ones.items()} == {
        "Main": True,
        "Open": True,
        "Data": False,
    }
    assert [item["launcher"] for item in rich["components"]] == [True, False, False]


def test_classes_of_every_dex_file_are_named_without_inner_ones(rich):
    assert rich["classes"].split("\n") == ["com.flurry.android.Agent", "kr.example.shop.Main", "a.b.C"]
    assert (rich["class_count"], rich["dex"]) == (4, 2)
    assert rich["hosts"] == ["api.adjust.com"]
    assert rich["anomalies"] == []


NET = '<network-security-config xmlns:android="http://schemas.android.com/apk/res/android">{}</network-security-config>'
RULE = '<domain-config cleartextTrafficPermitted="{}"><domain includeSubdomains="true">{}</domain></domain-config>'
CASES = {
    "an old target may send in clear": (27, "", None, (True, "default", [])),
    "a new target may not": (28, "", None, (False, "default", [])),
    "the attribute allows it": (34, 'android:usesCleartextTraffic="true"', None, (True, "attribute", [])),
    "the attribute forbids it": (24, 'android:usesCleartextTraffic="false"', None, (False, "attribute", [])),
    "the configuration counts, not the attribute": (
        34, 'android:usesCleartextTraffic="true"', NET.format(""), (False, "config", []),
    ),
    "the base configuration allows it": (
        34, "", NET.format('<base-config cleartextTrafficPermitted="true"/>'), (True, "config", []),
    ),
    "one domain is allowed": (
        34, "", NET.format(RULE.format("true", "a.example")), (False, "config", [("a.example", True)]),
    ),
    "one domain is forbidden": (
        26, "", NET.format(RULE.format("false", "a.example")), (True, "config", [("a.example", False)]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_cleartext_follows_configuration_attribute_and_release(name, tmp_path):
    target, attribute, rules, expected = CASES[name]
    named = 'android:networkSecurityConfig="@xml/net"' if rules else ""
    inside = f"{SDK.format(21, target)}<application {attribute} {named}/>"
    apk = build(tmp_path, inside, classes=(), resources={"xml/net.xml": rules} if rules else {})
    found = inspect(apk)["cleartext"]
    domains = [(item["domain"], item["allowed"]) for item in found["domains"]]
    assert (found["allowed"], found["why"], domains) == expected


def test_without_a_target_release_the_least_one_counts(tmp_path):
    found = inspect(build(tmp_path, '<uses-sdk android:minSdkVersion="19"/><application/>', classes=()))
    assert (found["min_sdk"], found["target_sdk"]) == (19, 19)


def test_without_any_release_and_application_android_takes_one(tmp_path):
    found = inspect(build(tmp_path, "", classes=()))
    assert (found["min_sdk"], found["target_sdk"], found["cleartext"]["allowed"]) == (1, 1, True)


def test_a_bundle_joins_base_and_splits(tmp_path):
    base = build(
        tmp_path / "base", SDK.format(24, 34) + '<uses-permission android:name="android.permission.CAMERA"/>'
    )
    split = build(
        tmp_path / "split",
        '<uses-permission android:name="android.permission.RECORD_AUDIO"/><application/>',
        head='split="feature" android:versionCode="7"',
        classes=(("com.adjust.sdk.Adjust",),),
    )
    whole = tmp_path / "shop.xapk"
    with zipfile.ZipFile(whole, "w") as bundle:
        bundle.write(split, "config.ko.apk")
        bundle.write(base, "kr.example.shop.apk")
        bundle.writestr("manifest.json", "{}")
    found = inspect(whole)
    assert (found["format"], found["package"], found["target_sdk"], found["splits"]) == (
        "bundle", "kr.example.shop", 34, ["config.ko.apk"],
    )  # fmt: skip
    assert {item["name"].rpartition(".")[2] for item in found["permissions"]} == {"CAMERA", "RECORD_AUDIO"}
    assert set(found["classes"].split("\n")) == {"kr.example.shop.Main", "com.adjust.sdk.Adjust"}


def test_a_release_in_hexadecimal_is_read(tmp_path):
    found = inspect(build(tmp_path, SDK.format("0x13", "0x1d"), classes=()))
    assert (found["min_sdk"], found["target_sdk"]) == (19, 29)
