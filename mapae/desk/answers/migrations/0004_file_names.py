"""Files are called as they came to the row."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column; a file that is not in it is called as its firm may read it."""

    dependencies = [("answers", "0003_objections")]

    operations = [
        migrations.AddField("contest", "names", models.JSONField(default=dict)),
        migrations.AddField("draftanswer", "names", models.JSONField(default=dict)),
        migrations.AddField("itemanswer", "names", models.JSONField(default=dict)),
        migrations.AddField("reply", "names", models.JSONField(default=dict)),
    ]
