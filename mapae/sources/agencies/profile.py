"""What is known of each source, read from profiles/*.yaml: its list, its columns, how many rows are believable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mapae.errors import UsageError
from mapae.model.references import LIST_SCHEMAS
from mapae.sources.agencies.names import plain

__all__ = ["Field", "Profile", "load_profile", "source_names"]

_FOLDER = Path(__file__).parent / "profiles"


@dataclass(frozen=True, slots=True)
class Field:
    """How one field is filled. columns: names or paths, the first that says something wins; kind: see values.py."""

    columns: tuple[str, ...]
    kind: str = "text"
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Profile:
    """One source.

    extent: `full` (an export is the whole list: what it lacks is gone) or `part` (an export adds to what stands).
    least, usual, most: rows below which a load is refused, below which it is remarked on, above which it is refused.
    need: of each group at least one field must be filled. ids: how an id is made, tried in order.
    resolve: fields by whose names an entry already known (of the pack, of the store) gives its id.
    elements: XML elements of one record; outer: column → elements around the records. only: rows of another sort are left
    out. ends: columns with the day an entry ends. constant: fields every row has. reader: module:function of a reader of
    its own instead of all that.
    """

    source: str
    list: str
    title: Mapping[str, str]
    documentation: str
    extent: str
    least: int
    usual: int
    most: int
    fields: Mapping[str, Field]
    need: tuple[tuple[str, ...], ...]
    ids: tuple[Mapping[str, Any], ...]
    resolve: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    outer: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: Field | None = None
    ends: tuple[str, ...] = ()
    constant: Mapping[str, Any] = field(default_factory=dict)
    reader: str = ""

    def columns(self) -> frozenset[str]:
        """Every column name that this profile knows, made plain."""
        named = [column for item in self.fields.values() for column in _columns(item)]
        extra = [column for rule in self.ids for column in rule.get("columns", ())]
        return frozenset(plain(name.split(".")[0]) for name in (*named, *extra))

    def mapped(self, mapping: Mapping[str, str]) -> Profile:
        """The profile with `--map` put in front. Pairs are field → column, or column → field as `screen` has them."""
        fields = dict(self.fields)
        for left, right in mapping.items():
            name, column = (left, right) if left in _names(self.list) else (right, left)
            if name not in _names(self.list):
                raise UsageError(
                    f"neither {left!r} nor {right!r} is a field of the list {self.list}",
                    where="--map",
                    mend=f"write --map field=column; fields are: {', '.join(_names(self.list))}",
                )
            known = fields.get(name, Field((), _default_kind(self.list, name)))
            fields[name] = replace(known, columns=(column, *known.columns))
        return replace(self, fields=fields)


def source_names() -> tuple[str, ...]:
    """The sources that `mapae lists import` knows, Korean ones first."""
    return tuple(_all())


def load_profile(source: str, list_name: str | None = None) -> Profile:
    """The profile of a source. UsageError for an unknown one, and for `csv` without its list."""
    if source not in _all():
        raise UsageError(
            f"there is no source {source!r}", where="SOURCE", mend=f"sources are: {', '.join(_all())}"
        )
    data = dict(_all()[source])
    chosen = data.get("list") or list_name
    if not chosen or chosen not in LIST_SCHEMAS:
        raise UsageError(
            f"there is no list {chosen!r}" if chosen else f"{source} may fill any list: say which",
            where="--list",
            mend=f"add --list with one of: {', '.join(LIST_SCHEMAS)}",
        )
    if list_name and list_name != chosen:
        raise UsageError(
            f"{source} fills the list {chosen}, not {list_name}", where="--list", mend="leave --list out"
        )
    return _profile(source, chosen, data)


@cache
def _all() -> dict[str, dict[str, Any]]:
    read = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(_FOLDER.glob("*.yaml"))]
    return {item["source"]: item for item in sorted(read, key=lambda item: item["order"])}


def _profile(source: str, list_name: str, data: Mapping[str, Any]) -> Profile:
    rows = data["rows"]
    fields = {name: _field(list_name, name, spec) for name, spec in (data.get("fields") or {}).items()}
    if data.get("own_names"):
        fields = {name: _own(list_name, name, fields.get(name)) for name in _names(list_name)}
    return Profile(
        source=source, list=list_name, title=data["title"], documentation=" ".join(data["documentation"].split()),
        extent=data["extent"], least=rows["least"], usual=rows.get("usual", 0), most=rows["most"], fields=fields,
        need=tuple(map(tuple, data.get("need") or _NEED[list_name])), ids=tuple(data.get("ids") or _IDS[list_name]),
        resolve=tuple(data.get("resolve") or ()), elements=tuple(data.get("elements") or ()),
        outer={name: tuple(tags) for name, tags in (data.get("outer") or {}).items()},
        only=_field(list_name, "only", data["only"]) if "only" in data else None,
        ends=tuple(data.get("ends") or ()), constant=data.get("constant") or {}, reader=data.get("reader", ""),
    )  # fmt: skip


def _field(list_name: str, name: str, spec: Any) -> Field:
    """A field from YAML: a list of columns, or a mapping with from, as, words, parts."""
    if isinstance(spec, Sequence) and not isinstance(spec, str):
        return Field(tuple(spec), _default_kind(list_name, name))
    return Field(
        tuple(spec.get("from") or ()),
        spec.get("as") or _default_kind(list_name, name),
        {str(word): tuple(map(str, seen)) for word, seen in (spec.get("words") or {}).items()},
        {str(part): tuple(columns) for part, columns in (spec.get("parts") or {}).items()},
    )


def _own(list_name: str, name: str, known: Field | None) -> Field:
    """A field whose column has the field's own name, with the other columns it may have."""
    if known is None:
        return Field((name,), _default_kind(list_name, name))
    return replace(known, columns=(name, *known.columns))


def _default_kind(list_name: str, name: str) -> str:
    if name in ("gtins", "date", "scope", "url"):
        return {"gtins": "gtins", "date": "date", "scope": "scope", "url": "url"}[name]
    schema = LIST_SCHEMAS[list_name]
    kind = str(schema.field(name).type) if name in schema.names else "string"
    return {"string": "text", "bool": "bool"}.get(kind, "list")


def _names(list_name: str) -> tuple[str, ...]:
    return tuple(name for name in LIST_SCHEMAS[list_name].names if name not in ("source", "added_on"))


def _columns(item: Field) -> tuple[str, ...]:
    return (*item.columns, *(column for columns in item.parts.values() for column in columns))


_NEED: dict[str, list[list[str]]] = {
    "recalls": [["title", "products", "models", "gtins"]],
    "ingredients": [["name_en", "name_ko", "name_zh"]],
    "brands": [["owner", "names_en", "names_ko", "names_zh"]],
    "products": [["name", "names", "gtins"]],
    "materials": [["name_ko", "names", "scientific"]],
    "terms": [["term"]],
}
_IDS: dict[str, list[dict[str, Any]]] = {
    "recalls": [{"tail": ["title", "products", "models", "gtins", "date"]}],
    "ingredients": [{"field": "name_en"}, {"field": "name_ko"}, {"field": "name_zh"}],
    "brands": [{"field": "owner"}, {"field": "names_en"}, {"field": "names_ko"}, {"field": "names_zh"}],
    "products": [{"tail": ["name", "names", "maker", "gtins"]}],
    "materials": [{"field": "name_ko", "tail": ["annex", "scientific"]}, {"tail": ["names", "scientific", "annex"]}],
    "terms": [{"field": "term", "tail": ["measure", "cls"]}],
}  # fmt: skip
