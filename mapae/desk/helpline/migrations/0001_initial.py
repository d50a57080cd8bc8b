"""Complaints, their events, files, answers, what was shared, letters of withdrawal, drafts, codes, corrections."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mapae.desk.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("bodies", "0001_initial"),
        ("cases", "0007_due_of_live_cases"),
        ("parties", "0002_register"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Collective",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=32, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("category", models.CharField(blank=True, max_length=32)),
                ("state", models.CharField(default="gathering", max_length=16)),
                ("made_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(null=True)),
                ("started_on", models.DateField(null=True)),
                ("notice_ended_on", models.DateField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=40)),
                (
                    "lead",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bodies.body",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "operator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.operator",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=32, unique=True)),
                ("link", mapae.desk.fields.SealedText()),
                ("link_digest", models.CharField(max_length=64, unique=True)),
                ("received_at", models.DateTimeField()),
                ("channel", models.CharField(default="web", max_length=8)),
                ("language", models.CharField(default="ko", max_length=8)),
                ("anonymous", models.BooleanField(default=False)),
                ("operator_told", models.CharField(blank=True, max_length=120)),
                ("seller", models.CharField(blank=True, max_length=200)),
                ("listing_url", models.TextField(blank=True)),
                ("product", models.CharField(blank=True, max_length=200)),
                ("order_number", mapae.desk.fields.SealedText(blank=True)),
                ("text", mapae.desk.fields.SealedText()),
                ("gist", models.TextField(blank=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("purchased_on", models.DateField(null=True)),
                ("delivered_on", models.DateField(null=True)),
                ("remedy", models.CharField(blank=True, max_length=24)),
                ("name", mapae.desk.fields.SealedText(blank=True)),
                ("email", mapae.desk.fields.SealedText(blank=True)),
                ("phone", mapae.desk.fields.SealedText(blank=True)),
                ("relay", models.CharField(max_length=40, unique=True)),
                ("state", models.CharField(default="received", max_length=16)),
                ("category", models.CharField(blank=True, max_length=32)),
                ("confidence", models.FloatField(default=0)),
                ("responsible", models.CharField(blank=True, max_length=24)),
                ("hazard", models.BooleanField(default=False)),
                ("right", models.CharField(blank=True, max_length=24)),
                ("last_day", models.DateField(null=True)),
                ("triage", models.JSONField(default=dict)),
                ("reasons", models.JSONField(default=list)),
                ("closed_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=40)),
                (
                    "body",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bodies.body",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consumer_complaints",
                        to="cases.case",
                    ),
                ),
                (
                    "collective",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="helpline.collective",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="helpline.complaint",
                    ),
                ),
                (
                    "operator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="parties.operator",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgentAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("offer", models.CharField(blank=True, max_length=24)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("text", mapae.desk.fields.SealedText(blank=True)),
                ("at", models.DateTimeField()),
                ("verdict", models.CharField(blank=True, max_length=12)),
                ("verdict_at", models.DateTimeField(null=True)),
                ("reply", mapae.desk.fields.SealedText(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.agentfirm",
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="helpline.complaint",
                    ),
                ),
            ],
            options={
                "ordering": ["complaint", "id"],
            },
        ),
        migrations.CreateModel(
            name="ComplaintEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("role", models.CharField(default="consumer", max_length=12)),
                ("ref", models.CharField(blank=True, max_length=40)),
                ("data", models.JSONField(default=dict)),
                ("told", mapae.desk.fields.SealedText(blank=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="helpline.complaint",
                    ),
                ),
            ],
            options={
                "ordering": ["complaint", "seq"],
            },
        ),
        migrations.CreateModel(
            name="ComplaintFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.CharField(default="consumer", max_length=12)),
                ("shared", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="helpline.complaint",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.evidence"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=16)),
                ("before", models.CharField(blank=True, max_length=120)),
                ("after", models.CharField(blank=True, max_length=120)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="helpline.complaint",
                    ),
                ),
            ],
            options={
                "ordering": ["complaint", "id"],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("link_digest", models.CharField(max_length=64, unique=True)),
                ("language", models.CharField(default="ko", max_length=8)),
                ("data", mapae.desk.fields.SealedText()),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["expires_at"], name="draft_ends")],
            },
        ),
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=128)),
                ("channel", models.CharField(max_length=8)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="helpline.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReceivedMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("at", models.DateTimeField()),
                (
                    "complaint",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="helpline.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fields", models.JSONField(default=list)),
                ("shown", mapae.desk.fields.SealedText(blank=True)),
                ("recipient", models.CharField(max_length=200)),
                ("country", models.CharField(max_length=60)),
                ("retention", models.CharField(max_length=60)),
                ("ground", models.CharField(default="consent", max_length=24)),
                ("version", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                ("refused_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="helpline.complaint",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.mandate",
                    ),
                ),
            ],
            options={
                "ordering": ["complaint", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True)),
                ("ground", models.CharField(max_length=8)),
                ("language", models.CharField(default="en", max_length=8)),
                ("content", mapae.desk.fields.SealedText()),
                ("receivers", models.JSONField(default=list)),
                ("addresses", mapae.desk.fields.SealedText()),
                ("pdf", mapae.desk.fields.SealedText()),
                ("digest", models.CharField(max_length=64)),
                ("last_day", models.DateField(null=True)),
                ("declared_at", models.DateTimeField()),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="helpline.complaint",
                    ),
                ),
            ],
            options={
                "ordering": ["complaint", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["state", "-received_at", "-id"], name="complaint_queue"),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["-received_at", "-id"], name="complaint_newest"),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                fields=["operator", "state", "-received_at", "-id"], name="complaint_operator"
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["category", "-received_at", "-id"], name="complaint_category"),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["responsible", "-received_at", "-id"], name="complaint_responsible"),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("hazard", True)), fields=["-received_at", "-id"], name="complaint_hazard"
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintevent",
            constraint=models.UniqueConstraint(
                fields=("complaint", "seq"), name="one_complaint_event_a_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintfile",
            constraint=models.UniqueConstraint(fields=("complaint", "file"), name="one_file_a_complaint"),
        ),
    ]
