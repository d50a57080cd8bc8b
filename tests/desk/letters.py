"""Cases and documents for the tests of letters, service and outbox; everything is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from mapae.desk import clock
from mapae.desk.cases import evidence
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.models import Document, Service
from mapae.desk.findings.models import Finding, Run
from mapae.desk.parties.models import ServiceConsent

NOON = datetime(2026, 11, 25, 3, tzinfo=UTC)  # 12:00 in Korea, a Wednesday
REQUEST = (
    "위 목록의 판매 페이지를 내려 주시기 바랍니다.\n같은 제품이 다시 등록되지 않도록 살펴 주시기 바랍니다."
)


def open_case(world: SimpleNamespace, matter: str = "hazardous_goods", rung: str = "verified") -> Case:
    """A case with two listings, one with the finding it rests on."""
    case: Case = run("open", world.sora, operator=world.lumibay, matter=matter, title="유아용 치발기 (예시)")
    case.joint.add(world.kftc, world.motir)
    ran = Run.objects.get_or_create(digest="0" * 64, defaults={"path": "out", "started_at": clock.now()})[0]
    finding = Finding.objects.create(
        finding_id=f"f{case.pk}", run=ran, measure=matter, check_key="recalls", subject_kind="listing",
        subject_id="L-1001", severity=3, score=0.97, reference_id="cpsc:26063", provision="PSF 10-2",
        as_of=date(2026, 11, 24), evidence_key="e", first_seen_at=clock.now(),
        reasons=[{"field": "title", "start": 0, "end": 9, "seen": "Mungmung ", "matched": "mungmung", "detail": ""}],
    )  # fmt: skip
    record = {
        "title": "Mungmung teether ring",
        "brand": "Mungmung",
        "model": "MT-3",
        "extra": {"manufacturer": "몽몽토이 (예시)"},
    }
    CaseItem.objects.create(
        case=case, kind="listing", subject_id="L-1001", platform="Lumibay", title="Mungmung teether ring",
        url="https://lumibay.example/item/1001", seller=world.seller, finding=finding, state="found", rung=rung,
        snapshot=record,
    )  # fmt: skip
    CaseItem.objects.create(
        case=case, kind="listing", subject_id="L-1002", platform="Lumibay", title="몽몽 치발기 <script>alert(1)</script>",
        url="https://lumibay.example/item/1002", state="found", rung=rung,
    )  # fmt: skip
    return case


def drafted(world: SimpleNamespace, case: Case, kind: str = "guidance", **more: Any) -> Document:
    """A draft by Sora about all items."""
    user = more.pop("by", world.sora)
    fields = {"items": case.items.all(), "request": REQUEST, **more}
    made: Document = run("draft", user, case, kind=kind, **fields)
    return made


def approved(world: SimpleNamespace, case: Case, kind: str = "guidance", **more: Any) -> Document:
    """A document approved by Hana."""
    made: Document = run("approve", world.hana, case, document=drafted(world, case, kind, **more))
    return made


def posted(world: SimpleNamespace, document: Document) -> Service:
    """The document sent by post."""
    made: Service = run(
        "serve", world.sora, document.case, document=document, channel="post", address="싱가포르 예시로 5"
    )
    return made


def proof(world: SimpleNamespace) -> Any:
    """A kept receipt."""
    return evidence.keep("배달증명 (예시)".encode(), "text/plain", by=world.sora, name="배달증명.txt")


def portal_consent(world: SimpleNamespace) -> ServiceConsent:
    """Consent of Lumibay to service by the portal."""
    return ServiceConsent.objects.create(
        operator=world.lumibay, mandate=world.mandate, channel="portal", address="portal:lumibay",
        consented_on=world.mandate.starts_on,
    )  # fmt: skip
