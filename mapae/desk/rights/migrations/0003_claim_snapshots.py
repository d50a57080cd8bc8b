"""Shares of false claims as published, a snapshot a day."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """A table of its own."""

    dependencies = [("rights", "0002_file_names")]

    operations = [
        migrations.CreateModel(
            name="ClaimSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=16, unique=True)),
                ("as_of", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("cells", models.JSONField(default=list)),
                ("queries", models.JSONField(default=dict)),
                ("rows", models.JSONField(default=list)),
            ],
            options={"ordering": ["-made_at", "-id"]},
        ),
    ]
