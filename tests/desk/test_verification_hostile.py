"""Hostile pages: what a shop's page holds is kept as it was, and shown or given out so that no browser runs it."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from warcio.archiveiterator import ArchiveIterator

from mapae.desk.cases import evidence
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import ItemCheck
from mapae.desk.verification.looks import look_at
from tests.desk.letters import NOON
from tests.desk.looking import fetcher, served_case, shop
from tests.desk.people import PASSWORD
from tests.sources.fetch.servers import answer

BAD = "<script>alert(1)</script>"
HEADLINE = "&lt;script&gt;alert(1)&lt;/script&gt; Mungmung <img src=x onerror=alert(2)>"
PAGE = (
    f"<html><head><title>{HEADLINE}</title>{BAD}<meta http-equiv=refresh content='0;url=//evil.example'></head>"
    f"<body onload=alert(3)><h1>{HEADLINE}</h1><p class=price>9,900원</p><p>{'설명 ' * 40}</p>"
    "<svg onload=alert(4)></svg><iframe srcdoc='<script>alert(5)</script>'></iframe></body></html>"
)


@pytest.fixture
def looked(world: SimpleNamespace, client: Client) -> SimpleNamespace:
    """Sora, signed in, with a case whose listing answered with the hostile page."""
    hostile = answer(body=PAGE.encode(), X_Evil="<script>alert(6)</script>")
    with shop({"/item/L-1001": hostile}) as address, time_machine.travel(NOON, tick=False):
        case, _document = served_case(world, address)
        run("verify", None, case, looks=list(look_at(case.items.filter(subject_id="L-1001"), fetcher())))
    case.items.filter(subject_id="L-1002").update(title=f"{BAD}치발기", url="javascript:alert(7)")
    assert client.login(username=world.sora.email, password=PASSWORD)
    return SimpleNamespace(case=case, check=ItemCheck.objects.get(), client=client)


def test_the_capture_is_a_warc_that_holds_every_byte(looked: SimpleNamespace) -> None:
    content = evidence.read(looked.check.evidence)
    found = {
        record.rec_type: (record.http_headers, record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(content))
        if record.rec_type in ("request", "response")
    }
    headers, body = found["response"]
    assert body == PAGE.encode()
    assert headers.get_header("X-Evil") == "<script>alert(6)</script>"
    assert found["request"][0].protocol == "GET"


def test_pages_show_what_was_seen_as_text(looked: SimpleNamespace) -> None:
    for name in ("case-verify", "case"):
        key = {"number": looked.case.number} if name == "case-verify" else {"key": looked.case.number}
        reply = looked.client.get(reverse(name, kwargs=key))
        text = reply.content.decode()
        assert reply.status_code == 200
        for live in ("<script>alert", "onerror=alert(2)>", "<svg onload", 'href="javascript:', "srcdoc="):
            assert live not in text, (name, live)
        assert "&lt;script&gt;" in text
        assert "unsafe-inline" not in reply["Content-Security-Policy"]


def test_the_file_is_given_out_as_an_attachment_that_no_browser_runs(looked: SimpleNamespace) -> None:
    reply = looked.client.get(reverse("case-evidence", args=[looked.case.number, looked.check.evidence.pk]))
    assert reply["Content-Type"] == "application/octet-stream"
    assert reply["Content-Disposition"].startswith("attachment")
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reply["Content-Security-Policy"]
    assert reply.content == evidence.read(looked.check.evidence)
