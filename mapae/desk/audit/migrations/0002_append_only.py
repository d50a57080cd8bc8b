"""Triggers that refuse to change or remove entries of the audit log and events of cases."""

from django.db import migrations

TABLES = ("audit_auditentry", "cases_caseevent")


def add(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Add the triggers in the dialect of the database."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION mapae_append_only() RETURNS trigger AS $$ "
            "BEGIN RAISE EXCEPTION 'append only'; END; $$ LANGUAGE plpgsql"
        )
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            if vendor == "postgresql":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION mapae_append_only()"
                )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append only'); END"
                )


def remove(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Take the triggers away."""
    for table in TABLES:
        for verb in ("update", "delete"):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


class Migration(migrations.Migration):
    """Append only."""

    dependencies = [("audit", "0001_initial"), ("cases", "0002_initial")]
    operations = [migrations.RunPython(add, remove)]
