"""Search over complaints, in Korean and else: by the same pieces as search over cases, the newest first.

What is read is masked: number, shop, seller, product and gist, never the sealed text. The index gives numbers in falling
order, so that a common word costs no more than a rare one: growing windows of candidates until the page is full. Where the
person sees few, or filters leave few, these are read through instead, since their hits may lie far back.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet

from mapae.desk.cases.grams import folded, folded_rows, grams, pieces, words
from mapae.desk.helpline.desk_models import ComplaintWords
from mapae.desk.helpline.desk_same import digests
from mapae.desk.helpline.models import Complaint

__all__ = ["keep", "newest"]

_WINDOW, _WIDEST = 400, 25_600  # candidates looked at in one step; each step doubles
_NARROW = 5000  # complaints that are read through without the index
_FEW = 20  # complaints from which on they are folded together
_ASKED = {
    "postgresql": "SELECT complaint_id FROM helpline_complaintwords "
    "WHERE array_to_tsvector(string_to_array(grams, ' ')) @@ %s::tsquery AND complaint_id < %s "
    "ORDER BY complaint_id DESC LIMIT %s",
    "sqlite": "SELECT rowid FROM helpline_search WHERE helpline_search MATCH %s AND rowid < %s "
    "ORDER BY rowid DESC LIMIT %s",
}
_AND = {"postgresql": " & ", "sqlite": " AND "}
_QUOTE = {"postgresql": "'{}'", "sqlite": '"{}"'}
_LAST = 2**62


def newest(complaints: QuerySet[Complaint], query: str, most: int, *, before: int = 0) -> list[int]:
    """Numbers of rows of `complaints` that have all words of the query, the newest first, at most so many.

    before: only rows with a smaller number (where the page before ended). A query of one character finds nothing.
    """
    asked, last = words(query), before or _LAST
    if not asked:
        return []
    if complaints.values("pk")[: _NARROW + 1].count() <= _NARROW:
        return _having(complaints.filter(pk__lt=last), asked, most)
    found: list[int] = []
    size = _WINDOW
    while len(found) < most:
        window = _candidates(asked, last, size)
        found += _having(complaints.filter(pk__in=window), asked, most)
        if len(window) < size:
            break
        last, size = window[-1], min(2 * size, _WIDEST)
    return found[:most]


def keep(complaints: Sequence[Complaint]) -> None:
    """Write the rows of these complaints."""
    fields = [_fields(each) for each in complaints]
    compared = folded_rows(fields) if len(fields) > _FEW else list(map(folded, fields))
    rows = [
        ComplaintWords(complaint=each, folded=text, grams=grams(text), **digests(each))
        for each, text in zip(complaints, compared, strict=True)
    ]
    ComplaintWords.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["complaint"],
        update_fields=["folded", "grams", "order", "email", "phone"],
    )  # fmt: skip


def _fields(complaint: Complaint) -> list[str]:
    operator = complaint.operator
    names = [operator.name_ko, operator.name_en, operator.name_zh] if operator else []
    own = [complaint.number, complaint.operator_told, complaint.seller, complaint.product, complaint.gist]
    return [*own, *names]


def _candidates(asked: Sequence[str], before: int, most: int) -> list[int]:
    vendor = connection.vendor
    parts = dict.fromkeys(piece for word in asked for piece in pieces(word))
    wanted = _AND[vendor].join(_QUOTE[vendor].format(piece) for piece in parts)
    with connection.cursor() as cursor:
        cursor.execute(_ASKED[vendor], [wanted, before, most])
        return [number for (number,) in cursor.fetchall()]


def _having(complaints: QuerySet[Complaint], asked: Sequence[str], most: int) -> list[int]:
    """Those that really have the whole words, the newest first."""
    for word in asked:
        complaints = complaints.filter(words__folded__contains=word)
    return list(complaints.order_by("-pk").values_list("pk", flat=True)[:most])
