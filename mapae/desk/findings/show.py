"""What pages show of a finding: its record with marks, its reasons in words, pictures kept here as evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mapae.desk.accounts.models import User
from mapae.desk.cases.models import Evidence
from mapae.desk.findings.models import Decision, Finding
from mapae.desk.findings.names import in_words
from mapae.desk.findings.subjects import picture_addresses
from mapae.desk.law import said
from mapae.desk.scope import cases_for
from mapae.model.records import KINDS
from mapae.report.words import FIELD_WORDS

__all__ = [
    "PERSONAL",
    "PICTURES",
    "Row",
    "Said",
    "Text",
    "facts",
    "field_word",
    "pictures",
    "reasons",
    "rows",
    "texts",
    "title_reasons",
]

PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif")
_TITLES = {"advert": "headline", "post": "text"}
_LONG = ("title", "headline", "text", "description", "landing_text")
_CODE = ("page_html", "apk", "declared", "policy_text")  # shown in pieces around what was seen only
_AROUND = 160
_WHOLE = 6_000  # characters of a text that is shown whole
_LEFT_OUT = frozenset({"image_urls", "image_hash", "extra", "url", "landing_url", "links", *_LONG, *_CODE})
PERSONAL = frozenset({"seller_name", "advertiser_name", "account_id", "seller"})


@dataclass(frozen=True, slots=True)
class Said:
    """A reason as a page says it. share: its score in percent."""

    number: int
    field: str
    seen: str
    matched: str
    detail: str
    share: int


@dataclass(frozen=True, slots=True)
class Text:
    """A long field of the record. pieces: (text, its reasons with spans counted from the piece's start)."""

    name: str
    field: str
    pieces: tuple[tuple[str, tuple[Mapping[str, Any], ...]], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the inbox. case: the number of the case it went to, where the reader may see that."""

    finding: Finding
    reasons: tuple[Said, ...]
    marks: tuple[Mapping[str, Any], ...]
    decision: Decision | None
    case: str = ""


def rows(findings: Sequence[Finding], user: User | None = None) -> list[Row]:
    """Lines for findings; standing decisions, and cases that the user may see, are read at once."""
    standing = Decision.objects.filter(finding__in=[row.pk for row in findings], undone_at__isnull=True)
    decided = {decision.finding_id: decision for decision in standing.select_related("by").order_by("at")}
    joined = {row.case_id for row in findings if row.case_id} if user else set()
    cases = dict(cases_for(user).filter(pk__in=joined).values_list("pk", "number")) if user and joined else {}
    return [
        Row(
            finding, tuple(reasons(finding)[:2]), title_reasons(finding), decided.get(finding.pk),
            cases.get(finding.case_id, ""),
        )
        for finding in findings
    ]  # fmt: skip


def title_reasons(finding: Finding) -> tuple[Mapping[str, Any], ...]:
    """Reasons whose span lies in the title, as field `title`."""
    field, title = _TITLES.get(finding.subject_kind, "title"), finding.subject_title
    return tuple(
        {**reason, "field": "title"}
        for reason in finding.reasons
        if reason["field"] == field and title[reason["start"] : reason["end"]] == reason["seen"]
    )


def reasons(finding: Finding) -> list[Said]:
    """The reasons in words of the page's language; those that say the same of the same words once."""
    found: dict[tuple[str, ...], Said] = {}
    for reason in finding.reasons:
        key = tuple(str(reason[name]) for name in ("field", "seen", "matched", "detail"))
        if key not in found:
            found[key] = Said(
                len(found) + 1, field_word(key[0]), key[1], in_words(key[2]), in_words(key[3]),
                round(100 * reason.get("score") or 0.0),
            )  # fmt: skip
    return list(found.values())


def field_word(name: str) -> str:
    """A record's field in words."""
    return said(FIELD_WORDS.get(name) or _more_fields().get(name) or {"en": name.replace("_", " ")})


@cache
def _more_fields() -> Mapping[str, dict[str, str]]:
    found: Mapping[str, dict[str, str]] = yaml.safe_load(
        Path(__file__).with_name("fields.yaml").read_text("utf-8")
    )
    return found


def texts(finding: Finding, record: Mapping[str, Any]) -> list[Text]:
    """The long fields of the record: whole, pages in pieces around what was seen."""
    found = []
    for name in (*_LONG, *_CODE):
        if value := str(record.get(name) or ""):
            own = [
                reason
                for reason in finding.reasons
                if reason["field"] == name and reason["end"] > reason["start"]
            ]
            whole = name in _LONG and len(value) <= _WHOLE
            pieces = ((value, tuple(own)),) if whole else _pieces(value, own)
            if pieces:
                found.append(Text(name, field_word(name), pieces))
    return found


def facts(finding: Finding, record: Mapping[str, Any], *, personal: bool) -> list[tuple[str, str]]:
    """The record's short fields by name. personal: also those that name a person."""
    kind = KINDS.get(finding.subject_kind)
    columns = kind.columns if kind else tuple(record)
    shown = [name for name in columns if name not in _LEFT_OUT and (personal or name not in PERSONAL)]
    return [(field_word(name), _plain(record[name])) for name in shown if record.get(name) not in (None, "")]


def pictures(
    finding: Finding, record: Mapping[str, Any], reference_url: str
) -> tuple[list[Evidence], list[Evidence]]:
    """(pictures of the item, pictures of what it was held against) that are kept here; no other place is asked for any."""
    kept = Evidence.objects.filter(media_type__in=PICTURES)
    own = list(kept.filter(url__in=picture_addresses(dict(record)))[:4])
    items = kept.filter(items__finding=finding).exclude(pk__in=[each.pk for each in own]).distinct()
    other = kept.filter(url=reference_url)[:4] if reference_url else ()
    return [*own, *items[:4]], list(other)


def _plain(value: Any) -> str:
    return f"{value:,.15g}" if isinstance(value, float) else str(value)


def _pieces(
    text: str, own: Sequence[Mapping[str, Any]]
) -> tuple[tuple[str, tuple[Mapping[str, Any], ...]], ...]:
    found: list[tuple[int, int, list[Mapping[str, Any]]]] = []
    for reason in sorted(own, key=lambda each: each["start"]):
        start, end = max(0, reason["start"] - _AROUND), min(len(text), reason["end"] + _AROUND)
        if reason["end"] > len(text):
            continue
        if found and start <= found[-1][1]:
            first, last, inside = found.pop()
            found.append((first, max(last, end), [*inside, reason]))
        else:
            found.append((start, end, [reason]))
    return tuple(
        (
            text[start:end],
            tuple({**each, "start": each["start"] - start, "end": each["end"] - start} for each in inside),
        )
        for start, end, inside in found[:10]
    )
