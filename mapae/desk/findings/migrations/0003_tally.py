"""Triggers that keep the counts of findings by state, measure, severity and operator.

PostgreSQL adds rows of differences, one statement at a time, so that nobody waits for another's count; they are added up on
read and put together by mapae.desk.findings.tallies. SQLite has one writer: its rows are counted up and down in place.
"""

from django.db import migrations

KEYS = "state, shadow, measure, severity, operator"
OF = "{0}.state, {0}.shadow, {0}.measure, {0}.severity, COALESCE({0}.operator_id, 0)"
COLUMNS = ("state", "shadow", "measure", "severity", "operator_id")

POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION findings_tally_insert() RETURNS trigger AS $$ BEGIN
  INSERT INTO findings_tally ({KEYS}, n) SELECT {OF.format("f")}, count(*) FROM fresh f GROUP BY 1, 2, 3, 4, 5;
  RETURN NULL; END; $$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION findings_tally_delete() RETURNS trigger AS $$ BEGIN
  INSERT INTO findings_tally ({KEYS}, n) SELECT {OF.format("g")}, -count(*) FROM gone g GROUP BY 1, 2, 3, 4, 5;
  RETURN NULL; END; $$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION findings_tally_update() RETURNS trigger AS $$ BEGIN
  INSERT INTO findings_tally ({KEYS}, n) SELECT state, shadow, measure, severity, operator, sum(d) FROM (
    SELECT {OF.format("f")} AS operator, 1 AS d FROM fresh f UNION ALL SELECT {OF.format("g")}, -1 FROM gone g) both_of
  GROUP BY 1, 2, 3, 4, 5 HAVING sum(d) <> 0;
  RETURN NULL; END; $$ LANGUAGE plpgsql;
CREATE TRIGGER findings_tally_insert AFTER INSERT ON findings_finding
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION findings_tally_insert();
CREATE TRIGGER findings_tally_delete AFTER DELETE ON findings_finding
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION findings_tally_delete();
CREATE TRIGGER findings_tally_update AFTER UPDATE ON findings_finding
  REFERENCING NEW TABLE AS fresh OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION findings_tally_update();
"""


def add(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Add the triggers in the dialect of the database."""
    remove(apps, schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in COLUMNS)
    up, down = _count("NEW", 1), _count("OLD", -1)
    schema_editor.execute(_trigger("insert", "", up))
    schema_editor.execute(_trigger("delete", "", down))
    schema_editor.execute(_trigger("update", f"WHEN {changed} ", f"{down} {up}"))


def remove(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Take the triggers away."""
    on = " ON findings_finding" if schema_editor.connection.vendor == "postgresql" else ""
    for verb in ("insert", "update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS findings_tally_{verb}{on}")


def _trigger(verb: str, when: str, work: str) -> str:
    name = f"findings_tally_{verb}"
    return (
        f"CREATE TRIGGER {name} AFTER {verb.upper()} ON findings_finding FOR EACH ROW {when}BEGIN {work} END"
    )


def _count(row: str, step: int) -> str:
    same = (
        f"state = {row}.state AND shadow = {row}.shadow AND measure = {row}.measure AND "
        f"severity = {row}.severity AND operator = COALESCE({row}.operator_id, 0)"
    )
    return (
        f"INSERT INTO findings_tally ({KEYS}, n) SELECT {OF.format(row)}, 0 "
        f"WHERE NOT EXISTS (SELECT 1 FROM findings_tally WHERE {same}); "
        f"UPDATE findings_tally SET n = n + {step} WHERE {same};"
    )


class Migration(migrations.Migration):
    """Counts."""

    dependencies = [("findings", "0002_inbox")]
    operations = [migrations.RunPython(add, remove)]
