"""Answers as a table: CSV out, filled in elsewhere, CSV in as drafts; what cannot be read is kept line by line with why."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.answer import Answer, read_answer
from mapae.desk.answers.asked import OPEN
from mapae.desk.answers.drafts import save_drafts
from mapae.desk.answers.models import AnswerFile, DraftAnswer
from mapae.desk.cases.models import Case, CaseItem, Evidence
from mapae.desk.scope import items_for
from mapae.errors import InputError
from mapae.report.safe import safe_cell

__all__ = ["COLUMNS", "MOST", "read_rows", "rejects_csv", "take_file", "write_csv"]

COLUMNS = (
    "item",
    "platform",
    "listing",
    "title",
    "url",
    "state",
    "kind",
    "removed_at",
    "ground",
    "text",
    "until",
)
_ANSWER = ("kind", "removed_at", "ground", "text", "until")
MOST = 10_000  # lines of a file


def write_csv(items: Iterable[CaseItem], drafts: Mapping[int, DraftAnswer]) -> str:
    """The items with empty answer columns (or their drafts, by item), for a spreadsheet: UTF-8 with a byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for item in items:
        told = (item.pk, item.platform, item.subject_id, item.title, item.url, item.state)
        writer.writerow([safe_cell(cell) for cell in (*told, *_drafted(drafts.get(item.pk)))])
    return "\ufeff" + out.getvalue()


def take_file(user: User, case: Case, content: bytes, kept: Evidence) -> AnswerFile:
    """Save each good line as a draft, keep each other with what is wrong; InputError where it is no such table."""
    rows = list(read_rows(content))
    items = {str(item.pk): item for item in items_for(user).filter(case=case)}
    good: dict[int, Answer] = {}
    rejects = []
    for line, row in rows:
        answer, wrong = _answer(items, row, good)
        if wrong:
            rejects.append({"line": line, "cells": [row.get(name, "") for name in COLUMNS], "why": wrong})
        elif answer is not None:
            good[answer.item.pk] = answer
    save_drafts(user, case, good.values())
    return AnswerFile.objects.create(
        case=case, firm=user.firm, by=user, file=kept, taken=len(good), rejects=rejects, at=clock.now()
    )


def read_rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, cells by column) of each line below the header."""
    text = _text(content)
    dialect = "excel-tab" if "\t" in text.partition("\n")[0] else "excel"
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else None
    reader = csv.DictReader(
        io.StringIO(text), dialect=dialect, restkey="more", **({"delimiter": delimiter} if delimiter else {})
    )
    names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    if "item" not in names or "kind" not in names:
        raise InputError(
            _("The first line must name the columns item and kind."),
            where="CSV",
            mend=_("Download the table again and fill that in."),
        )
    reader.fieldnames = names
    try:
        for number, row in enumerate(reader):
            if number >= MOST:
                raise InputError(
                    _("The table has more than %(most)s lines.") % {"most": MOST},
                    where="CSV",
                    mend=_("Send it in parts."),
                )
            yield reader.line_num, {name: _cell(row.get(name)) for name in COLUMNS}
    except csv.Error as error:
        raise InputError(
            _("The table cannot be read."), where=f"CSV {reader.line_num}", mend=_("Save it as CSV again.")
        ) from error


def rejects_csv(file: AnswerFile) -> str:
    """The lines that were not taken, as a table to mend and send again, with what is wrong in the last column."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, "error"])
    for row in file.rejects:
        writer.writerow([safe_cell(cell) for cell in (*row["cells"], " ".join(row["why"]))])
    return "\ufeff" + out.getvalue()


def _answer(
    items: Mapping[str, CaseItem], row: Mapping[str, str], good: Mapping[int, Answer]
) -> tuple[Answer | None, list[str]]:
    """The line's answer (None where it is empty) and what is wrong with it."""
    if not any(row[name] for name in _ANSWER):
        return None, []
    item = items.get(row["item"])
    if item is None:
        return None, [_("There is no item %(number)s in this case.") % {"number": row["item"][:40] or "—"}]
    if item.pk in good:
        return None, [_("This item stands in the table twice.")]
    if item.state not in OPEN and row["kind"].lower() != "contest":
        return None, [_("This item does not wait for an answer.")]
    return read_answer(item, row, clock.now())


def _drafted(draft: DraftAnswer | None) -> tuple[Any, ...]:
    if draft is None:
        return ("",) * len(_ANSWER)
    moment = timezone.localtime(draft.removed_at).strftime("%Y-%m-%d %H:%M") if draft.removed_at else ""
    return draft.kind, moment, draft.ground, draft.text, draft.until.isoformat() if draft.until else ""


def _cell(value: Any) -> str:
    """A cell's text; an apostrophe that our export put before a formula is taken off again."""
    text = str(value or "").strip()
    return text[1:] if text[:1] == "'" and safe_cell(text[1:]) == text else text


def _text(content: bytes) -> str:
    """The file's text without NUL, which no database takes: UTF-8, UTF-16 with its mark, else Korean or Chinese Windows."""
    return _decoded(content).replace("\0", "").lstrip("\ufeff")


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp949", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")
