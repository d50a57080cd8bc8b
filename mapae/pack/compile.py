"""Law files → provisions and parameters; every fault is collected, none stops the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mapae.model.law import Dated, Parameter, Provision, Status
from mapae.pack.checks import (
    UNITS,
    check_periods,
    check_references,
    check_units,
    check_value,
    near,
)
from mapae.pack.nodes import Node, read_nodes
from mapae.pack.problem import Problem

__all__ = ["STATUSES", "Law", "compile_law"]

STATUSES: tuple[Status, ...] = ("in_force", "promulgated_not_in_force", "draft", "bill")
_VERSION_KEYS = frozenset({"from", "to", "status", "summary", "value", "reference", "checked_on", "note"})
_PROVISION_KEYS = frozenset({"key", "title", "versions", "note"})
_PARAMETER_KEYS = frozenset({"key", "title", "unit", "provision", "values", "note"})


@dataclass(frozen=True)
class Law:
    """What a pack's law folder says, and what is wrong with it."""

    provisions: dict[str, Provision] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def compile_law(folder: Path) -> Law:
    """Compile every YAML file below the folder (shapes: tests/pack/test_compile.py, docs/how-to/law.md)."""
    law = Law()
    named: list[tuple[Node, str]] = []
    for path in sorted(folder.rglob("*.yaml")):
        root, problems = read_nodes(path)
        law.problems.extend(problems)
        if root is None:
            continue
        for name, node in root.fields.items():
            if name == "provisions":
                for item in node.items:
                    _provision(item, law)
            elif name == "parameters":
                for item in node.items:
                    _parameter(item, law, named)
            else:
                law.problems.append(
                    node.problem(f"unknown section {name!r}", "sections are: provisions, parameters")
                )
    for node, key in named:
        if key not in law.provisions:
            law.problems.append(node.problem(f"there is no provision {key!r}", near(key, law.provisions)))
    return law


def _provision(item: Node, law: Law) -> None:
    key = _key(item, law, _PROVISION_KEYS, law.provisions)
    if key is None:
        return
    versions = _versions(item, "versions", "summary", law)
    regime, _, article = key.partition(" ")
    law.provisions[key] = Provision(key, regime, article, _title(item, law), versions)


def _parameter(item: Node, law: Law, named: list[tuple[Node, str]]) -> None:
    key = _key(item, law, _PARAMETER_KEYS, law.parameters)
    if key is None:
        return
    unit = item.fields.get("unit")
    law.problems.extend(check_units(item, unit))
    provision = item.fields.get("provision")
    if provision is None or not provision.value:
        law.problems.append(
            item.problem(f"{key} names no provision", "add provision: with the key of its article")
        )
    else:
        named.append((provision, str(provision.value)))
    values = _versions(item, "values", "value", law)
    if unit is not None and unit.value in UNITS:
        for version in item.fields["values"].items if values else ():
            if "value" in version.fields:
                law.problems.extend(check_value(version.fields["value"], str(unit.value)))
    law.parameters[key] = Parameter(
        key,
        str(unit.value) if unit else "",
        _title(item, law),
        str(provision.value) if provision else "",
        values,
    )


def _key(
    item: Node, law: Law, allowed: frozenset[str], known: dict[str, Provision] | dict[str, Parameter]
) -> str | None:
    for name, node in item.fields.items():
        if name not in allowed:
            law.problems.append(node.problem(f"unknown field {name!r}", near(name, allowed)))
    named = item.fields.get("key")
    if named is None or not named.value:
        law.problems.append(item.problem("an entry without a key", "add key:"))
        return None
    key = str(named.value)
    if key in known:
        law.problems.append(
            named.problem(f"the key {key!r} is there already", "keep one entry, with its periods in one list")
        )
        return None
    return key


def _title(item: Node, law: Law) -> dict[str, str]:
    node = item.fields.get("title")
    titles = {
        str(name): str(value)
        for name, value in (node.value if node and isinstance(node.value, dict) else {}).items()
    }
    _in_both(node or item, "title", law, titles)
    return titles


def _in_both(place: Node, name: str, law: Law, said: Mapping[str, Any] | None = None) -> None:
    """A fault for each language of the law pages in which the text is missing."""
    texts = said if said is not None else place.value if isinstance(place.value, dict) else {}
    for language in ("ko", "en"):
        if not texts.get(language):
            law.problems.append(place.problem(f"no {language} {name}", f"add {name}: {{{language}: …}}"))


def _versions(item: Node, section: str, content: str, law: Law) -> tuple[Dated, ...]:
    node = item.fields.get(section)
    if node is None or not node.items:
        law.problems.append(item.problem(f"no {section}", f"add {section}: with at least one period"))
        return ()
    found = [(version, dated) for version in node.items if (dated := _dated(version, content, law))]
    found.sort(key=lambda pair: pair[1].valid_from)
    law.problems.extend(check_periods(found))
    return tuple(dated for _, dated in found)


def _dated(node: Node, content: str, law: Law) -> Dated | None:
    before = len(law.problems)
    for name, part in node.fields.items():
        if name not in _VERSION_KEYS:
            law.problems.append(part.problem(f"unknown field {name!r}", near(name, _VERSION_KEYS)))
    start = _day(node, "from", law, needed=True)
    end = _day(node, "to", law)
    checked = _day(node, "checked_on", law, needed=True)
    status = node.fields.get("status")
    if status is None or status.value not in STATUSES:
        place = status or node
        said = repr(status.value) if status else "nothing"
        law.problems.append(place.problem(f"status is {said}", f"one of: {', '.join(STATUSES)}"))
    if content not in node.fields:
        law.problems.append(node.problem(f"no {content}", f"add {content}:"))
    elif content == "summary":
        _in_both(node.fields[content], content, law)
    law.problems.extend(check_references(node))
    if len(law.problems) > before or start is None or checked is None or status is None:
        return None
    reference = str(node.fields["reference"].value)
    return Dated(
        start, end, status.value, node.fields[content].value, reference, checked, node.file, node.line
    )


def _day(node: Node, name: str, law: Law, needed: bool = False) -> date | None:
    part = node.fields.get(name)
    if part is None or part.value is None:
        if needed:
            law.problems.append(node.problem(f"no {name}", f"add {name}: as YYYY-MM-DD"))
        return None
    if isinstance(part.value, date) and not isinstance(part.value, datetime):
        return part.value
    law.problems.append(
        part.problem(f"{name} is no day: {part.value!r}", "write it as YYYY-MM-DD, without quotes")
    )
    return None
