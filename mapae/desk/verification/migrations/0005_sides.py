"""Rows of figures counted before queries were published name their side as later ones do, so that their pages stay."""

from django.db import migrations


def name_sides(apps, schema_editor):  # type: ignore[no-untyped-def]
    """`group` → `side`; ranges were not counted then."""
    for snapshot in apps.get_model("verification", "FigureSnapshot").objects.filter(queries={}):
        snapshot.rows = [{"side": row["group"], "low": None, "high": None, **row} for row in snapshot.rows]
        snapshot.save(update_fields=["rows"])


class Migration(migrations.Migration):
    """Rows of old snapshots."""

    dependencies = [("verification", "0004_published_queries")]
    operations = [migrations.RunPython(name_sides, migrations.RunPython.noop)]
