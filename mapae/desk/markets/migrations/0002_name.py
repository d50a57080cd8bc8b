"""A table is called as it came to its body."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

_ENDINGS = (".csv", ".jsonl", ".xlsx", ".txt")


def names(apps: Any, editor: Any) -> None:
    """What was kept before: as the content is called, or where no table is called so the title, which was the file's name."""
    for row in apps.get_model("markets", "MarketFile").objects.select_related("evidence").order_by("pk"):
        called = (row.evidence.name, row.title)
        row.name = next((each for each in called if each.lower().endswith(_ENDINGS)), row.evidence.name)
        row.save(update_fields=["name"])


class Migration(migrations.Migration):
    """A column, filled."""

    dependencies = [("markets", "0001_initial"), ("cases", "0007_due_of_live_cases")]

    operations = [
        migrations.AddField(
            "marketfile", "name", models.CharField(max_length=200, default=""), preserve_default=False
        ),
        migrations.RunPython(names, migrations.RunPython.noop),
    ]
