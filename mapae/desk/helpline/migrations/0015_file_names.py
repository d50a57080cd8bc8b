"""A complaint's files are called as they came to it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column; where it is empty the name of the first that sent the content holds, as before."""

    dependencies = [("helpline", "0014_address")]

    operations = [migrations.AddField("complaintfile", "name", models.CharField(blank=True, max_length=200))]
