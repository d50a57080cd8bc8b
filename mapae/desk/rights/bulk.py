"""Reads a file of claims (CSV, JSON Lines, XLSX): listing, right and reason a row; what cannot be taken is told by line."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.audit.models import record
from mapae.desk.findings.operators import operator_finder
from mapae.desk.helpline.intake import find_operator
from mapae.desk.law import book
from mapae.desk.parties.models import Operator
from mapae.desk.rights.models import Claim, ClaimBatch, Right, RightsHolder
from mapae.desk.rights.register import reasons
from mapae.desk.rights.score import score
from mapae.desk.rights.to_inbox import send
from mapae.desk.uploads import LIMITS, inspect
from mapae.errors import InputError
from mapae.sources import open_source

__all__ = ["COLUMNS", "same_page", "take_batch"]

COLUMNS = ("url", "right", "reason", "seller", "note")
_ALSO = {"right": ("권리", "权利"), "reason": ("사유", "理由"), "note": ("비고", "备注")}
_HEADS = {"columns": ", ".join(COLUMNS)}
_LONGEST = 1000
_COMING = re.compile(r"(?:utm_\w+|spm|scm|gclid|fbclid|srsltid|ref|_t)\Z", re.IGNORECASE)
_ENDINGS = {".csv": ".csv", ".txt": ".csv", ".jsonl": ".jsonl", ".ndjson": ".jsonl", ".xlsx": ".xlsx"}


class _Row(NamedTuple):
    line: int
    record: Mapping[str, Any]


def take_batch(holder: RightsHolder, upload: UploadedFile) -> ClaimBatch:
    """Keep a file's claims; they become findings in the inbox, or wait to be read where the holder's claims often proved
    false. InputError where the file as a whole cannot be read or has too many rows."""
    if holder.state != "admitted":
        raise InputError(_("An officer confirms a right first. Then listings can be reported."))
    name = str(upload.name or "")
    if (upload.size or 0) > LIMITS.size:
        size = {"size": LIMITS.size // 1_000_000}
        raise InputError(
            _("The file is larger than %(size)s MB.") % size, where=name, mend=_("Send it in parts.")
        )
    rows, rejects = _read(inspect(upload.read(), name)[0], name)
    rights, told = _rights(holder), _reasons()
    review, find = score(holder).review, operator_finder()
    with transaction.atomic():
        holder = RightsHolder.objects.select_for_update().get(pk=holder.pk)
        batch = ClaimBatch.objects.create(
            holder=holder,
            name=name[:120],
            received_at=clock.now(),
            rows=len(rows) + len(rejects),
            review=review,
        )
        seen = {(right, same_page(url)) for right, url in holder.claims.values_list("right", "url")}
        taken = []
        for row in rows:
            claim = _claim(row, rights, told, find)
            if isinstance(claim, str):
                rejects.append({"line": row.line, "why": claim})
            elif (key := (claim.right_id, same_page(claim.url))) in seen:
                rejects.append({"line": row.line, "why": _("reported before")})
            else:
                seen.add(key)
                claim.batch, claim.holder = batch, holder
                taken.append(claim)
        Claim.objects.bulk_create(taken, batch_size=500)
        batch.rejects = sorted(rejects, key=lambda each: each["line"])
        batch.save(update_fields=["rejects"])
        record(
            "holder",
            "rights_event",
            f"holder:{holder.pk}",
            event="claims",
            rows=batch.rows,
            rejects=len(rejects),
        )
    if not review:
        send(batch.claims.all())
    return batch


def same_page(url: str) -> str:
    """What addresses of one page have in common: without scheme, capitals of the host, the mark behind `#`, a last stroke,
    and what only tells where a visitor came from."""
    try:
        parts = urlsplit(url.strip())
        asked = sorted(pair for pair in parse_qsl(parts.query, True) if not _COMING.match(pair[0]))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url.strip()
    return f"{host}{parts.path.rstrip('/')}?{urlencode(asked)}"


def _read(content: bytes, name: str) -> tuple[list[_Row], list[dict[str, Any]]]:
    """(rows with their lines, rejects of the reader)."""
    ending, most = (
        _ENDINGS.get(Path(name).suffix.lower()),
        book().pack.data("merchants/rights.yaml")["most_rows"],
    )
    if ending is None:
        raise InputError(_("Reports in bulk come as CSV, JSON Lines or XLSX."), where=name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"claims{ending}")
        path.write_bytes(content)
        try:
            source = open_source(path, "listing")
            records = [row for batch in source.batches() for row in batch.to_pylist()]
        except InputError as error:
            raise InputError(
                _("No table of listings can be read from the file."),
                where=name,
                mend=_("Its heads must be: %(columns)s. Start from the file to fill in.") % _HEADS,
            ) from error
        why = (
            _("the line is no JSON")
            if ending == ".jsonl"
            else _("the line cannot be read: look at its marks")
        )
        rejects = [{"line": each.line, "why": why} for each in source.rejects() if each.column is None]
    if not records and not rejects:
        raise InputError(_("The file has no rows."), where=name, mend=_("Write one listing a line."))
    if len(records) > most:
        raise InputError(
            _("The file has more than %(rows)s rows.") % {"rows": most},
            where=name,
            mend=_("Send it in parts."),
        )
    lines = _lines(content, ending, [each["line"] for each in rejects], len(records))
    return [_Row(line, row) for line, row in zip(lines, records, strict=True)], rejects


def _lines(content: bytes, ending: str, rejected: Sequence[int], rows: int) -> Sequence[int]:
    """The line of each row: lines with something in them, without heading and rejects; else simply its place."""
    if ending != ".xlsx":
        full = [number for number, line in enumerate(content.splitlines(), 1) if line.strip()]
        left = [number for number in full[ending == ".csv" :] if number not in set(rejected)]
        if len(left) == rows:
            return left
    return range(2, rows + 2)


def _rights(holder: RightsHolder) -> dict[str, Right]:
    """Number, customs record and mark of each right, folded → the right; of several of one mark the one that holds."""
    found: dict[str, Right] = {}
    for right in sorted(holder.rights.all(), key=_holds):
        for word in (right.mark, right.record, right.number):
            if word:
                found[_folded(word)] = right
    return found


def _claim(row: _Row, rights: Mapping[str, Right], told: Mapping[str, str], find: Any) -> Claim | str:
    """The claim, or why there is none."""
    record, extra = row.record, orjson.loads(row.record["extra"] or "{}")
    url, reason = str(record["url"] or "").strip(), told.get(_folded(_told(extra, "reason")), "")
    right = rights.get(_folded(_told(extra, "right") or str(record["brand"] or "")))
    if not url.lower().startswith(("http://", "https://")) or not _has_host(url):
        return _("there is no address of a listing")
    if len(url) > _LONGEST:
        return _("the address has more than %(most)s characters") % {"most": _LONGEST}
    if right is None:
        return _("the right is none of yours")
    if not _holds(right):
        return _("the right is not confirmed, or has ended")
    if not reason:
        return _("the reason is none of: %(reasons)s") % {"reasons": ", ".join(reasons())}
    operator = _operator(url, str(record["platform"] or ""), find)
    platform = operator.name_en if operator else str(record["platform"] or "")
    return Claim(
        right=right, line=row.line, url=url, platform=platform[:120],
        listing_id=str(record["listing_id"])[:200], seller=str(record["seller_id"] or record["seller_name"] or "")[:200],
        reason=reason, note=(_told(extra, "note") or str(record["description"] or ""))[:300],
    )  # fmt: skip


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _told(extra: Mapping[str, Any], column: str) -> str:
    """What a row says in that column, by its English, Korean or Chinese head."""
    return str(next(filter(None, (extra.get(name) for name in (column, *_ALSO[column]))), "")).strip()


def _reasons() -> dict[str, str]:
    """Key and title in every language, folded → key."""
    rows = book().pack.data("merchants/rights.yaml")["reasons"]
    return {_folded(word): key for key, row in rows.items() for word in (key, *row["title"].values())}


def _holds(right: Right) -> bool:
    """Whether an officer confirmed it and it has not ended."""
    return right.state == "confirmed" and not (right.ends_on and right.ends_on < clock.today())


def _operator(url: str, platform: str, find: Any) -> Operator | None:
    named = find(platform)
    return Operator.objects.get(pk=named) if named else find_operator("", url)


def _folded(word: str) -> str:
    return "".join(char for char in word.casefold() if char.isalnum())
