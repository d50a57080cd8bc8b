"""The pages of merchants and rights holders, from the form to the officer's decision, as each person sees them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mapae.desk.audit.models import AuditEntry
from mapae.desk.merchants.acts import OUTCOMES
from mapae.desk.merchants.models import MerchantReport
from mapae.desk.merchants.standing import standing_table

SHOP = "반짝상회"
FORM = {
    "matter": "settlement", "operator_told": "루미베이",
    "text": f"{SHOP}의 정산금 12,345,600원이 5월 3일부터 보류되었습니다.",
    "confidence": "disclosed", "shop": SHOP,
    "email": "help@banjjak.example", "amount": "12345600",
    "began_on": "2026-05-03",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _at(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.EVIDENCE_ROOT = tmp_path
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 25, 3, tzinfo=UTC), tick=False):
        yield


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def photo() -> SimpleUploadedFile:
    image, out = Image.new("RGB", (8, 8), "red"), io.BytesIO()
    exif = image.getexif()
    exif[0x013B] = SHOP.encode().hex()
    image.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(f"{SHOP}.jpg", out.getvalue(), "image/jpeg")


def reported(client: Client, **more: Any) -> str:
    """The secret address after sending the form."""
    answer = client.post("/merchants", {**FORM, **more})
    assert answer.status_code == 302, re.findall(r'class="error"[^>]*>([^<]*)', answer.content.decode())
    return str(answer["Location"])


def text_of(answer: Any) -> str:
    return answer.content.decode()


def test_what_each_degree_means_is_shown_before_anything_is_sent(world: SimpleNamespace) -> None:
    page = text_of(Client(headers={"accept-language": "en"}).get("/merchants"))
    for words in (
        "Nothing goes to the platform, not even that a report came.",
        "It is told only after you agree.",
        "MRF-48",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("matter", "x"),
        ("confidence", ""),
        ("text", "짧다"),
        ("operator_told", ""),
        ("ended_on", "2026-01-01"),
        ("email", "no"),
    ],
)
def test_a_form_that_cannot_be_sent_says_which_field(world: SimpleNamespace, field: str, value: str) -> None:
    answer = Client().post("/merchants", {**FORM, field: value})
    assert answer.status_code == 422
    assert f'id="wrong-{field}"' in text_of(answer)
    assert not MerchantReport.objects.exists()


def test_the_address_alone_shows_the_state_the_number_opens_the_words(world: SimpleNamespace) -> None:
    own = Client()
    place = reported(own, files=photo())
    first = text_of(own.get(place))
    code = re.search(r"<strong>(\d{8})</strong>", first)
    assert code is not None and SHOP in first
    assert code[1] not in text_of(own.get(place)), "the number is shown once"
    other = Client()
    assert SHOP not in text_of(other.get(place))
    assert other.get(f"{place}/files/1").status_code == 404
    other.post(f"{place}/act", {"do": "open", "code": "00000000"})
    assert SHOP not in text_of(other.get(place))
    other.post(f"{place}/act", {"do": "open", "code": code[1]})
    assert SHOP in text_of(other.get(place))
    assert SHOP.encode().hex().encode() not in other.get(f"{place}/files/1").content


def test_guessing_the_number_is_stopped_for_an_hour(world: SimpleNamespace) -> None:
    own, other = Client(), Client()
    place = reported(own)
    code = re.search(r"<strong>(\d{8})</strong>", text_of(own.get(place)))
    for _try in range(9):
        other.post(f"{place}/act", {"do": "open", "code": "00000000"})
    other.post(f"{place}/act", {"do": "open", "code": code[1] if code else ""})
    assert SHOP not in text_of(other.get(place))


def test_officer_and_merchant_talk_and_agree_and_the_agent_reads_only_what_was_agreed(
    world: SimpleNamespace,
) -> None:
    own, dojin = Client(), signed_in(world.dojin)
    place = reported(own, files=photo())
    number = MerchantReport.objects.get().number
    here = f"/merchant-reports/{number}"
    assert number in text_of(dojin.get("/merchant-reports"))
    assert SHOP not in text_of(dojin.get("/merchant-reports"))
    assert f"<mark>{SHOP}</mark>" in text_of(dojin.get(here))
    dojin.post(f"{here}/join", {"case": ""})
    dojin.post(f"{here}/write", {"text": "몇 월분 정산입니까?"})
    assert "몇 월분 정산입니까?" in text_of(own.get(place))
    own.post(f"{place}/act", {"do": "write", "text": "4월분입니다."})
    assert "4월분입니다." in text_of(dojin.get(here))
    dojin.post(f"{here}/disclose", {"text": f"{SHOP}의 정산금 12,345,600원이 보류됨", "files": "1"})
    agent = signed_in(world.minjun)
    assert "보류됨" not in text_of(agent.get("/agent/merchants"))
    own.post(f"{place}/act", {"do": "agree"})
    told = text_of(agent.get("/agent/merchants"))
    assert (
        "정산금 ▒▒▒이 보류됨" in told and SHOP not in told and number not in told and "2026년 상반기" in told
    )
    (file,) = re.findall(r'href="(/agent/merchants/[^"]+)"', told)
    got = agent.get(file)
    assert got.status_code == 200 and SHOP not in str(got.headers)
    assert signed_in(world.rival).get(file).status_code == 404
    own.post(f"{place}/act", {"do": "refuse"})
    assert "보류됨" not in text_of(agent.get("/agent/merchants"))
    assert agent.get(file).status_code == 404


def test_who_it_is_opens_for_cleared_officers_only_and_each_look_is_recorded(world: SimpleNamespace) -> None:
    reported(Client(), files=photo())
    number, dojin = MerchantReport.objects.get().number, signed_in(world.dojin)
    assert dojin.post(f"/merchant-reports/{number}/personal").status_code == 403
    assert dojin.post(f"/merchant-reports/{number}/originals/1").status_code == 403
    world.dojin.cleared = True
    world.dojin.save()
    assert "help@banjjak.example" in text_of(dojin.post(f"/merchant-reports/{number}/personal"))
    assert SHOP.encode().hex().encode() in dojin.post(f"/merchant-reports/{number}/originals/1").content
    looks = AuditEntry.objects.filter(kind="read_personal")
    assert {row.data.get("original") for row in looks} == {None, True}


def test_officers_of_other_bodies_and_auditors_do_not_read_the_words(world: SimpleNamespace) -> None:
    reported(Client())
    number = MerchantReport.objects.get().number
    assert signed_in(world.sora).get(f"/merchant-reports/{number}").status_code == 404
    seen = text_of(signed_in(world.yuna).get(f"/merchant-reports/{number}"))
    assert "정산" in seen and SHOP not in seen and "12345600" not in seen


def test_values_before_and_after_are_kept_by_merchant_and_officer_and_bad_lines_told(
    world: SimpleNamespace,
) -> None:
    own, dojin = Client(), signed_in(world.dojin)
    place = reported(own)
    own.post(f"{place}/act", {"do": "series", "kind": "rank", "rows": "2026-11-01, 9\n2026-11-26, 40"})
    here = f"/merchant-reports/{MerchantReport.objects.get().number}"
    assert "자료가 너무 적습니다" in text_of(own.get(place))
    answer = dojin.post(
        f"{here}/series", {"kind": "fee", "source": "platform", "rows": "어제, 3"}, follow=True
    )
    assert "1번째 줄" in text_of(answer)
    assert MerchantReport.objects.get().series.count() == 1


def test_an_anonymous_report_is_closed_with_an_outcome_that_its_page_tells(world: SimpleNamespace) -> None:
    own, dojin = Client(), signed_in(world.dojin)
    place = reported(own, confidence="anonymous")
    report = MerchantReport.objects.get()
    assert (report.shop, report.email) == ("", "")
    dojin.post(f"/merchant-reports/{report.number}/close", {"outcome": "not_enough"})
    assert "자료 부족" in text_of(own.get(place))


def test_a_file_that_cannot_be_stripped_stops_the_report_and_says_why(world: SimpleNamespace) -> None:
    answer = Client().post(
        "/merchants", {**FORM, "files": SimpleUploadedFile("a.exe", b"MZ\x90\x00" + b"\x00" * 600)}
    )
    assert answer.status_code == 422
    assert not MerchantReport.objects.exists()


def test_the_page_says_at_every_step_who_acts_next_and_what_one_can_do(world: SimpleNamespace) -> None:
    client, officer = Client(headers={"accept-language": "ko"}), signed_in(world.dojin)
    place = reported(client)
    report = MerchantReport.objects.get()
    at = f"/merchant-reports/{report.number}"

    def stands() -> str:
        page = text_of(Client(headers={"accept-language": "ko"}).get(place))
        assert "다음 차례" in page
        return page

    assert "신고를 읽습니다" in stands() and "044-000-0022" not in stands()
    officer.post(f"{at}/write", {"text": "정산서가 있습니까?"})
    assert "담당자가 남긴 글에 답합니다" in stands()
    client.post(f"{place}/act", {"do": "write", "text": "있습니다."})
    assert "신고를 읽습니다" in stands()
    officer.post(f"{at}/join", {"case": ""})
    assert "사건에서 조사합니다" in stands()
    officer.post(f"{at}/disclose", {"text": "정산이 늦다고 합니다."})
    assert "답하지 않으시면 아무것도 알리지 않습니다" in stands()
    client.post(f"{place}/act", {"do": "agree"})
    officer.post(f"{at}/close", {"outcome": "not_enough"})
    assert "통지문, 정산서, 화면이 도움이 됩니다" in stands()


def test_every_outcome_of_a_report_has_words_on_what_comes_next() -> None:
    keys = {"received", "joined", "asked", "consent", *(f"closed_{outcome}" for outcome in OUTCOMES)}
    assert set(standing_table()) == keys
    assert all(set(row[part]) == {"ko", "en", "zh"} for row in standing_table().values() for part in row)


def test_values_that_cannot_be_read_stay_in_the_form(world: SimpleNamespace) -> None:
    client = Client()
    place = reported(client)
    answer = client.post(f"{place}/act", {"do": "series", "kind": "fee", "rows": "2026-05-01, 12\nhello"})
    page = text_of(answer)
    assert answer.status_code == 422 and "2026-05-01, 12\nhello</textarea>" in page
    assert '<option value="fee" selected>' in page


def test_the_queue_shows_who_wrote_last_and_what_got_worse_after_a_report(world: SimpleNamespace) -> None:
    client, officer = Client(headers={"accept-language": "ko"}), signed_in(world.dojin)
    place = reported(client)
    report = MerchantReport.objects.get()
    officer.post(f"/merchant-reports/{report.number}/write", {"text": "정산서가 있습니까?"})
    assert "글을 남겼습니다" not in text_of(officer.get("/merchant-reports"))
    client.post(f"{place}/act", {"do": "write", "text": "있습니다."})
    assert "신고자가 글을 남겼습니다." in text_of(officer.get("/merchant-reports"))
    MerchantReport.objects.update(received_at=datetime(2026, 10, 20, tzinfo=UTC))
    rows = [
        f"{date(2026, 10, 20) + timedelta(at)}, {900 if at <= 0 else 300 + at % 3}" for at in range(-30, 31)
    ]
    client.post(f"{place}/act", {"do": "series", "kind": "exposure", "rows": "\n".join(rows)})
    assert "신고 뒤 나빠졌습니다" in text_of(officer.get("/merchant-reports")).replace(".", "")
