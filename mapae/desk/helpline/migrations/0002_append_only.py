"""Triggers that refuse to change or remove events of complaints."""

from django.db import migrations

TABLE = "helpline_complaintevent"


def add(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Add the triggers in the dialect of the database; PostgreSQL's function comes with the audit log."""
    postgres = schema_editor.connection.vendor == "postgresql"
    does = (
        "EXECUTE FUNCTION mapae_append_only()"
        if postgres
        else "BEGIN SELECT RAISE(ABORT, 'append only'); END"
    )
    rows = "FOR EACH ROW " if postgres else ""
    for verb in ("UPDATE", "DELETE"):
        name = f"{TABLE}_no_{verb.lower()}"
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {TABLE} {rows}{does}")


def remove(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Take the triggers away."""
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}{on}")


class Migration(migrations.Migration):
    """Append only."""

    dependencies = [("audit", "0002_append_only"), ("helpline", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
