"""Composes a letter from a document, its case and the pack's wording, with law as of the day it is composed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings

from mapae.desk.cases.models import CaseItem
from mapae.desk.documents.letter import Letter, Point
from mapae.desk.documents.models import Document
from mapae.desk.documents.rows import DEFAULT_COLUMNS, row_of
from mapae.desk.documents.wording import article_title, cite, form, label, wording, written
from mapae.desk.law import book
from mapae.desk.parties.models import Operator
from mapae.errors import UsageError
from mapae.workflow import DocumentKind, document_kinds
from mapae.workflow.clocks import clock_kinds

__all__ = ["ORIGINAL", "addressee", "body_name", "compose", "operator_name"]

ORIGINAL = "ko"  # the language in which a letter binds


def compose(
    document: Document,
    as_of: date,
    *,
    number: str = "",
    issued_on: date | None = None,
    reviewers: Sequence[str] = (),
    approver: str = "",
) -> Letter:
    """The document as a letter: the Korean original, with a translation where the document's language is another one.

    as_of: the day whose law is cited; a letter without number is a draft.
    """
    more = {"number": number, "issued_on": issued_on, "reviewers": reviewers, "approver": approver}
    original = _part(document, as_of, ORIGINAL, **more)
    if document.language == ORIGINAL:
        return original
    return replace(original, translation=_part(document, as_of, document.language, **more))


def _part(
    document: Document,
    as_of: date,
    language: str,
    *,
    number: str,
    issued_on: date | None,
    reviewers: Sequence[str],
    approver: str,
) -> Letter:
    """The letter in one language: the Korean original, or its translation with the words that were translated."""
    kind, body = document_kinds(book())[document.kind], document.body
    parts = _parts(document, language)
    words = wording(kind.key)
    items = list(
        document.items.select_related("finding", "seller").prefetch_related("evidence").order_by("id")
    )
    kept = _evidence(items)
    columns = tuple(words.get("columns", DEFAULT_COLUMNS))
    provision = str(parts.get("ground") or kind.provision)
    values = _values(document, kind, provision, as_of, len(items), language, parts)
    operator = operator_name(document.case.operator, language)
    reasons: Mapping[str, str] = parts.get("reasons", {})
    points = _points(words["points"], kind, language, values, parts)
    return Letter(
        kind=kind.key,
        force=kind.force,
        language=language,
        body=body_name(body, language),
        head=form("heads").get(body.key, {}).get(language) or body_name(body, language),
        to=document.addressee if language == ORIGINAL else parts.get("addressee") or document.addressee,
        via=parts.get("via", ""),
        subject=_fill(words["subject"][language], values),
        case=document.case.number,
        points=tuple(points),
        columns=columns if items else (),
        rows=tuple(
            row_of(item, columns, language, operator, reasons.get(str(item.pk), "")) for item in items
        ),
        attachments=tuple(_attachments(kept, parts, language)),
        evidence=tuple(kept),
        provisions=(provision, *_cited(words["points"])),
        drafter=document.drafter.name,
        reviewers=tuple(reviewers),
        approver=approver,
        number=number,
        issued_on=issued_on.isoformat() if issued_on else "",
        address=body.address,
        phone=body.phone,
        email=body.email,
        disclosure=form("disclosure")[document.disclosure][language],
        code=document.code,
        url=f"{settings.PUBLIC_URL}/letters/{document.code}",
        specimen=bool(parts.get("specimen")),
    )


def _parts(document: Document, language: str) -> Mapping[str, Any]:
    """The officer's words in a language: what was not translated stands as in the original."""
    parts: Mapping[str, Any] = document.content
    if language == ORIGINAL:
        return parts
    translated = {name: words for name, words in parts.get("translated", {}).items() if words}
    own = {
        name.removeprefix("reason-"): words
        for name, words in translated.items()
        if name.startswith("reason-")
    }
    return {**parts, **translated, "reasons": {**parts.get("reasons", {}), **own}}


def addressee(operator: Operator, firm: str, language: str) -> str:
    """`루미베이 (국내대리인 법무법인 한들)`: who the letter goes to; firm: empty where there is no live mandate."""
    name = operator_name(operator, language)
    agent = {"ko": "국내대리인", "en": "local agent", "zh": "境内代理人"}[language]
    return f"{name} ({agent} {firm})" if firm else name


def operator_name(operator: Operator, language: str) -> str:
    """The operator's name in the letter's language, else in English."""
    names = {"ko": operator.name_ko, "zh": operator.name_zh}
    return names.get(language) or operator.name_en


def body_name(body: Any, language: str) -> str:
    """The body's name in the letter's language."""
    if language == "zh":
        return str(form("bodies_zh").get(body.key, body.name_ko))
    return str(body.name_ko if language == "ko" else body.name_en)


def _values(
    document: Document,
    kind: DocumentKind,
    ground: str,
    as_of: date,
    count: int,
    language: str,
    parts: Mapping[str, Any],
) -> dict[str, str]:
    """What fills the placeholders of the pack's sentences."""
    body, case = document.body, document.case
    department = body.department_ko if language == "ko" else body.department_en or body.department_ko
    name = body_name(body, language)
    provision = book().provision(ground, as_of)
    to = document.addressee if language == ORIGINAL else parts.get("addressee") or document.addressee
    reach = [
        f"{label(key, language)} {value}"
        for key, value in (("phone", body.phone), ("email", body.email))
        if value
    ]
    return {
        "body": name,
        "department": department or case.number,
        "reach": f" ({', '.join(reach)})" if reach else "",
        "where": ", ".join(part for part in (name, body.address, body.email) if part),
        "operator": operator_name(case.operator, language),
        "party": ", ".join(part for part in (to, case.operator.postal_address) if part),
        "title": str(parts.get("about") or case.title),
        "matter": wording("service")["matters"].get(case.matter, {}).get(language) or case.title,
        "count": str(count),
        "days": _days(kind, as_of),
        "cite": cite(ground, language),
        "article_title": article_title(ground, language),
        "from": written(provision.valid_from, language) if provision else "",
        "as_of": written(as_of, language),
        "consequence": kind.consequence[language],
        "remedy": kind.remedy[language],
        **_intended(document, language),
    }


def _days(kind: DocumentKind, as_of: date) -> str:
    """The length of the clock that service starts, as law says on that day. UsageError where it says nothing then."""
    if kind.clock is None:
        return ""
    key = clock_kinds(book())[kind.clock].length
    length = book().value(key, as_of)
    if length is None:
        raise UsageError(
            f"law sets no value of {key} on {as_of.isoformat()}",
            where=kind.key,
            mend="issue the document on a day on which its article is in force",
        )
    return str(length)


def _intended(document: Document, language: str) -> dict[str, str]:
    """The act that a prior notice announces: its title and ground."""
    key = document.content.get("intends", "")
    kinds, others = document_kinds(book()), wording("intended")
    if key in kinds:
        title, provision = kinds[key].title[language], kinds[key].provision
    elif key in others:
        title, provision = others[key]["title"][language], others[key]["provision"]
    else:
        return {"intended": "", "intended_cite": ""}
    space = " " if language == "en" else ""
    cited = f"{cite(provision, language)}{space}({article_title(provision, language)})"
    return {"intended": title, "intended_cite": cited}


def _points(
    rows: Iterable[Mapping[str, Any]],
    kind: DocumentKind,
    language: str,
    values: Mapping[str, str],
    parts: Mapping[str, Any],
) -> list[Point]:
    found: list[Point] = []
    for row in rows:
        if "block" in row:
            found += _block(row, kind, language, values, parts)
            continue
        cited = {key: cite(provision, language) for key, provision in row.get("cites", {}).items()}
        below = _points(row.get("points", ()), kind, language, values, parts)
        found.append(Point(_fill(row[language], {**values, **cited}), tuple(below)))
    return found


def _block(
    row: Mapping[str, Any],
    kind: DocumentKind,
    language: str,
    values: Mapping[str, str],
    parts: Mapping[str, Any],
) -> list[Point]:
    """A part that every kind shares: the officer's own text, the items, or a sentence of the form."""
    name = row["block"]
    if name in ("request", "facts"):
        title = row.get("titled", form("say")[name])[language]
        return _own_words(title, str(parts.get(name, "")), language)
    if name == "items" and values["count"] == "0":
        return []
    sentence = form("force")[kind.force] if name == "force" else form("say")[name]
    return [Point(_fill(sentence[language], values))]


def _own_words(title: str, text: str, language: str) -> list[Point]:
    """The officer's lines below their title; a single line stands beside it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    colon = "：" if language == "zh" else ": "
    if len(lines) == 1:
        return [Point(f"{title}{colon}{lines[0]}")]
    return [Point(title, tuple(Point(line) for line in lines))] if lines else []


def _evidence(items: Sequence[CaseItem]) -> list[str]:
    """`SHA-256  name` of each file that the items rest on, once."""
    kept = {each.sha256: each.called() for item in items for each in item.evidence.all()}
    return [f"{sha}  {name}".rstrip() for sha, name in kept.items()]


def _attachments(kept: Sequence[str], parts: Mapping[str, Any], language: str) -> list[str]:
    """The officer's own attachments, and the list of evidence where there is any."""
    own = [line.strip() for line in str(parts.get("attachments", "")).splitlines() if line.strip()]
    if kept:
        own.append(_fill(form("attachment")["evidence"][language], {"count": str(len(kept))}))
    return own


def _cited(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [
        provision
        for row in rows
        for provision in (*row.get("cites", {}).values(), *_cited(row.get("points", ())))
    ]


def _fill(pattern: str, values: Mapping[str, str]) -> str:
    return pattern.format(**values)
