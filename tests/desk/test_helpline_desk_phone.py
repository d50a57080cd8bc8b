"""The phone desk: what an officer ticks is theirs to tick, what was written stays, numbers are found by one search box."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mapae.desk.helpline.models import Complaint
from mapae.desk.merchants.intake import receive
from mapae.desk.rights.register import register


@pytest.fixture(autouse=True)
def _kept(settings: Any, tmp_path: Any) -> None:
    settings.EVIDENCE_ROOT = tmp_path / "evidence"


def signed_in(person: Any) -> Client:
    client = Client(headers={"accept-language": "ko"})
    client.force_login(person)
    return client


def test_that_the_consumer_was_told_is_never_ticked_by_itself(world: SimpleNamespace) -> None:
    client = signed_in(world.dojin)
    assert 'value="yes" checked' not in client.get(reverse("complaint-new")).content.decode()
    told = {"text": "루미베이에서 산 주전자가 켜지지 않아요", "language": "en"}
    client.post(reverse("complaint-new"), told)
    assert Complaint.objects.get().state == "received", "the desk's clock runs until they are told"


def test_what_was_ticked_and_chosen_stays_when_something_is_wrong(world: SimpleNamespace) -> None:
    told = {"text": "", "language": "en", "advised": "yes"}
    page = signed_in(world.dojin).post(reverse("complaint-new"), told).content.decode()
    assert 'value="yes" checked' in page and '<option value="en" lang="en" selected>' in page


def test_numbers_of_merchants_and_rights_holders_lead_to_them_for_who_may_open_them(
    world: SimpleNamespace,
) -> None:
    told = {"matter": "fees", "operator_told": "루미베이", "text": "수수료를 올린다고 했습니다."}
    report = receive(confidence="anonymous", **told).report
    holder = register("반짝이(예시)", email="ip@banjjak.example").holder
    found = {report.number: reverse("merchant-report", args=[report.number]),
             holder.number: reverse("rights-holder", args=[holder.number])}  # fmt: skip
    for number, place in found.items():
        assert signed_in(world.dojin).get("/search", {"q": number.lower()})["Location"] == place
        assert signed_in(world.minjun).get("/search", {"q": number}).status_code == 200
    assert signed_in(world.sora).get("/search", {"q": report.number}).status_code == 200


def test_a_search_leads_on_to_the_complaints(world: SimpleNamespace) -> None:
    page = signed_in(world.dojin).get("/search", {"q": "전기 방석"}).content.decode()
    assert "/complaints?q=%EC%A0%84%EA%B8%B0%20%EB%B0%A9%EC%84%9D" in page
    assert "/complaints?q=" not in signed_in(world.minjun).get("/search", {"q": "전기 방석"}).content.decode()
