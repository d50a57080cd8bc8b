"""Cases that the desk opened by itself on an alert."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column."""

    dependencies = [("cases", "0009_address")]

    operations = [migrations.AddField("case", "draft", models.BooleanField(default=False))]
