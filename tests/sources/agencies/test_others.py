"""openFDA, Safety Gate, brands and any table in their documented forms (invented rows) become rows of the lists."""

from __future__ import annotations

import json
import zipfile
from datetime import date

import pytest

from mapae.errors import InputError, UsageError
from mapae.lists.merge import folded
from mapae.sources.agencies import load_profile, read_agency, source_names
from mapae.sources.rejects import RejectLog

DAY = date(2026, 11, 24)


def read(source, path, list_name=None, mapping=None):
    log = RejectLog(path)
    profile = load_profile(source, list_name).mapped(mapping or {})
    return folded(read_agency(profile, path, log, day=DAY)), log


REPORT = {
    "recall_number": "F-0101-2026", "product_description": "Sunny Farm Peanut Butter, Net Wt 16 oz jars. UPC 0 36000 29145 2",
    "code_info": "Lot 12A, best by 2026-12", "reason_for_recall": "Undeclared milk", "recalling_firm": "Invented Foods",
    "recall_initiation_date": "20260301", "report_date": "20260315", "country": "United States", "product_type": "Food",
    "classification": "Class I", "openfda": {},
}  # fmt: skip


def test_an_enforcement_report_is_read_with_its_codes(tmp_path):
    path = tmp_path / "enforcement.json"
    path.write_text(json.dumps({"meta": {"results": {"total": 1}}, "results": [REPORT]}, indent=2), "utf-8")
    row = read("openfda", path)[0]["openfda:F-0101-2026"]
    assert row["products"] == ["Sunny Farm Peanut Butter"]
    assert row["gtins"] == ["036000291452"]
    assert (row["date"], row["hazard"]) == ("2026-03-01", "allergen")
    assert json.loads(row["scope"])["batches"] == ["Lot 12A, best by 2026-12"]


def test_the_bulk_file_is_read_from_its_archive_and_an_archive_of_several_is_refused(tmp_path):
    path = tmp_path / "food-enforcement-0001-of-0001.json.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("food-enforcement.json", json.dumps({"meta": {}, "results": [REPORT]}))
    assert list(read("openfda", path)[0]) == ["openfda:F-0101-2026"]
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("second.json", "[]")
    with pytest.raises(InputError, match="2 data files"):
        read("openfda", path)


def test_a_damaged_archive_is_refused_with_the_way_out(tmp_path):
    path = tmp_path / "food.json.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("food.json", json.dumps({"results": [REPORT]}))
    path.write_bytes(path.read_bytes().replace(b"recall_number", b"recall_nUmber"))
    with pytest.raises(InputError, match="damaged or locked") as error:
        read("openfda", path)
    assert "unpack it" in error.value.mend


WEEKLY = """<?xml version="1.0" encoding="UTF-8"?>
<weekly_report xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><report_date>14/08/2026</report_date><year>2026</year>
<notifications><caseNumber>SR/00001/26</caseNumber><reference>https://ec.europa.eu/safety-gate-alerts/screen/webReport/alertDetail/1</reference>
<category>Toys</category><product>Plastic doll</product><brand>Unknown</brand><name>Lumi doll</name>
<type_numberOfModel>LD-1; LD-2</type_numberOfModel><batchNumber>B7</batchNumber><barcode>4006381333931</barcode>
<riskType>Chemical</riskType><danger>Too much DEHP.</danger><measures>Recall from end users</measures>
<countryOfOrigin>China</countryOfOrigin><notifyingCountry>Sweden</notifyingCountry><companyRecallCode xsi:nil="true"/>
</notifications>
<notifications><caseNumber>SR/00002/26</caseNumber></notifications></weekly_report>"""


def test_the_weekly_report_in_xml_is_read_with_the_day_of_the_report(tmp_path):
    path = tmp_path / "report.xml"
    path.write_text(WEEKLY, "utf-8")
    rows, log = read("safety-gate", path)
    doll = rows["safety-gate:SR/00001/26"]
    assert doll["products"] == ["Lumi doll", "Plastic doll"]
    assert "brands" not in doll
    assert (doll["models"], doll["gtins"], doll["date"]) == (
        ["LD-1", "LD-2"],
        ["4006381333931"],
        "2026-08-14",
    )
    assert doll["countries"] == ["China"]
    assert doll["hazard"] == "chemical"
    scope = json.loads(doll["scope"])
    assert (scope["codes"], scope["notified_by"], scope["danger"]) == (
        ["B7"],
        ["Sweden"],
        ["Chemical", "Too much DEHP."],
    )
    assert log.rows == 1


def test_notifications_in_json_are_read_in_english(tmp_path):
    notification = {
        "id": 10, "reference": "SR/00003/26", "publicationDate": "2026-08-21T00:00:00Z",
        "country": {"key": "SE", "name": "Sweden"},
        "product": {
            "id": 3, "nameSpecific": "Lumi doll", "brands": [{"brand": "Lumibay"}, {"brand": "nincs"}],
            "modelTypes": [{"modelType": "LD-9"}], "barcodes": [{"barcode": "4006381333931"}],
            "versions": [{"language": {"key": "SV"}, "name": "Docka"}, {"language": {"key": "EN"}, "name": "Doll"}],
        },
        "risk": {"riskType": [{"key": "riskType.chemical", "name": "Chemical"}]},
    }  # fmt: skip
    path = tmp_path / "notifications.json"
    for form in (notification, [notification], {"content": [notification]}):
        path.write_text(json.dumps(form, indent=1), "utf-8")
        doll = read("safety-gate", path)[0]["safety-gate:SR/00003/26"]
        assert (doll["title"], doll["products"]) == ("Doll", ["Doll", "Lumi doll"])
        assert (doll["brands"], doll["models"], doll["date"]) == (["Lumibay"], ["LD-9"], "2026-08-21")


def test_own_brands_need_a_name_only(tmp_path):
    path = tmp_path / "brands.csv"
    path.write_text(
        "브랜드,names_ko,lines,luxury,low_price\n"
        'Inventique,인벤티크;인벤띠끄,Ivy|Oak,y,"{""bag"": 300}"\n'
        "Plainco,,,,\n",
        "utf-8",
    )
    rows, log = read("brands", path)
    first = rows["brand:Inventique"]
    assert (first["names_ko"], first["lines"], first["luxury"]) == (
        ["인벤띠끄", "인벤티크"],
        ["Ivy", "Oak"],
        True,
    )
    assert json.loads(first["low_price"]) == {"bag": 300}
    assert rows["brand:Plainco"] == {"owner": "Plainco", "id": "brand:Plainco"}
    assert not log.cells


def test_any_table_fills_the_list_it_is_told_to_by_names_and_by_mapping_either_way(tmp_path):
    path = tmp_path / "ours.csv"
    path.write_text("Article,models,gtins,Day\nLamp,L-1|L-2,4006381333931,2026-01-05\n", "utf-8")
    for mapping in ({"products": "Article", "date": "Day"}, {"Article": "products", "Day": "date"}):
        (row,) = read("csv", path, "recalls", mapping)[0].values()
        assert (row["products"], row["models"], row["date"]) == (["Lamp"], ["L-1", "L-2"], "2026-01-05")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing", None), "no source 'nothing'"),
        (("csv", None), "say which"),
        (("cpsc", "brands"), "fills the list recalls"),
    ],
)
def test_a_wrong_source_or_list_is_named_with_the_right_ones(arguments, words):
    with pytest.raises(UsageError, match=words) as error:
        load_profile(*arguments)
    assert error.value.mend


def test_a_mapping_to_no_field_says_which_fields_there_are():
    with pytest.raises(UsageError, match="is a field of the list") as error:
        load_profile("csv", "terms").mapped({"word": "Wort"})
    assert "term" in error.value.mend


def test_a_file_of_another_source_is_refused(tmp_path):
    path = tmp_path / "weather.csv"
    path.write_text("station,rain\nBusan,3\n", "utf-8")
    with pytest.raises(InputError, match="no column of the file is known") as error:
        read("safetykorea", path)
    assert "--map" in error.value.mend


def test_every_profile_cites_its_documentation_and_bounds_its_rows():
    for name in source_names():
        profile = load_profile(name, "recalls" if name == "csv" else None)
        assert len(profile.documentation) > 60
        assert 0 < profile.least <= profile.most
        assert profile.extent in ("full", "part")
        assert set(profile.title) == {"en", "ko"}
        assert profile.fields or profile.reader
