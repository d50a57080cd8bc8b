"""Files are called as they came to the row."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column; a file that is not in it is called as its firm may read it."""

    dependencies = [("rights", "0001_initial")]

    operations = [
        migrations.AddField("right", "names", models.JSONField(default=dict)),
    ]
