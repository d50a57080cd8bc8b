"""A served case whose listings stand in a shop on this machine, for the tests of verification; everything is invented."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from mapae.desk import clock
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document
from mapae.desk.findings.models import Finding, Run
from mapae.sources.fetch import Fetcher, FetchRules, Pace
from tests.desk.letters import approved, open_case, portal_consent
from tests.sources.fetch.servers import answer, serving

__all__ = ["RULES", "fetcher", "new_finding", "page", "served_case", "shop"]

RULES = FetchRules(loopback=True, connect=1, wait=1, total=3)


def fetcher() -> Fetcher:
    """A fetcher for this machine that does not pause."""
    return Fetcher(RULES, pace=Pace(lambda: 0.0, gap=0.0))


def page(title: str, price: str = "9,900원") -> bytes:
    """A product page."""
    words = f"<p class=price>{price}</p><p>{'상품 설명 ' * 20}</p>"
    return answer(body=f"<html><title>{title}</title><h1>{title}</h1>{words}</html>".encode())


@contextmanager
def shop(shelves: dict[str, bytes]) -> Iterator[str]:
    """A shop: path → answer; what is not on the shelves is 404. The dict may change meanwhile."""

    def sell(client: socket.socket, path: str) -> None:
        client.sendall(shelves.get(path, answer("404 Not Found", b"<h1>404</h1>")))

    with serving(sell) as address:
        yield address


def served_case(
    world: SimpleNamespace, address: str, kind: str = "takedown_recommendation"
) -> tuple[Case, Document]:
    """Two listings, asked to be taken down by a document that was served today."""
    portal_consent(world)
    case = open_case(world)
    for item in case.items.all():
        item.url = f"{address}/item/{item.subject_id}"
        item.save(update_fields=["url"])
    document = approved(world, case, kind)
    run("serve", world.sora, case, document=document, channel="portal")
    case.items.update(state="asked")
    case.refresh_from_db()
    return case, Document.objects.get(pk=document.pk)


def new_finding(world: SimpleNamespace, subject: str, title: str, **fields: object) -> Finding:
    """A finding of the same recall that came in now."""
    ran = Run.objects.get_or_create(digest="1" * 64, defaults={"path": "out", "started_at": clock.now()})[0]
    made = {
        "finding_id": f"n-{subject}", "run": ran, "measure": "hazardous_goods", "check_key": "recalls",
        "subject_kind": "listing", "subject_id": subject, "subject_title": title, "platform": "Lumibay",
        "operator": world.lumibay, "seller_id": "S-99", "severity": 3, "score": 0.9, "reference_id": "cpsc:26063",
        "provision": "PSF 10-2", "as_of": clock.today(), "evidence_key": subject, "first_seen_at": clock.now(),
    }  # fmt: skip
    return Finding.objects.create(**{**made, **fields})
