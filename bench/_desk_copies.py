"""Makes many cases of few: rows of the training month's cases copied in the database, moved in time, numbered anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

__all__ = ["copy_cases"]

_STEP = 1_000_000  # a copy's row number: the row's own and so many times the copy's
_TABLES = (
    "cases.Case", "cases.Case_joint", "cases.CaseItem", "cases.CaseItem_evidence", "cases.CaseEvent", "cases.ItemCheck",
    "documents.Document", "documents.Document_items", "documents.Approval", "documents.Service", "answers.SellerLink",
    "answers.Contest", "answers.ItemAnswer", "answers.Reply", "verification.Round",
)  # fmt: skip
_GOODS = (
    "치발기", "유아 욕조", "보조배터리", "전동 킥보드", "전기 방석", "어린이 카시트", "무선 이어폰", "전기면도기",
    "캠핑 버너", "물놀이 튜브", "자석 블록", "색조 화장품", "다이어트 차", "탈모 샴푸", "헬스 보충제", "전자담배 액상",
    "운동화", "명품 가방", "손목시계", "선글라스", "골프채", "믹서기",
    "에어프라이어", "가습기", "온수 매트", "전기 자전거", "아기 침대", "유모차",
    "목걸이", "점퍼",
)  # fmt: skip
_FAULTS = (
    "과열", "파손", "질식 위험", "유해물질 검출", "상표 도용", "표시 누락", "무인증 판매", "처방 없는 판매", "끼임 사고",
    "누전", "함량 초과", "거짓 광고",
)  # fmt: skip


def copy_cases(total: int, closed: float = 0.7) -> None:
    """Copy the cases there are until there are `total`; so great a share of the copies is closed.

    Closed ones are moved back by up to 80 days (further back some of the law is not in force yet), others were begun in the
    last weeks. Documents get codes, cases numbers, titles and owners of their own. The same world gives the same copies.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        _plan(cursor, total, closed)
        for label in _TABLES:
            cursor.execute(_copy(apps.get_model(label)))
        for label in _TABLES:
            table = apps.get_model(label)._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")


def _plan(cursor: Any, total: int, closed: float) -> None:
    """bench_copy: case, k (number of its copy), n (number of all), days by which it is moved, its owner."""
    cursor.execute("SELECT count(*), count(*) FILTER (WHERE state = 'closed') FROM cases_case")
    every, ended = cursor.fetchone()
    wanted = total - every
    per = {True: round(wanted * closed / ended), False: round(wanted * (1 - closed) / (every - ended))}
    cursor.execute(
        """
        CREATE TEMP TABLE bench_person ON COMMIT DROP AS
          SELECT id, body_id, row_number() OVER (PARTITION BY body_id ORDER BY id) - 1 AS place,
            count(*) OVER (PARTITION BY body_id) AS people
          FROM accounts_user WHERE role = 'officer';
        SELECT setseed(0.5);
        CREATE TEMP TABLE bench_copy ON COMMIT DROP AS
          SELECT c.id AS case_id, k, row_number() OVER (ORDER BY k, c.id) + 1000 AS n,
            CASE WHEN state = 'closed' THEN -(random() * 80)::int
              ELSE (current_date - DATE '2026-09-24') - (random() * random() * 60)::int END AS days,
            CASE WHEN c.owner_id IS NULL OR random() < 0.08 THEN NULL ELSE p.id END AS owner
          FROM cases_case c
          CROSS JOIN LATERAL generate_series(1, CASE WHEN state = 'closed' THEN %s ELSE %s END) AS k
          JOIN bench_person p ON p.body_id = c.lead_id AND p.place = (k * 7 + c.id) %% p.people;
        CREATE INDEX ON bench_copy (case_id);
        ANALYZE bench_copy
        """,
        [per[True], per[False]],
    )


def _copy(model: type[models.Model]) -> str:
    fields = list(model._meta.local_concrete_fields)
    names = ", ".join(field.column for field in fields)
    values = ", ".join(_value(model, field) for field in fields)
    source, case = _source(model)
    return (
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {source} "
        f"JOIN bench_copy b ON b.case_id = {case}"
    )


def _source(model: type[models.Model]) -> tuple[str, str]:
    """The table as `t`, joined with what leads to its case, and the case's column."""
    table = f"{model._meta.db_table} t"
    if model._meta.label == "cases.Case":
        return table, "t.id"
    for field in _parents(model):
        other = field.related_model
        if other._meta.label == "cases.Case":
            return table, f"t.{field.column}"
    for field in _parents(model):
        other = field.related_model
        if any(each.column == "case_id" for each in other._meta.local_concrete_fields):
            return f"{table} JOIN {other._meta.db_table} o ON o.id = t.{field.column}", "o.case_id"
    raise LookupError(model._meta.label)


def _parents(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.local_concrete_fields:
        if field.is_relation and field.related_model._meta.label in _TABLES:
            yield field


def _value(model: type[models.Model], field: Any) -> str:
    own = f"t.{field.column}"
    special = _SPECIAL.get(f"{model._meta.label}.{field.name}")
    if special:
        return special
    if field.primary_key or field in list(_parents(model)):
        return f"{own} + b.k * {_STEP}::bigint"
    if isinstance(field, models.DateTimeField):
        return f"{own} + b.days * interval '1 day'"
    return f"{own} + b.days" if isinstance(field, models.DateField) else own


def _text(words: tuple[str, ...]) -> str:
    return "ARRAY[" + ", ".join(f"'{word}'" for word in words) + "]"


def _code(column: str) -> str:
    return f"substr(upper(md5({column} || '-' || b.k)), 1, 16)"


_REF = f"CASE WHEN EXISTS (SELECT 1 FROM documents_document d WHERE d.code = t.ref) THEN {_code('t.ref')} ELSE t.ref END"
_SPECIAL = {
    "cases.Case.number": "regexp_replace(t.number, '[0-9]+$', lpad(b.n::text, 6, '0'))",
    "cases.Case.title": f"({_text(_GOODS)})[1 + b.n % {len(_GOODS)}] || ' ' || "
    f"({_text(_FAULTS)})[1 + (b.n / {len(_GOODS)}) % {len(_FAULTS)}] || '(예시) ' || b.n",
    "cases.Case.owner": "b.owner",
    "cases.CaseItem.subject_id": "t.subject_id || '-' || b.k",
    "cases.CaseItem.title": "t.title || ' ' || b.n",
    "cases.CaseEvent.ref": _REF,
    "cases.CaseEvent.data": "CASE WHEN t.data ? 'on' THEN jsonb_set(t.data, '{on}', "
    "to_jsonb(((t.data ->> 'on')::date + b.days)::text)) ELSE t.data END",
    "documents.Document.code": _code("t.code"),
    "answers.ItemAnswer.ref": _REF,
}
