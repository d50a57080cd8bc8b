"""The index search reads: full text over the pieces of each row (PostgreSQL: GIN over tsvector; SQLite: FTS5)."""

from django.db import migrations

_POSTGRES = (
    "CREATE INDEX cases_search ON cases_searchrow USING gin (array_to_tsvector(string_to_array(grams, ' ')))",
)
_SQLITE = (
    "CREATE VIRTUAL TABLE cases_search USING fts5(grams, content='cases_searchrow', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 0', detail='none')",
    "CREATE TRIGGER cases_search_added AFTER INSERT ON cases_searchrow BEGIN "
    "INSERT INTO cases_search(rowid, grams) VALUES (new.id, new.grams); END",
    "CREATE TRIGGER cases_search_removed AFTER DELETE ON cases_searchrow BEGIN "
    "INSERT INTO cases_search(cases_search, rowid, grams) VALUES ('delete', old.id, old.grams); END",
    "CREATE TRIGGER cases_search_changed AFTER UPDATE ON cases_searchrow BEGIN "
    "INSERT INTO cases_search(cases_search, rowid, grams) VALUES ('delete', old.id, old.grams); "
    "INSERT INTO cases_search(rowid, grams) VALUES (new.id, new.grams); END",
)
_GONE = {
    "postgresql": ("DROP INDEX IF EXISTS cases_search",),
    "sqlite": (
        "DROP TRIGGER IF EXISTS cases_search_added",
        "DROP TRIGGER IF EXISTS cases_search_removed",
        "DROP TRIGGER IF EXISTS cases_search_changed",
        "DROP TABLE IF EXISTS cases_search",
    ),
}


def add(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Make the index in the dialect of the database."""
    for statement in _POSTGRES if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement)


def remove(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Take the index away."""
    for statement in _GONE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Search."""

    dependencies = [("cases", "0003_side_tables")]
    operations = [migrations.RunPython(add, remove)]
