"""Pictures by address; and an index of kept files by address (PostgreSQL: by hash, since addresses may be long)."""

import django.db.models.deletion
from django.db import migrations, models

_ADD = {
    "postgresql": "CREATE INDEX cases_evidence_url ON cases_evidence USING hash (url) WHERE url <> ''",
    "sqlite": "CREATE INDEX cases_evidence_url ON cases_evidence (url)",
}


def add(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Make the index in the dialect of the database."""
    schema_editor.execute(_ADD[schema_editor.connection.vendor])


def remove(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Take the index away."""
    schema_editor.execute("DROP INDEX IF EXISTS cases_evidence_url")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_search"),
        ("verification", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("url", models.TextField()),
                ("pdq", models.CharField(blank=True, max_length=64)),
                ("quality", models.PositiveSmallIntegerField(default=0)),
                ("why", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.evidence",
                    ),
                ),
            ],
        ),
        migrations.RunPython(add, remove),
    ]
