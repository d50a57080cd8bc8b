"""Signs by which the relisting watch knows what was taken down; the worker makes those of rows that are there already."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_due_of_live_cases"),
        ("verification", "0002_picture"),
    ]

    operations = [
        migrations.CreateModel(
            name="WatchBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.UUIDField(default=uuid.uuid4)),
            ],
        ),
        migrations.AddField(
            model_name="watchmark",
            name="item",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="watchmark",
            name="made_by",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="watchmark",
            name="first",
            field=models.PositiveBigIntegerField(default=1),
        ),
        migrations.CreateModel(
            name="Watched",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.caseitem",
                    ),
                ),
                ("batch", models.PositiveBigIntegerField(default=0)),
                ("matter", models.CharField(blank=True, max_length=32)),
                ("opened", models.BigIntegerField(null=True)),
                ("units", models.BinaryField(default=bytes)),
                ("keys", models.BinaryField(default=bytes)),
                ("picture", models.BinaryField(default=bytes)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["batch", "item"], name="watched_batch"),
                    models.Index(fields=["matter", "batch"], name="watched_matter"),
                ],
            },
        ),
    ]
