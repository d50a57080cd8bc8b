"""The reference page of list sources, made from their profiles: documentation, extent, rows, columns of each field."""

from __future__ import annotations

from mapae.model.references import LIST_SCHEMAS
from mapae.sources.agencies import Profile, load_profile, source_names
from mapae.sources.agencies.profile import Field

__all__ = ["list_sources"]

_EXTENT = {
    "full": "An export is the whole list: entries it lacks leave the version in use (`--keep-missing` for a part).",
    "part": "An export adds to what stands (`--full` where it is the whole list).",
}
_KINDS = {
    "text": "text", "line": "one line", "long": "all columns put together", "list": "list, parted at `;` `|` and line ends",
    "names": "list, parted at commas too", "models": "model names", "product": "product name at the head of a description",
    "gtins": "GTINs with a right check digit", "gtins_in_text": "GTINs behind UPC, EAN, GTIN in a text", "date": "ISO day",
    "countries": "countries", "url": "http(s) address", "bool": "yes or no", "word": "one of a set", "scope": "JSON object",
    "object": "JSON object", "hazard": "class of hazard", "steps": "last steps of a classification",
}  # fmt: skip


def list_sources() -> str:
    """The page; sources in the order of `mapae lists import --help`."""
    parts = [
        "# Sources of reference lists",
        "Written by `make docs` from `mapae/sources/agencies/profiles/`; do not edit.",
        "`mapae lists import SOURCE FILE|URL` reads CSV, TSV, XLSX, XLS, ODS, Parquet, JSON, JSON Lines, an API's answer in "
        "JSON or XML, a web table saved as `.xls`, each also as gzip, Zstandard or a ZIP of one file, in UTF-8, UTF-16, "
        "CP949, EUC-KR or GB18030. Columns match whatever their case, spacing and brackets. `--map field=column` names a "
        "column that is not known. How to import: [how-to/import-lists.md](../how-to/import-lists.md).",
        "## Lists and their fields",
        _schemas(),
    ]
    for name in source_names():
        parts += _source(load_profile(name, "terms" if name == "csv" else None))
    return "\n\n".join(parts) + "\n"


def _schemas() -> str:
    lines = ["| list | fields |", "|---|---|"]
    for name, schema in LIST_SCHEMAS.items():
        fields = ", ".join(f"`{field}`" for field in schema.names if field not in ("source", "added_on"))
        lines.append(f"| {name} | {fields} |")
    return "\n".join(lines)


def _source(profile: Profile) -> list[str]:
    listed = "any list (`--list`)" if profile.source == "csv" else f"list `{profile.list}`"
    usual = f", usually {profile.usual:,} or more" if profile.usual else ""
    parts = [
        f"## {profile.source}",
        f"{profile.title['en']} · {profile.title['ko']}. Fills the {listed}.",
        f"{profile.documentation}",
        f"{_EXTENT[profile.extent]} Rows of a load: {profile.least:,} to {profile.most:,}{usual}.",
    ]
    if profile.source == "csv":
        return [*parts, "Columns have the names of the list's fields."]
    if not profile.fields:
        return parts
    lines = ["| field | as | columns |", "|---|---|---|"]
    lines += [_row(name, field) for name, field in profile.fields.items()]
    return [*parts, "\n".join(lines)]


def _row(name: str, field: Field) -> str:
    if field.parts:
        said = "; ".join(f"{part}: {_ticked(columns)}" for part, columns in field.parts.items())
        return f"| {name} | JSON object | {said} |"
    words = f" ({', '.join(field.words)})" if field.words else ""
    return f"| {name} | {_KINDS[field.kind]}{words} | {_ticked(field.columns)} |"


def _ticked(columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{column}`" for column in columns)
