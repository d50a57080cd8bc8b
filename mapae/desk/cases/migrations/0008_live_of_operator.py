"""The index of what is under way of one operator in one matter, which a finding may join: the newest are read, not all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index."""

    dependencies = [("cases", "0007_due_of_live_cases"), ("parties", "0002_register")]
    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["operator", "matter", "-id"],
                name="case_live_of",
                condition=models.Q(("state", "closed"), _negated=True),
            ),
        ),
    ]
