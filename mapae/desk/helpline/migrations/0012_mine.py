"""An index of the complaints that somebody works on: most of many belong to nobody."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """My complaints."""

    dependencies = [("helpline", "0011_counts")]
    operations = [
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                fields=["owner", "-received_at", "-id"],
                name="complaint_mine",
                condition=models.Q(owner__isnull=False),
            ),
        )
    ]
