"""Small wrongs in the code of functions: finds them in a file, draws a sample, and puts one into a running process."""

from __future__ import annotations

import ast
import importlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

__all__ = ["Mutant", "mutants", "put_in", "sample", "told"]

_COMPARE = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_ARITHMETIC = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_UNSEEN = (
    ast.Raise,
    ast.Assert,
    ast.JoinedStr,
    ast.AnnAssign,
)  # words of messages and types are nobody's rule
_UNHEARD = {"", "utf-8"}  # Python takes utf-8~ for utf-8


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong: the `index`-th of the file's, in `function` (`name` or `Class.name`), seen on lines `first`-`last`."""

    path: str
    function: str
    index: int
    kind: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Spot:
    function: str
    kind: str
    node: ast.AST
    change: Callable[[], None]


def mutants(path: Path) -> list[Mutant]:
    """Every wrong that can be put into the functions of a file, in the order of the text."""
    spots = _spots(ast.parse(path.read_text("utf-8")))
    return [
        Mutant(str(path), spot.function, index, spot.kind, spot.node.lineno, spot.node.end_lineno)  # type: ignore[attr-defined]
        for index, spot in enumerate(spots)
    ]


def told(mutant: Mutant) -> str:
    """`a < b → a <= b`, as one reads it in a list of survivors."""
    spot = _spots(ast.parse(Path(mutant.path).read_text("utf-8")))[mutant.index]
    before = ast.unparse(spot.node)
    spot.change()
    return f"{before} → {ast.unparse(spot.node)}"


def sample(paths: list[Path], count: int, seed: int) -> list[Mutant]:
    """`count` wrongs of these files, every one as likely as the next; the same ones for the same seed."""
    every = [mutant for path in sorted(paths) for mutant in mutants(path)]
    return sorted(
        random.Random(seed).sample(every, min(count, len(every))), key=lambda item: (item.path, item.index)
    )


def put_in(mutant: Mutant) -> bool:
    """Replace the code of the function in this process; False where the running function cannot be found."""
    tree = ast.parse(Path(mutant.path).read_text("utf-8"))
    spot = _spots(tree)[mutant.index]
    spot.change()
    ast.fix_missing_locations(tree)
    code = _code(compile(tree, mutant.path, "exec"), mutant.function.split("."))
    target = _running(mutant)
    if code is None or target is None or len(code.co_freevars) != len(target.__code__.co_freevars):
        return False
    target.__code__ = code
    return True


def _spots(tree: ast.Module) -> list[_Spot]:
    return list(_each(tree))


def _each(tree: ast.Module) -> Iterator[_Spot]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield from _inside(node, node.name)
        elif isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef):
                    yield from _inside(part, f"{node.name}.{part.name}")


def _inside(function: ast.FunctionDef, name: str) -> Iterator[_Spot]:
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    for statement in body:
        for node in _walk(statement):
            for kind, change in _changes(node):
                yield _Spot(name, kind, node, change)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, _UNSEEN) and not (isinstance(node, ast.AnnAssign) and node.value is not None):
        return
    yield node
    children = [node.value] if isinstance(node, ast.AnnAssign) else ast.iter_child_nodes(node)
    for child in children:
        if child is not None and not _same_bound(node, child):
            yield from _walk(child)


def _same_bound(node: ast.AST, child: ast.AST) -> bool:
    """The upper end of a range of characters (`c <= "z"`): with ~ behind it, it holds the same single characters."""
    pairs = zip(node.ops, node.comparators, strict=True) if isinstance(node, ast.Compare) else ()
    return any(
        end is child and isinstance(op, ast.LtE) and len(end.value) == 1
        for op, end in pairs
        if isinstance(end, ast.Constant) and isinstance(end.value, str)
    )


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARE:
        yield "comparison", lambda: node.ops.__setitem__(0, _COMPARE[type(node.ops[0])]())
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield "boolean", lambda: setattr(node, "op", other())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "boolean", lambda: setattr(node, "operand", ast.UnaryOp(ast.Not(), node.operand))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "arithmetic", lambda: setattr(node, "op", ast.UAdd())
    elif isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in _ARITHMETIC:
        yield "arithmetic", lambda: setattr(node, "op", _ARITHMETIC[type(node.op)]())
    elif isinstance(node, ast.Constant) and (change := _constant(node)):
        yield "constant", change
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield "return", lambda: setattr(node, "value", ast.Constant(None))


def _constant(node: ast.Constant) -> Callable[[], None] | None:
    value: Any = node.value
    if isinstance(value, bool):
        return lambda: setattr(node, "value", not value)
    if isinstance(value, (int, float)):
        return lambda: setattr(node, "value", value + 1)
    if (
        isinstance(value, str) and value not in _UNHEARD and " " not in value
    ):  # a sentence is told, not reckoned with
        return lambda: setattr(node, "value", f"{value}~")
    return None


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _code(module: CodeType, names: list[str]) -> CodeType | None:
    code: CodeType | None = module
    for name in names:
        inner = [item for item in code.co_consts if isinstance(item, CodeType)] if code else []
        code = next((item for item in reversed(inner) if item.co_name == name), None)
    return code


def _running(mutant: Mutant) -> FunctionType | None:
    module = importlib.import_module(
        mutant.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    )
    owner, _, name = mutant.function.rpartition(".")
    found: Any = vars(vars(module)[owner])[name] if owner else vars(module)[name]
    for _ in range(5):
        if isinstance(found, FunctionType) and not hasattr(found, "__wrapped__"):
            return found
        found = next(
            (
                getattr(found, part)
                for part in ("__wrapped__", "__func__", "fget", "func")
                if hasattr(found, part)
            ),
            None,
        )
    return None
