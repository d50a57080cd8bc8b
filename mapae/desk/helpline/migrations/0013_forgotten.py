"""Complaints that ended long ago lose the person: when that was, and words of events that may be emptied, nothing else."""

from __future__ import annotations

from django.db import migrations, models

TABLE, NAME = "helpline_complaintevent", "helpline_complaintevent_no_update"
KEPT = ("id", "complaint_id", "seq", "kind", "at", "actor_id", "role", "ref", "data")


def _trigger(schema_editor, when: str) -> str:  # type: ignore[no-untyped-def]
    postgres = schema_editor.connection.vendor == "postgresql"
    rows = "FOR EACH ROW " if postgres else ""
    refused = "BEGIN SELECT RAISE(ABORT, 'append only'); END"
    does = "EXECUTE FUNCTION mapae_append_only()" if postgres else refused
    return f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} {rows}{when}{does}"


def _drop(schema_editor) -> None:  # type: ignore[no-untyped-def]
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}{on}")


def allow(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Words of an event may be emptied; any other change stays refused."""
    same = "IS NOT DISTINCT FROM" if schema_editor.connection.vendor == "postgresql" else "IS"
    alike = " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in KEPT)
    _drop(schema_editor)
    schema_editor.execute(_trigger(schema_editor, f"WHEN (NOT (NEW.told = '' AND {alike})) "))


def refuse(apps, schema_editor):  # type: ignore[no-untyped-def]
    """As it was: every change refused."""
    _drop(schema_editor)
    schema_editor.execute(_trigger(schema_editor, ""))


class Migration(migrations.Migration):
    """A column, its index, the trigger."""

    dependencies = [("helpline", "0012_mine")]

    operations = [
        migrations.AddField("complaint", "forgotten_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "complaint",
            models.Index(
                fields=["closed_at"],
                name="complaint_to_forget",
                condition=models.Q(closed_at__isnull=False, forgotten_at__isnull=True),
            ),
        ),
        migrations.RunPython(allow, refuse),
    ]
