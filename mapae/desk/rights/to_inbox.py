"""Claims become findings: written as a screening run writes them, and brought in by the inbox's own import."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.actions import Refused
from mapae.desk.environment import store
from mapae.desk.findings.intake import import_run
from mapae.desk.law import book
from mapae.desk.rights.models import Claim, ClaimBatch
from mapae.desk.rights.register import refuse_others
from mapae.engine.version import code_version
from mapae.model.finding import Finding, Reason, finding_id, to_batch
from mapae.model.records import KINDS

__all__ = ["CHECK", "dismiss", "pass_on", "send", "send_left"]

_CUT_OFF = timedelta(minutes=10)  # after which no request is still at it
CHECK = "counterfeits.claims"  # no check of screening: its precision is counted like that of one


def send(claims: Iterable[Claim]) -> int:
    """Bring waiting claims into the inbox; how many. A second call with the same ones changes nothing."""
    rows = [each for each in claims if each.state == "waiting"]
    if not rows:
        return 0
    today = clock.today()
    findings = [_finding(each, today) for each in rows]
    folder = store("claims") / f"{rows[0].batch_id}-{rows[0].pk}-{rows[-1].pk}"
    _write(folder, rows, findings, today)
    import_run(folder)
    with transaction.atomic():
        for claim, finding in zip(rows, findings, strict=True):
            Claim.objects.filter(pk=claim.pk).update(state="sent", finding_id=finding_id(finding))
    return len(rows)


def send_left(now: datetime) -> None:
    """Work of each round: claims of a file whose request was cut off before they reached the inbox."""
    left = ClaimBatch.objects.filter(review=False, claims__state="waiting", received_at__lt=now - _CUT_OFF)
    for batch in left.distinct():
        send(batch.claims.all())


def pass_on(user: User, claims: Iterable[Claim]) -> int:
    """An officer read these and lets them into the inbox."""
    rows = _taken(user, claims, "claims_passed_on")
    return send(rows)


def dismiss(user: User, claims: Iterable[Claim]) -> int:
    """An officer read these and dismisses them: they count as false."""
    with transaction.atomic():
        rows = _taken(user, claims, "claims_dismissed")
        keys = [each.pk for each in rows]
        return Claim.objects.filter(pk__in=keys).update(
            state="dismissed", decided_by=user, decided_at=clock.now()
        )


def _taken(user: User, claims: Iterable[Claim], event: str) -> list[Claim]:
    rows = [each for each in claims if each.state == "waiting"]
    if not rows:
        raise Refused(_("Choose claims that wait to be read."))
    refuse_others(user, rows[0].holder)
    record(user, "rights_event", f"holder:{rows[0].holder_id}", event=event, claims=len(rows))
    return rows


def _finding(claim: Claim, today: date) -> Finding:
    right = claim.right
    provision = str(book().pack.data("merchants/rights.yaml")["kinds"][right.kind]["provision"])
    dated = book().provision(provision, today)
    told = f"reported by the holder of {right.mark}: {claim.reason.replace('_', ' ')}"
    return Finding(
        check=CHECK, measure="counterfeits", subject_kind="listing", subject_id=claim.listing_id,
        reference_id=f"right:{right.number or right.record or right.pk}", severity="medium", score=0.5,
        provision=provision, provision_from=dated.valid_from if dated else None,
        reasons=(Reason("url", 0, len(claim.url), claim.url, right.mark, told, 0.5),),
        operator=claim.platform or None, seller_id=claim.seller or None, subject_title=claim.note or right.mark,
        subject_url=claim.url,
    )  # fmt: skip


def _write(folder: Path, claims: list[Claim], findings: list[Finding], today: date) -> None:
    """OUT as a screening run leaves it: findings, records, manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    pack = book().pack
    pq.write_table(
        pa.Table.from_batches([to_batch(findings, as_of=today, pack_version=pack.hash)]),
        folder / "findings.parquet",
    )
    shape = KINDS["listing"].schema
    records = [dict.fromkeys(shape.names) | _record(each) for each in claims]
    pq.write_table(pa.Table.from_pylist(records, schema=shape), folder / "records.parquet")
    about = {
        "inputs": [], "findings": len(findings), "code_version": code_version(), "pack_hash": pack.hash, "lists_hash": "",
        "as_of": today.isoformat(), "kind": "listing", "seconds": 0.0, "checks": [CHECK],
    }  # fmt: skip
    (folder / "manifest.json").write_bytes(orjson.dumps(about))


def _record(claim: Claim) -> dict[str, str]:
    return {
        "listing_id": claim.listing_id, "platform": claim.platform, "url": claim.url, "seller_id": claim.seller,
        "title": claim.note or claim.right.mark, "brand": claim.right.mark,
    }  # fmt: skip
