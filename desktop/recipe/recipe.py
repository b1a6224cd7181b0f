"""How a text is written: the stages of a chain, each on or off. Immutable, and no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from models.errors import InputError
from models.sampling import (
    DEFAULT_ORDER,
    ORDERS,
    PRESETS,
    Chain,
    Dry,
    DynamicTemperature,
    Greedy,
    LogitBias,
    MinP,
    MirostatV2,
    Penalties,
    Stage,
    Temperature,
    TopNSigma,
    TopP,
    Typical,
    User,
    Xtc,
    format_stage,
    parse_chain,
    stage_from_values,
    stage_values,
)

_CHOOSING = (MirostatV2.name, Greedy.name)  # they end a chain
_OFF = "off "
_UNCHANGING: frozenset[Stage] = frozenset((Temperature(1.0), TopP(1.0)))  # as if left out


@dataclass(frozen=True, slots=True)
class Entry:
    """A stage of a recipe; one that is off is kept for later."""

    stage: Stage
    on: bool = True


@dataclass(frozen=True, slots=True)
class Recipe:
    """The stages of a chain in their order, each on or off. Every change gives a new recipe.

    Raises InputError, as each of the changes does, for a stage that stands there twice, or one
    that goes on after greedy or mirostat.
    """

    entries: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        self.chain()
        Chain(e.stage for e in self.entries if e.stage.name not in _CHOOSING)  # none twice, off too
        names = [e.stage.name for e in self.entries]
        for name in _CHOOSING:
            if names.count(name) > 1:
                raise InputError(f"The chain names {name} twice: keep one of the two.")

    @classmethod
    def from_chain(cls, chain: Chain) -> Recipe:
        """The stages of `chain`, all on."""
        return cls(tuple(Entry(stage) for stage in chain.stages))

    @classmethod
    def from_preset(cls, preset: str) -> Recipe:
        """The stages of the preset with this id. Raises InputError if there is none."""
        if preset not in PRESETS:
            raise InputError(f'There is no preset "{preset}": choose one of {", ".join(PRESETS)}.')
        return cls.from_chain(PRESETS[preset].settings.chain())

    @classmethod
    def from_text(cls, text: str) -> Recipe:
        """The recipe that `to_text` wrote, or any chain in its notation.

        Raises InputError for anything else.
        """
        entries: list[Entry] = []
        for line in text.strip().split("\n"):
            on = not line.startswith(_OFF)
            stages = parse_chain(line if on else line.removeprefix(_OFF)).stages
            entries += [Entry(stage, on) for stage in stages]
        return cls(tuple(entries))

    def to_text(self) -> str:
        """The recipe in the chain's notation; a stage that is off stands on a line of its own."""
        lines: list[str] = []
        previous_on = False
        for entry in self.entries:
            written = format_stage(entry.stage)
            if entry.on and previous_on:
                lines[-1] += f" > {written}"
            else:
                lines.append(written if entry.on else _OFF + written)
            previous_on = entry.on
        return "\n".join(lines)

    def chain(self) -> Chain:
        """The stages that are on."""
        return Chain(e.stage for e in self.entries if e.on)

    @property
    def preset(self) -> str | None:
        """The id of the preset with the same chain; None where it differs from all of them.

        What changes nothing makes no difference here: temperature 1, top-p 1, or a temperature
        before greedy.
        """
        working = _working(self.chain())
        for preset in PRESETS.values():
            if _working(preset.settings.chain()) == working:
                return preset.id
        return None

    @property
    def order(self) -> str | None:
        """The first named order that the stages stand in; None where they stand in another."""
        return next((name for name in ORDERS if self.ordered(name) == self), None)

    @property
    def temperature(self) -> float:
        """The temperature at work: 0 with greedy, 1 without a stage that sets one."""
        if self._is_on(Greedy.name):
            return 0.0
        position = self._find_temperature()
        if position is None or not self.entries[position].on:
            return 1.0
        return float(stage_values(self.entries[position].stage)["temperature"])

    @property
    def top_p(self) -> float:
        """The top-p at work, 1 without that stage."""
        stages = [e.stage for e in self.entries if e.on]
        return next((stage.p for stage in stages if isinstance(stage, TopP)), 1.0)

    def with_temperature(self, temperature: float) -> Recipe:
        """The same with this temperature. At 0 greedy takes over, and steps back above it.

        Where only a dynamic temperature is in the recipe, its middle is meant. Mirostat draws its
        token: greedy switches it off, and it stays off.
        """
        if temperature == self.temperature:
            return self
        if temperature == 0:
            resting = (Temperature.name, DynamicTemperature.name, MirostatV2.name)
            entries = [
                replace(e, on=False) if e.stage.name in resting else e
                for e in self.entries
                if e.stage.name != Greedy.name
            ]
            return Recipe((*entries, Entry(Greedy())))
        warm = Recipe(tuple(e for e in self.entries if not (e.on and e.stage.name == Greedy.name)))
        if temperature == warm.temperature:
            return warm
        position = warm._find_temperature()
        if position is None:
            return warm._insert(Temperature(temperature))
        return warm._set(position, {"temperature": temperature})

    def with_top_p(self, p: float) -> Recipe:
        """The same with this top-p."""
        if p == self.top_p:
            return self
        names = [e.stage.name for e in self.entries]
        if TopP.name not in names:
            return self._insert(TopP(p))
        return self._set(names.index(TopP.name), {"p": p})

    def with_chain(self, chain: Chain) -> Recipe:
        """The stages of `chain`, all on; what is off stays where it was, unless `chain` has it."""
        entries = [Entry(stage) for stage in chain.stages]
        named = {stage.label for stage in chain.stages}
        seen: list[str] = []
        for entry in self.entries:
            if not entry.on and entry.stage.label not in named:
                labels = [e.stage.label for e in entries]
                before = next((label for label in reversed(seen) if label in labels), None)
                entries.insert(0 if before is None else labels.index(before) + 1, entry)
            seen.append(entry.stage.label)
        return Recipe(tuple(entries))

    def moved(self, position: int, target: int) -> Recipe:
        """The entry at `position` taken out, and put where it has the position `target`."""
        entries = list(self.entries)
        entries.insert(target, entries.pop(position))
        return Recipe(tuple(entries))

    def switched(self, position: int, on: bool) -> Recipe:
        """The entry at `position` on or off."""
        return self._replace(position, replace(self.entries[position], on=on))

    def changed(self, position: int, values: Mapping[str, object]) -> Recipe:
        """The entry at `position` with these parameters; those left out stay."""
        entry = self.entries[position]
        stage = stage_from_values(entry.stage.name, stage_values(entry.stage) | dict(values))
        return self._replace(position, replace(entry, stage=stage))

    def added(self, name: str, values: Mapping[str, object] | None = None) -> Recipe:
        """The stage `name` where llama.cpp's order wants it; `values` it does not get are usual."""
        return self._insert(stage_from_values(name, values or {}))

    def with_sampler(self, file: str, used: bool) -> Recipe:
        """The same with the sampler of this file in use, or out of it."""
        labels = [entry.stage.label for entry in self.entries]
        if User(file).label in labels:
            return self.switched(labels.index(User(file).label), used)
        return self.added(User.name, {"file": file}) if used else self

    def removed(self, position: int) -> Recipe:
        """Without the entry at `position`."""
        return Recipe(self.entries[:position] + self.entries[position + 1 :])

    def ordered(self, order: str) -> Recipe:
        """The entries in the order of this name; what chooses the token comes last.

        Raises InputError if there is no such order.
        """
        if order not in ORDERS:
            raise InputError(f'There is no order "{order}": choose {" or ".join(ORDERS)}.')
        return Recipe(tuple(sorted(self.entries, key=lambda e: _rank(e.stage, order))))

    def _is_on(self, name: str) -> bool:
        return any(e.on and e.stage.name == name for e in self.entries)

    def _find_temperature(self) -> int | None:
        """The entry whose temperature counts: of two the one that is on, the plain one first."""
        wanted = (Temperature.name, DynamicTemperature.name)
        found = [i for i, e in enumerate(self.entries) if e.stage.name in wanted]
        rank = {
            i: (not self.entries[i].on, wanted.index(self.entries[i].stage.name)) for i in found
        }
        return min(found, key=rank.__getitem__, default=None)

    def _replace(self, position: int, entry: Entry) -> Recipe:
        return Recipe((*self.entries[:position], entry, *self.entries[position + 1 :]))

    def _set(self, position: int, values: Mapping[str, object]) -> Recipe:
        """The entry at `position` on with these parameters, and ahead of a choice."""
        target = min(position, self._find_choice())
        return self.changed(position, values).moved(position, target).switched(target, True)

    def _find_choice(self) -> int:
        """The first entry that chooses the token; the number of entries where none does."""
        chooses = (i for i, e in enumerate(self.entries) if e.on and e.stage.name in _CHOOSING)
        return next(chooses, len(self.entries))

    def _insert(self, stage: Stage) -> Recipe:
        """With `stage` after the last entry that the order puts before it, ahead of a choice.

        The order is the one that the stages stand in, llama.cpp's where they stand in none.
        """
        order = self.order or DEFAULT_ORDER
        rank = _rank(stage, order)
        earlier = [i for i, e in enumerate(self.entries) if _rank(e.stage, order) <= rank]
        place = earlier[-1] + 1 if earlier else 0
        if stage.name not in _CHOOSING:
            place = min(place, self._find_choice())
        return Recipe((*self.entries[:place], Entry(stage), *self.entries[place:]))


def labels(chain: Chain) -> Mapping[str, str]:
    """By the label of each stage: its name and value, as short as a card of the panel."""
    return {stage.label: _describe(stage) for stage in chain.stages}


def _describe(stage: Stage) -> str:
    match stage:
        case Temperature():
            return f"T {stage.temperature:.2f}"
        case DynamicTemperature():
            return f"T {stage.temperature:.2f} ± {stage.delta:.2f}"
        case TopP() | MinP() | Typical():
            return f"{stage.name} {stage.p:.2f}"
        case TopNSigma():
            return f"{stage.name} {stage.n:.2f}"
        case Xtc():
            return f"{stage.name} {stage.probability:.2f}"
        case MirostatV2():
            return f"{stage.name} {stage.tau:.1f}"
        case Dry():
            return f"{stage.name} {stage.multiplier:.2f}"
        case Penalties():
            return f"{stage.name} {stage.repeat:.2f}"
        case LogitBias():
            return f"{stage.name} × {len(stage.biases)}"
    return format_stage(stage)


def _rank(stage: Stage, order: str) -> int:
    return (*ORDERS[order], *_CHOOSING).index(stage.name)


def _working(chain: Chain) -> Chain:
    """`chain` without what changes nothing, as no temperature does before greedy."""
    greedy = Greedy() in chain.stages
    return Chain(
        stage
        for stage in chain.stages
        if stage not in _UNCHANGING and not (greedy and isinstance(stage, Temperature))
    )
