"""Counts of acceptances that proved wrong, by case (mapae.desk.findings.wrong), with what there is counted."""

import django.db.models.deletion
from django.db import migrations, models

COUNTED = """
INSERT INTO findings_provedwrong (case_id, measure, check_key, reason, bulk, n)
SELECT f.case_id, f.measure, f.check_key, d.reason, d.bulk, count(*)
FROM findings_decision d JOIN findings_finding f ON f.id = d.finding_id JOIN cases_case c ON c.id = f.case_id
WHERE d.undone_at IS NULL AND d.verdict = 'accepted' AND (c.outcome = 'lawful' OR EXISTS (
  SELECT 1 FROM cases_caseitem i WHERE i.case_id = f.case_id AND i.platform = f.platform AND i.subject_id = f.subject_id
  AND i.state IN ('withdrawn', 'restoring', 'restored')))
GROUP BY 1, 2, 3, 4, 5
"""


class Migration(migrations.Migration):
    """Counts by case."""

    dependencies = [("cases", "0008_live_of_operator"), ("findings", "0005_sellers_index")]
    operations = [
        migrations.CreateModel(
            name="ProvedWrong",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measure", models.CharField(max_length=32)),
                ("check_key", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=40)),
                ("bulk", models.BooleanField()),
                ("n", models.PositiveIntegerField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["check_key"], name="proved_wrong_check")]},
        ),
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
    ]
