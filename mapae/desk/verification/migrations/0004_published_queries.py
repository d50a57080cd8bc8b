"""The queries that gave the figures, kept with them."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """New columns."""

    dependencies = [("verification", "0003_signs")]

    operations = [
        migrations.AddField(model_name="figuresnapshot", name="cells", field=models.JSONField(default=list)),
        migrations.AddField(
            model_name="figuresnapshot", name="queries", field=models.JSONField(default=dict)
        ),
    ]
