"""Indexes of cases closed as lawful and of items whose notice was taken back: few among many, read for live precision."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two partial indexes."""

    dependencies = [("cases", "0004_search")]
    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("outcome", "lawful")), fields=["id"], name="case_lawful"),
        ),
        migrations.AddIndex(
            model_name="caseitem",
            index=models.Index(
                condition=models.Q(("state__in", ("withdrawn", "restoring", "restored"))),
                fields=["case"],
                name="item_taken_back",
            ),
        ),
    ]
