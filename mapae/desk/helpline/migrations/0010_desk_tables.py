"""What is due next of each complaint, and the index that search over complaints reads."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

_POSTGRES = (
    "CREATE INDEX helpline_search ON helpline_complaintwords "
    "USING gin (array_to_tsvector(string_to_array(grams, ' ')))",
)
_SQLITE = (
    "CREATE VIRTUAL TABLE helpline_search USING fts5(grams, content='helpline_complaintwords', "
    "content_rowid='complaint_id', tokenize='unicode61 remove_diacritics 0', detail='none')",
    "CREATE TRIGGER helpline_search_added AFTER INSERT ON helpline_complaintwords BEGIN "
    "INSERT INTO helpline_search(rowid, grams) VALUES (new.complaint_id, new.grams); END",
    "CREATE TRIGGER helpline_search_removed AFTER DELETE ON helpline_complaintwords BEGIN "
    "INSERT INTO helpline_search(helpline_search, rowid, grams) VALUES ('delete', old.complaint_id, old.grams); END",
    "CREATE TRIGGER helpline_search_changed AFTER UPDATE ON helpline_complaintwords BEGIN "
    "INSERT INTO helpline_search(helpline_search, rowid, grams) VALUES ('delete', old.complaint_id, old.grams); "
    "INSERT INTO helpline_search(rowid, grams) VALUES (new.complaint_id, new.grams); END",
)
_GONE = {
    "postgresql": ("DROP INDEX IF EXISTS helpline_search",),
    "sqlite": (
        "DROP TRIGGER IF EXISTS helpline_search_added",
        "DROP TRIGGER IF EXISTS helpline_search_removed",
        "DROP TRIGGER IF EXISTS helpline_search_changed",
        "DROP TABLE IF EXISTS helpline_search",
    ),
}


def add(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Make the index in the dialect of the database."""
    for statement in _POSTGRES if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement)


def remove(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Take the index away."""
    for statement in _GONE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Tables of the desk's side."""

    dependencies = [("helpline", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="ComplaintDue",
            fields=[
                (
                    "complaint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="next_due",
                        serialize=False,
                        to="helpline.complaint",
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=40)),
                ("who", models.CharField(max_length=12)),
                ("due", models.DateField(null=True)),
                ("statutory", models.BooleanField(default=False)),
                ("stamp", models.CharField(max_length=16)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["who", "due"], name="complaint_due_who"),
                    models.Index(fields=["due"], name="complaint_due"),
                    models.Index(fields=["stamp"], name="complaint_due_stamp"),
                ]
            },
        ),
        migrations.CreateModel(
            name="ComplaintWords",
            fields=[
                (
                    "complaint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="helpline.complaint",
                    ),
                ),
                ("folded", models.TextField()),
                ("grams", models.TextField()),
                ("order", models.CharField(blank=True, max_length=16)),
                ("email", models.CharField(blank=True, max_length=16)),
                ("phone", models.CharField(blank=True, max_length=16)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=[name], name=f"complaint_same_{name}", condition=~models.Q(**{name: ""})
                    )
                    for name in ("order", "email", "phone")
                ]
            },
        ),
        migrations.RunPython(add, remove),
    ]
