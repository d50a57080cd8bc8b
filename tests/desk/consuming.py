"""What tests of the consumer's pages share: the invented answers, a complaint filed with them, its pages, its code."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

from django.test import Client

from mapae.desk.documents.models import Outbox
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.telling import words

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
FIRST = {
    "text": "루미베이에서 산 치발기가 부러지고 아이 입에 발진이 생겼습니다.",
    "purchased_on": "2026-11-10",
    "delivered_on": "2026-11-20",
    "operator_told": "루미베이",
    "listing_url": "",
}
REST = {
    "product": "아기 치발기",
    "order_number": "LB-77",
    "amount": "35,000",
    "currency": "KRW",
    "remedy": "refund",
    "name": "김지우",
    "email": "jiwoo@mail.example",
    "phone": "",
    "do": "send",
}


def draft(client: Client, **more: str) -> str:
    """The address of a draft with the three answers."""
    answer = client.post("/help", {**FIRST, **more})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def filed(client: Client, **more: str) -> Complaint:
    """The complaint that the form makes."""
    answer = client.post(draft(client), {**FIRST, **REST, **more})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Complaint.objects.latest("pk")


def page(client: Client, place: str) -> str:
    answer = client.get(place)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def follow(complaint: Complaint, more: str = "") -> str:
    return f"/help/f/{complaint.link}{more}"


def code_in_mail() -> str:
    row = Outbox.objects.filter(key__contains=":code:").latest("pk")
    assert re.search(r"\d{6}", str(row.payload)) is None or row.payload["secret"]
    found = re.search(r"\b(\d{6})\b", words(row).text)
    assert found
    return found[1]


def feed_faults(content: bytes) -> list[str]:
    """What RFC 4287 (4.1.1, 4.1.2) asks of a feed and its entries and is not there, or there twice."""
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(content)
    entries = feed.findall(f"{atom}entry")
    wrong = [
        f"{place.tag.removeprefix(atom)} {name}"
        for place in (feed, *entries)
        for name in ("id", "title", "updated")
        if len(place.findall(atom + name)) != 1
    ]
    if feed.find(f"{atom}author/{atom}name") is None:
        wrong.append("feed author")
    if [link.get("rel") for link in feed.findall(f"{atom}link")].count("self") != 1:
        wrong.append("feed self")
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    return wrong + (["entry id twice"] if len(set(ids)) < len(ids) else [])


def rss_faults(content: bytes) -> list[str]:
    """What RSS 2.0 asks of a channel and its items and is not there, or there twice."""
    channel = ElementTree.fromstring(content).find("channel")
    assert channel is not None
    items = channel.findall("item")
    asked = (
        (channel, ("title", "link", "description")),
        *((item, ("title", "guid", "pubDate")) for item in items),
    )
    wrong = [
        f"{place.tag} {name}" for place, names in asked for name in names if len(place.findall(name)) != 1
    ]
    wrong += [guid.text or "" for guid in channel.iter("guid") if guid.get("isPermaLink") != "false"]
    ids = [item.findtext("guid") for item in items]
    return wrong + (["item guid twice"] if len(set(ids)) < len(ids) else [])
