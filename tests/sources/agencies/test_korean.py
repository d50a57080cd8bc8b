"""Korean exports and API answers in their documented forms (invented rows) become rows of the lists."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from mapae.lists.merge import folded
from mapae.lists.write import unfit
from mapae.sources.agencies import load_profile, read_agency
from mapae.sources.rejects import RejectLog

DAY = date(2026, 11, 24)


def read(source: str, path: Path, list_name: str | None = None, mapping=None, known=None):
    """Rows by id, and the log."""
    profile = load_profile(source, list_name).mapped(mapping or {})
    log = RejectLog(path)
    rows = folded(read_agency(profile, path, log, day=DAY, known=known))
    assert [why for row in rows.values() if (why := unfit(row, profile.list))] == []
    return rows, log


DOMESTIC = {
    "recallUid": 4001, "recallProductName": "완구(치발기)", "recallBrandName": "루미베이",
    "recallModelName": "LB-100, LB-200 외 2종", "barcodeNum": "8801234567893", "publishDate": "20260703",
    "certNum": "CB064R0000-0001",
    "makingCntryName": "국외>아시아지역>중국",
    "harmDscr": "프탈레이트계 가소제 기준치 초과", "recallMeans": "환불",
    "productItemName": "어린이용품>완구", "makerName": "-",
}  # fmt: skip
FOREIGN = {
    "fRecallUid": "F-77", "recallProductName": "USB 충전기", "recallBrandName": "브랜드 없음",
    "recallModelName": "모델명: DV-30W",
    "publishDate": "2026-08-01", "violateDscr": "감전 위험", "recallUrl": "https://example.org/notice/77",
    "recallPblshCntryName": "독일", "makingCntryName": "중국",
}  # fmt: skip


def test_the_answer_of_the_recall_api_is_unwrapped_and_read(tmp_path):
    path = tmp_path / "list.json"
    path.write_text(
        json.dumps({"resultCode": "2000", "resultMsg": "Success", "resultData": [DOMESTIC, FOREIGN]}), "utf-8"
    )
    rows, log = read("safetykorea", path)
    teether, charger = rows["safetykorea:4001"], rows["safetykorea-f:F-77"]
    assert teether["models"] == ["LB-100", "LB-200"]
    assert teether["gtins"] == ["8801234567893"]
    assert (teether["date"], teether["countries"], teether["brands"]) == (
        "2026-07-03",
        ["중국"],
        ["루미베이"],
    )
    assert teether["hazard"] == "chemical"
    assert json.loads(teether["scope"]) == {
        "certificates": ["CB064R0000-0001"],
        "danger": ["프탈레이트계 가소제 기준치 초과"],
    }
    assert charger["models"] == ["DV-30W"]
    assert "brands" not in charger
    assert charger["url"] == "https://example.org/notice/77"
    assert not log.rows


def test_one_object_and_an_indented_answer_are_read_as_well(tmp_path):
    one, indented = tmp_path / "one.json", tmp_path / "indented.json"
    one.write_text(json.dumps({"resultCode": "2000", "resultData": DOMESTIC}, ensure_ascii=False), "utf-8")
    indented.write_text(json.dumps({"resultCode": "2000", "resultData": [DOMESTIC]}, indent=2), "utf-8")
    assert list(read("safetykorea", one)[0]) == list(read("safetykorea", indented)[0]) == ["safetykorea:4001"]


def test_a_recall_without_a_product_is_a_reject_with_its_line_and_reason(tmp_path):
    path = tmp_path / "list.jsonl"
    path.write_text("\n".join(map(json.dumps, [DOMESTIC, {"recallUid": 5}, FOREIGN])), "utf-8")
    rows, log = read("safetykorea", path)
    assert len(rows) == 2
    (reject,) = list(log)
    assert (reject.line, reject.column) == (2, None)
    assert "no products" in reject.reason


@pytest.mark.parametrize("encoding", ["cp949", "utf-16", "utf-8-sig"])
def test_a_table_saved_by_a_korean_office_is_read_in_its_encoding(tmp_path, encoding):
    path = tmp_path / "export.csv"
    path.write_text(
        "제품안전정보센터 국내리콜 목록,,,,,\n"
        "번호,리콜번호,제품명,상표명,모델명,바코드,공표일자,제조국,위해내용\n"
        '1,9001,"전기 찜질기",온돌리,"OD-1, OD-2",8801234567893,2026.07.15,중국,화재 위험\n'
        "2,9002,어린이 목걸이,해당없음,없음,8801234567890,2026-07-16,국외>아시아지역>중국,카드뮴 초과\n",
        encoding,
    )
    rows, log = read("safetykorea", path)
    assert rows["safetykorea:9001"]["models"] == ["OD-1", "OD-2"]
    assert rows["safetykorea:9001"]["date"] == "2026-07-15"
    necklace = rows["safetykorea:9002"]
    assert not {"brands", "models", "gtins"} & set(necklace)
    assert [(item.line, item.column) for item in log] == [(4, "gtins")]
    assert "check digit" in next(iter(log)).reason


def test_a_workbook_with_a_title_above_the_header_is_read(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["국외리콜 현황"], [], ["국외리콜UID", "제품명", "브랜드", "모델명", "공표일", "위반내용"],
        [101, "어린이 침대", "Dalmart Kids", "DK-7", "2026-05-02", "끼임 위험"],
    ):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "recalls.xlsx")
    rows, _ = read("safetykorea", tmp_path / "recalls.xlsx")
    assert rows["safetykorea-f:101"]["brands"] == ["Dalmart Kids"]


def test_an_xls_that_is_a_web_table_is_read_and_a_web_page_is_refused_with_the_way_out(tmp_path):
    path = tmp_path / "recalls.xls"
    path.write_text(
        "<html><head><meta charset='utf-8'></head><body><table><tr><th>리콜번호</th><th>제품명</th><th>모델명</th></tr>"
        "<tr><td>77</td><td>전기 방석</td><td>EB-5</td></tr></table></body></html>",
        "utf-8",
    )
    assert read("safetykorea", path)[0]["safetykorea:77"]["models"] == ["EB-5"]
    path.write_text("<html><body><p>Please sign in</p></body></html>", "utf-8")
    with pytest.raises(Exception, match="web page without a table") as error:
        read("safetykorea", path)
    assert "download the data file" in error.value.mend


def test_without_a_number_the_id_is_made_of_the_product_and_stays_the_same(tmp_path):
    path = tmp_path / "recalls.csv"
    path.write_text("제품명,모델명,공표일\n전기 방석,EB-5,2026-05-01\n", "utf-8")
    first, again = (next(iter(read("safetykorea", path)[0])) for _ in range(2))
    assert first == again
    assert first.startswith("safetykorea:h-")


def test_rows_of_one_recall_a_model_each_become_one_entry(tmp_path):
    path = tmp_path / "recalls.csv"
    path.write_text("리콜번호,제품명,모델명\n5,램프,A-1\n5,램프,A-2\n", "utf-8")
    assert read("safetykorea", path)[0]["safetykorea:5"]["models"] == ["A-1", "A-2"]


def test_the_consumer_portals_xml_is_read_with_its_markup_taken_away(tmp_path):
    path = tmp_path / "recalls.xml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><selectCntntsForOpenAPIResponse><channel><return>'
        "<allCnt>2</allCnt><code>00</code>"
        "<content><recallSn>R1</recallSn><cntntsId>0501</cntntsId><productNm>LED 조명</productNm><makr>루미베이</makr>"
        "<modlNmInfo><![CDATA[LL-3<br/>LL-4]]></modlNmInfo><stdBrcd>8801234567893</stdBrcd>"
        "<shrtcomCn><![CDATA[<table><tr><td>감전 위험</td></tr></table>]]></shrtcomCn>"
        "<recallPublictBgnde>20260311</recallPublictBgnde><infoOriginUrl>https://example.org/r1</infoOriginUrl></content>"
        "<content><recallSn>R2</recallSn></content></return></channel></selectCntntsForOpenAPIResponse>",
        "utf-8",
    )
    rows, log = read("consumer24", path)
    lamp = rows["consumer24:R1"]
    assert (lamp["models"], lamp["hazard"], lamp["date"]) == (
        ["LL-3", "LL-4"],
        "electric_shock",
        "2026-03-11",
    )
    assert json.loads(lamp["scope"]) == {"maker": ["루미베이"], "danger": ["감전 위험"]}
    assert log.rows == 1


@pytest.mark.parametrize("shape", ["<resultData>{}</resultData>", "<resultData><any>{}</any></resultData>"])
def test_the_recall_api_in_xml_is_read_whatever_holds_a_record(tmp_path, shape):
    path = tmp_path / "recalls.xml"
    cells = "".join(f"<{name}>{value}</{name}>" for name, value in DOMESTIC.items() if "makingC" not in name)
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<response><resultCode>2000</resultCode>'
        + shape.format(cells)
        + "</response>",
        "utf-8",
    )
    assert read("safetykorea", path)[0]["safetykorea:4001"]["models"] == ["LB-100", "LB-200"]


def test_blocked_ingredients_come_from_the_api_the_sheet_and_json_lines(tmp_path):
    api = tmp_path / "api.json"
    api.write_text(json.dumps({"header": {"resultCode": "00"}, "body": {"totalCount": 2, "items": [
        {"item": {"APPN_RELS_DVS": "Y", "RAW_IRDNT_NM": "가상물질", "RAW_IRDNT_ENG_NM": "Inventafil",
                  "RAW_IRDNT_ETC_NM": "2,3-inventol, IVF", "APPN_DT": "2026-01-02", "RELS_DT": None, "APPN_RSN": "의약성분"}},
        {"item": {"APPN_RELS_DVS": "N", "RAW_IRDNT_NM": "옛물질", "RAW_IRDNT_ENG_NM": "Formerol", "APPN_DT": "2020-01-02",
                  "RELS_DT": "2026-02-03"}}]}}), "utf-8")  # fmt: skip
    rows, _ = read("mfds-ingredients", api)
    assert rows["mfds:Inventafil"]["aliases"] == ["2,3-inventol", "IVF"]
    assert rows["mfds:Inventafil"]["status"] == "designated"
    assert (rows["mfds:Formerol"]["status"], rows["mfds:Formerol"]["date"]) == ("released", "2026-02-03")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "연번,원료·성분명(한글),영문명,기타명칭,지정/해제 구분,지정일자\n1,가상물질,Inventafil,IVF,지정,2026.1.2\n",
        "cp949",
    )
    (row,) = read("mfds-ingredients", sheet)[0].values()
    assert (row["id"], row["name_ko"], row["date"]) == ("mfds:Inventafil", "가상물질", "2026-01-02")


def test_an_entry_known_by_another_spelling_keeps_its_id(tmp_path):
    path = tmp_path / "list.jsonl"
    path.write_text(json.dumps({"name_ko": "가상 물질", "name_en": "INVENTAFIL"}), "utf-8")
    assert list(read("mfds-ingredients", path, known={"inventafil": "mfds:Inventafil"})[0]) == [
        "mfds:Inventafil"
    ]


def test_blocked_products_of_food_safety_korea_leave_out_what_has_ended(tmp_path):
    path = tmp_path / "I2715.json"
    row = {
        "PRDT_NM": "Mega Slim Gum", "MUFC_NM": "Invented Labs", "INGR_NM_LST": "시부트라민", "STT_YMD": "20260101",
        "END_YMD": "99991231", "SELF_IMPORT_SEQ": "31", "BARCD_CTN": "036000291452",
    }  # fmt: skip
    answer = {
        "I2715": {
            "total_count": "2",
            "row": [row, row | {"SELF_IMPORT_SEQ": "32", "END_YMD": "20261001"}],
            "RESULT": {},
        }
    }
    path.write_text(json.dumps(answer), "utf-8")
    rows, log = read("mfds-products", path)
    assert list(rows) == ["mfds-product:31"]
    assert rows["mfds-product:31"]["gtins"] == ["036000291452"]
    assert rows["mfds-product:31"]["reason"] == "시부트라민"
    assert "ended" in log.said()[0]


def test_food_materials_know_their_annex_whichever_way_it_is_said(tmp_path):
    path = tmp_path / "materials.csv"
    path.write_text(
        "원재료,이명또는영명,학명또는특성,가능여부,제한여부,사용부위\n"
        "가상초,Inventwort,Inventa alba,가능,,잎\n"
        "제한초,Limitwort,Limita alba,가능,제한,뿌리\n"
        "금지초,Bannedwort,Banna alba,불가능,,\n",
        "utf-8",
    )
    rows, log = read("mfds-materials", path)
    assert [row["annex"] for row in rows.values()] == ["allowed", "restricted", "prohibited"]
    assert not log.cells


def test_marks_recorded_at_customs_keep_the_packs_id_and_other_rights_are_left_out(tmp_path):
    path = tmp_path / "rights.csv"
    path.write_text(
        "연번,지식재산권 종류,상표명,권리자,등록번호,물품\n"
        "1,상표권,나이키,Nike Innovate,40-1,신발\n2,상표권,NIKE,Nike Innovate,40-2,의류\n"
        "3,특허권,접이식 우산,홍길동,10-3,우산\n4,상표권,Inventique,Inventique SA,40-9,가방\n",
        "cp949",
    )
    rows, log = read("customs-rights", path, known={"나이키": "brand:Nike", "nike": "brand:Nike"})
    assert list(rows) == ["brand:Nike", "brand:Inventique"]
    nike = rows["brand:Nike"]
    assert (nike["owner"], nike["names_ko"], nike["names_en"]) == ("Nike", ["나이키"], ["NIKE"])
    assert nike["recorded_at_customs"] is True
    assert "another sort" in log.said()[0]


def test_the_shared_ministry_lists_are_read_whole(shared):
    mfds = shared / "data" / "mfds"
    rows, log = read("mfds-ingredients", mfds / "blocked_ingredients.jsonl")
    names = {name for row in rows.values() for name in (row["name_ko"], *row.get("aliases", []))}
    given = [
        json.loads(line) for line in (mfds / "blocked_ingredients.jsonl").read_text("utf-8").splitlines()
    ]
    assert {" ".join(item["name_ko"].split()) for item in given} <= names
    assert (log.rows, log.cells) == (0, 0)
    materials, log = read("mfds-materials", mfds / "food_raw_materials.jsonl")
    assert len(materials) == 5384
    assert {row["annex"] for row in materials.values()} == {"allowed", "restricted", "prohibited"}
    assert (log.rows, log.cells) == (0, 0)
