"""The index of sellers holds what their open findings are counted by, so that the rows need not be read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_due_of_live_cases"),
        ("findings", "0004_decision_tally"),
        ("parties", "0002_register"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="finding",
            name="inbox_seller",
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["seller_id", "state", "operator", "shadow"], name="inbox_seller"),
        ),
    ]
