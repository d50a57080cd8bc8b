"""Takes due dates of closed cases out of the table: no list shows them, and of years of work they are most."""

from django.db import migrations


def only_live(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Delete those of closed cases."""
    apps.get_model("cases", "Due").objects.filter(case__state="closed").delete()


class Migration(migrations.Migration):
    """Due dates of live cases only."""

    dependencies = [("cases", "0006_search_by_kind")]
    operations = [migrations.RunPython(only_live, migrations.RunPython.noop)]
