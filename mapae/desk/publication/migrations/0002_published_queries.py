"""The queries that gave the figures, kept with them."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """New columns."""

    dependencies = [("publication", "0001_initial")]

    operations = [
        migrations.AddField(model_name="release", name="queries", field=models.JSONField(default=dict)),
    ]
