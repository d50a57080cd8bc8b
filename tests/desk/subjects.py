"""What addresses of the desk speak of in the permission matrix: a case of one operator with all that hangs on it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from mapae.desk import clock
from mapae.desk.accounts.models import ApiToken
from mapae.desk.answers.links import make_link, token_of
from mapae.desk.answers.models import AnswerFile, Reply
from mapae.desk.api.models import Endpoint
from mapae.desk.bodies.models import Body
from mapae.desk.cases import evidence
from mapae.desk.cases.actions import run
from mapae.desk.documents.models import Outbox
from mapae.desk.findings.models import Finding, Run, Subject
from mapae.desk.helpline.actions import run as run_help
from mapae.desk.helpline.consumer.drafts import new_draft
from mapae.desk.helpline.intake import receive
from mapae.desk.helpline.models import Collective, Complaint
from mapae.desk.helpline.share import FIELDS, decide
from mapae.desk.inspections.models import Detention, Ranking
from mapae.desk.markets.models import MarketFile
from mapae.desk.merchants.intake import clean_files
from mapae.desk.merchants.intake import receive as report
from mapae.desk.parties.models import PublicationCheck, TestInquiry
from mapae.desk.rights.register import add_right, register
from tests.desk.answered import contested, items, removed, served

__all__ = ["subjects", "world_of"]
HOOK_SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo="


def world_of(world: SimpleNamespace, operator: str, agent: str) -> SimpleNamespace:
    """The world as seen from another operator: its agent stands where Minjun does."""
    found, person = getattr(world, operator), getattr(world, agent)
    mandate = found.mandates.get(firm=person.firm, ends_on=None)
    return SimpleNamespace(**{**vars(world), "lumibay": found, "mandate": mandate, "minjun": person})


def subjects(world: SimpleNamespace) -> dict[str, Any]:
    """Name → what stands for it in an address. The case is led by Sora's body alone; its document is served."""
    document = served(world)
    case, (first, second), now = document.case, items(document), clock.now()
    case.joint.set([])
    kept = evidence.keep(b"a,b\n", "text/csv", by=world.minjun, name="a.csv")
    link = make_link(world.minjun, first)
    (contest,) = run("contest", world.minjun, case, answers=[contested(first)])
    contest.files.add(kept)
    run("record_answer", world.minjun, case, answers=[removed(second, files=(kept,))])
    second.evidence.add(kept)
    finding = first.finding
    finding.reasons, finding.seller_id = [{**each, "score": 0.9} for each in finding.reasons], "S-77"
    finding.save()
    reply = Reply.objects.create(
        document=document, kind="opinion", firm=world.minjun.firm, text="예시", by=world.minjun, at=now
    )
    reply.files.add(kept)
    objection = Reply.objects.create(
        document=document, kind="objection", firm=world.minjun.firm, text="예시", by=world.minjun, at=now
    )
    table = AnswerFile.objects.create(case=case, firm=world.minjun.firm, by=world.minjun, file=kept, at=now)
    world.mandate.document = kept
    world.mandate.save()
    operator = world.lumibay
    box = Outbox.objects.create(
        key=f"k{case.pk}", channel="email", address="x@desk.example", service=document.services.first(),
        state="in_doubt", next_try_at=now,
    )  # fmt: skip
    token = ApiToken.objects.create(user=world.minjun, name="t", digest=f"{case.pk:064}", created_at=now)
    check = PublicationCheck.objects.create(
        operator=operator, evidence=kept, complete=False, language="ko", checked_at=now
    )
    hook = Endpoint.objects.create(
        owner=world.minjun, url="https://hooks.example/x", secret=HOOK_SECRET, made_at=now
    )
    inquiry = TestInquiry.objects.create(
        operator=operator, channel="email", about="예시", asked_on=now.date()
    )
    told = _complaint(operator, kept)
    Complaint.objects.filter(pk=told.pk).update(case=case)
    return {
        "complaint": told.number, "collective": _collective(operator, case).number,
        "complaint_link": told.link, "draft_link": new_draft({"text": "예시 글"}, "ko"),
        "case": case.number, "document": document.code, "item": first.pk, "contest": contest.pk, "kept": kept.pk,
        "reply": reply.pk, "table": table.pk, "link": link.pk, "seller": token_of(link), "operator": operator.key,
        "mandate": world.mandate.pk, "finding": first.finding_id, "service": document.services.get().pk,
        "outbox": box.pk, "token": token.pk, "check": check.pk, "inquiry": inquiry.pk, "sha256": kept.sha256,
        "person": world.minjun.pk, "hook": hook.pk, "law": "ECA-20-5", "objection": objection.pk,
        "market": _market(world).pk, **_inspected(world), **_merchants(operator, kept),
    }  # fmt: skip


def _inspected(world: SimpleNamespace) -> dict[str, Any]:
    """A policy with a finding, a ranking, and goods held for Sora's body; the same for every operator."""
    now = clock.now()
    run_of, _ = Run.objects.get_or_create(digest="p" * 64, defaults={"started_at": now})
    subject, _ = Subject.objects.get_or_create(
        run=run_of,
        kind="policy",
        subject_id="D-1",
        defaults={"record": {"document_id": "D-1", "text": "예시"}},
    )
    item, _ = Finding.objects.get_or_create(
        finding_id="p" * 32,
        defaults={
            "run": run_of, "measure": "privacy", "check_key": "privacy.policy", "subject_kind": "policy",
            "subject_id": "D-1", "severity": 2, "score": 1.0, "reference_id": "item:P4", "provision": "PIPA 30",
            "reasons": [dict.fromkeys(("field", "seen", "matched", "detail"), "") | {"start": 0, "end": 0, "score": 1.0}],
            "as_of": now.date(), "evidence_key": "p" * 32, "first_seen_at": now,
        },
    )  # fmt: skip
    ranking, _ = Ranking.objects.get_or_create(digest="r" * 64, defaults={"lines": 1, "imported_at": now})
    held, _ = Detention.objects.get_or_create(
        body=world.sora.body, consignment_id="P-1",
        defaults={"facts": {"value_krw": 1_000_000}, "opened_by": world.sora, "opened_at": now},
    )  # fmt: skip
    return {"sheet": subject.pk, "sheet_finding": item.pk, "ranking": ranking.pk, "held": held.pk}


def _market(world: SimpleNamespace) -> MarketFile:
    """A table of shares that Sora's body keeps."""
    table = evidence.keep(
        b"market,period,firm,share\nm,2024,A,60\n",
        "text/plain",
        by=world.sora,
        name="shares.csv",
        rung="stated",
    )
    given = {"name": table.name, "title": "m", "added_by": world.sora, "added_at": clock.now()}
    return MarketFile.objects.get_or_create(body=world.sora.body, evidence=table, defaults=given)[0]


def _merchants(operator: Any, kept: Any) -> dict[str, Any]:
    """A merchant's report about the operator, with a file, and a rights holder with a proof."""
    file = SimpleUploadedFile("a.csv", b"month,paid\n")
    told = {"confidence": "disclosed", "matter": "settlement", "text": "예시 정산이 늦습니다."}
    made = report(**told, operator_told=operator.name_ko, files=clean_files([file]))
    holder = register("예시", email="holder@mail.example")
    add_right(holder.holder, "trademark", "예시", files=(kept,))
    return {
        "merchant_report": made.report.number, "merchant_link": made.link, "rights_holder": holder.holder.number,
        "rights_link": holder.link,
    }  # fmt: skip


def _complaint(operator: Any, kept: Any) -> Complaint:
    """A consumer's complaint that the operator's agent has, with a file that is shared."""
    text = f"{operator.name_ko}에서 산 물건이 부러졌어요. 환불해 주지 않습니다."
    made = receive("web", text, operator_told=operator.name_ko, email="jiwoo@mail.example", files=(kept,))
    decide(made, agrees=True, fields=FIELDS)
    return run_help("hand_over", "consumer", made)


def _collective(operator: Any, case: Any) -> Collective:
    """A collective led by another body than the case's, with one complaint in it."""
    made = receive("web", "예시", operator_told=operator.name_ko)
    lead = Body.objects.exclude(pk=case.lead_id).first()
    number = f"2026-G-{case.pk:06d}"
    found = Collective.objects.create(
        number=number, operator=operator, title="예시", lead=lead, made_at=clock.now()
    )
    Complaint.objects.filter(pk=made.pk).update(collective=found, state="collective")
    return found
