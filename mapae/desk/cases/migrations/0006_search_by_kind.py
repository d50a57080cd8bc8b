"""PostgreSQL: the index that search reads holds each row's kind (as `#case`) beside its pieces; indexes of two short queues."""

from django.db import migrations, models

_BEFORE = "array_to_tsvector(string_to_array(grams, ' '))"
_NOW = "array_to_tsvector(string_to_array(rtrim('#' || kind || ' ' || grams), ' '))"


def _over(words: str):  # type: ignore[no-untyped-def]
    def make(apps, schema_editor):  # type: ignore[no-untyped-def]
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("DROP INDEX IF EXISTS cases_search")
            schema_editor.execute(f"CREATE INDEX cases_search ON cases_searchrow USING gin ({words})")

    return make


class Migration(migrations.Migration):
    """Search by kind."""

    dependencies = [("cases", "0005_taken_back")]
    operations = [
        migrations.RunPython(_over(_NOW), _over(_BEFORE)),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("held", True)), fields=["lead"], name="case_held"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("owner__isnull", True), models.Q(("state", "closed"), _negated=True)),
                fields=["lead", "-severity", "-id"],
                name="case_unassigned",
            ),
        ),
    ]
