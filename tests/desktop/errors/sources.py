"""What the rooms can say went wrong, read out of their sources, with every way to fill it in."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[3]
ROOMS = ("models", "converters", "desktop")
# What is raised or told, and which of its arguments is the sentence
TOLD = {
    "InputError": 0,
    "JobError": 0,
    "ModelFileError": 0,
    "SamplerError": 0,
    "EngineDiedError": 0,
    "EngineClosedError": 0,
    "Failed": 2,
    "_on_trouble": 0,
    "Ended": 1,
}
SAMPLE = "7"  # stands for what only a run knows: a name, a number
MOST = 400  # fillings of one sentence
DEEPEST = 8  # calls through which a word reaches its sentence

Function = ast.FunctionDef


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and the place in the sources that makes it."""

    place: str
    sentence: str


@dataclass(eq=False)
class Module:
    """One file: its functions, what its names are given, who calls what in it."""

    path: str
    tree: ast.Module
    owners: dict[ast.AST, Function | None] = field(default_factory=dict)
    functions: dict[str, list[Function]] = field(default_factory=dict)
    calls: dict[str, list[ast.Call]] = field(default_factory=dict)
    given: dict[tuple[Function | None, str], list[ast.expr]] = field(default_factory=dict)
    imported: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._walk(self.tree, None)

    def _walk(self, node: ast.AST, owner: Function | None) -> None:
        self.owners[node] = owner
        match node:
            case ast.FunctionDef():
                self.functions.setdefault(node.name, []).append(node)
                owner = node
            case ast.Call():
                self.calls.setdefault(name_called(node), []).append(node)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.given.setdefault((owner, name), []).append(value)
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                for target, value in zip(names, values, strict=False):
                    if isinstance(target, ast.Name):
                        self.given.setdefault((owner, target.id), []).append(value)
            case ast.ImportFrom(names=aliases):
                self.imported |= {alias.name for alias in aliases}
        for child in ast.iter_child_nodes(node):
            self._walk(child, owner)


@dataclass(eq=False)
class Sources:
    """The sources of all rooms, less those whose "path:function" begins like one of `exempt`."""

    exempt: tuple[str, ...]

    @cached_property
    def modules(self) -> Sequence[Module]:
        paths = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
        modules = [
            Module(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8")))
            for path in paths
        ]
        return [module for module in modules if not module.path.startswith(self.exempt)]

    def told(self) -> Iterator[Told]:
        """Every sentence that they can tell; one that only a run knows is left out."""
        for module in self.modules:
            for name, position in TOLD.items():
                for call in module.calls.get(name, ()):
                    if len(call.args) <= position or self._is_exempt(call, module):
                        continue
                    for sentence in self.fill(call.args[position], module):
                        if sentence not in {"", SAMPLE}:
                            yield Told(f"{module.path}:{call.lineno}", sentence)

    def fill(self, node: ast.expr, module: Module, depth: int = 0) -> Sequence[str]:
        """Every text that an expression can be, as far as the sources say it."""
        if depth > DEEPEST:
            return [SAMPLE]
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr(values=parts):
                filled = [self.fill(part, module, depth) for part in parts]
                return [
                    "".join(texts) for texts in itertools.islice(itertools.product(*filled), MOST)
                ]
            case ast.FormattedValue(value=value):
                return self.fill(value, module, depth)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                both = itertools.product(
                    self.fill(left, module, depth), self.fill(right, module, depth)
                )
                return ["".join(texts) for texts in both]
            case ast.IfExp(body=body, orelse=other):
                return [*self.fill(body, module, depth), *self.fill(other, module, depth)]
            case ast.BoolOp(op=ast.Or(), values=values):
                return [text for value in values for text in self.fill(value, module, depth)]
            case ast.Name(id=name):
                return self._fill_name(node, name, module, depth)
            case ast.Call():
                return self._fill_call(node, module, depth)
        return [SAMPLE]

    def _is_exempt(self, call: ast.Call, module: Module) -> bool:
        owner = module.owners[call]
        return owner is not None and f"{module.path}:{owner.name}".startswith(self.exempt)

    def _fill_name(self, node: ast.Name, name: str, module: Module, depth: int) -> Sequence[str]:
        owner = module.owners.get(node)
        if (owner, name) in module.given:
            values = module.given[owner, name]
            return self._fill_all([(value, module) for value in values], depth)
        if owner is not None and name in parameters(owner):
            return self._fill_all(list(self._arguments(owner, name, module)), depth)
        if (None, name) in module.given:
            return self._fill_all([(value, module) for value in module.given[None, name]], depth)
        if name in module.imported:
            return self._fill_all(
                [
                    (value, other)
                    for other in self.modules
                    for value in other.given.get((None, name), ())
                ],
                depth,
            )
        return [SAMPLE]

    def _fill_call(self, node: ast.Call, module: Module, depth: int) -> Sequence[str]:
        """What a function of the same module returns."""
        found = []
        for function in module.functions.get(name_called(node), ()):
            found += [
                (part.value, module)
                for part in ast.walk(function)
                if isinstance(part, ast.Return) and part.value is not None
            ]
        return self._fill_all(found, depth)

    def _fill_all(self, values: Sequence[tuple[ast.expr, Module]], depth: int) -> Sequence[str]:
        texts = {text for value, at in values for text in self.fill(value, at, depth + 1)}
        return sorted(texts) or [SAMPLE]

    def _arguments(
        self, function: Function, name: str, module: Module
    ) -> Iterator[tuple[ast.expr, Module]]:
        """What the callers of a function give for one of its parameters."""
        names = parameters(function)
        is_method = names[0] in {"self", "cls"}
        is_private = is_method or function.name.startswith("_")
        for other in self.modules:
            if other is not module and (is_private or function.name not in other.imported):
                continue
            for call in other.calls.get(function.name, ()):
                if self._is_exempt(call, other):
                    continue
                position = names.index(name) - is_method
                by_name = {word.arg: word.value for word in call.keywords}
                if name in by_name:
                    yield by_name[name], other
                elif position < len(call.args):
                    yield call.args[position], other


def name_called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def parameters(function: Function) -> list[str]:
    given = function.args
    return [word.arg for word in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
