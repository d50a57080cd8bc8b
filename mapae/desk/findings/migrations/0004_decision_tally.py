"""Counts of standing decisions by check, verdict and reason, kept by triggers on the decisions.

As in 0003: PostgreSQL adds rows of differences, which mapae.desk.findings.tallies puts together; SQLite counts in place.
A decision stands while it is not undone; its check is its finding's, which never changes.
"""

from django.db import migrations, models

KEYS = "measure, check_key, verdict, reason, bulk"
OF = "f.measure, f.check_key, {0}.verdict, {0}.reason, {0}.bulk"

_SUM = (
    "INSERT INTO findings_decisiontally ({keys}, n) SELECT {of}, sum(d) FROM ({rows}) c "
    "JOIN findings_finding f ON f.id = c.finding_id WHERE c.undone_at IS NULL GROUP BY 1, 2, 3, 4, 5 HAVING sum(d) <> 0"
)
_ROWS = "SELECT finding_id, verdict, reason, bulk, undone_at, {1} AS d FROM {0}"
_TABLES = {
    "insert": ("REFERENCING NEW TABLE AS fresh", _ROWS.format("fresh", 1)),
    "delete": ("REFERENCING OLD TABLE AS gone", _ROWS.format("gone", -1)),
    "update": (
        "REFERENCING NEW TABLE AS fresh OLD TABLE AS gone",
        f"{_ROWS.format('fresh', 1)} UNION ALL {_ROWS.format('gone', -1)}",
    ),
}
_COUNTED = (
    f"INSERT INTO findings_decisiontally ({KEYS}, n) SELECT {OF.format('d')}, count(*) FROM findings_decision d "
    "JOIN findings_finding f ON f.id = d.finding_id WHERE d.undone_at IS NULL GROUP BY 1, 2, 3, 4, 5"
)


def add(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Count what is there, and add the triggers in the dialect of the database."""
    remove(apps, schema_editor)
    schema_editor.execute("DELETE FROM findings_decisiontally")
    schema_editor.execute(_COUNTED)
    make = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
    for verb in _TABLES:
        for statement in make(verb):
            schema_editor.execute(statement)


def remove(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Take the triggers away."""
    on = " ON findings_decision" if schema_editor.connection.vendor == "postgresql" else ""
    for verb in _TABLES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS decision_tally_{verb}{on}")


def _postgresql(verb: str) -> tuple[str, ...]:
    tables, rows = _TABLES[verb]
    work = _SUM.format(keys=KEYS, of=OF.format("c"), rows=rows)
    return (
        f"CREATE OR REPLACE FUNCTION decision_tally_{verb}() RETURNS trigger AS $$ BEGIN {work}; RETURN NULL; END; "
        "$$ LANGUAGE plpgsql",
        f"CREATE TRIGGER decision_tally_{verb} AFTER {verb.upper()} ON findings_decision {tables} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION decision_tally_{verb}()",
    )


def _sqlite(verb: str) -> tuple[str, ...]:
    work = {"insert": _count("NEW", 1), "delete": _count("OLD", -1)}
    work["update"] = work["delete"] + work["insert"]
    return (
        f"CREATE TRIGGER decision_tally_{verb} AFTER {verb.upper()} ON findings_decision FOR EACH ROW BEGIN {work[verb]} END",
    )


def _count(row: str, step: int) -> str:
    finding = f"FROM findings_finding f WHERE f.id = {row}.finding_id AND {row}.undone_at IS NULL"
    same = " AND ".join(
        f"findings_decisiontally.{key} = {value}"
        for key, value in zip(KEYS.split(", "), OF.format(row).split(", "), strict=True)
    )
    return (
        f"INSERT INTO findings_decisiontally ({KEYS}, n) SELECT {OF.format(row)}, 0 {finding} "
        f"AND NOT EXISTS (SELECT 1 FROM findings_decisiontally WHERE {same}); "
        f"UPDATE findings_decisiontally SET n = n + {step} WHERE EXISTS (SELECT 1 {finding} AND {same});"
    )


class Migration(migrations.Migration):
    """Counts of decisions."""

    dependencies = [("findings", "0003_tally")]
    operations = [
        migrations.CreateModel(
            name="DecisionTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measure", models.CharField(max_length=32)),
                ("check_key", models.CharField(max_length=64)),
                ("verdict", models.CharField(max_length=12)),
                ("reason", models.CharField(max_length=40)),
                ("bulk", models.BooleanField()),
                ("n", models.BigIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["check_key", "verdict"], name="decision_tally_key")]},
        ),
        migrations.RunPython(add, remove),
    ]
