"""A continuation in one call, with everything that came of it."""

from dataclasses import dataclass, field
from typing import Any

from models.engine import protocol
from models.engine.blocking import BlockingEngine
from models.operations import describe_chain
from models.sampling import Chain, Settings, parse_chain

GREEDY = Settings(greedy=True).chain()
DRAWN = parse_chain("top-k 40 > top-p 0.95 > temperature 0.9")


@dataclass
class Continuation:
    """What one branch wrote."""

    steps: list[protocol.Step] = field(default_factory=list)
    outcome: protocol.Outcome | None = None

    @property
    def text(self) -> str:
        return "".join(step.text for step in self.steps)

    @property
    def tokens(self) -> list[int]:
        return [step.token for step in self.steps]

    @property
    def logprobs(self) -> list[float]:
        return [step.logprob for step in self.steps]

    @property
    def ended(self) -> protocol.Outcome:
        assert self.outcome is not None
        return self.outcome


@dataclass
class Generated:
    """What a generation gave: its branches, and the events around them.

    steps_before  for each trim, how many steps had come before it
    """

    branches: list[Continuation]
    readings: list[protocol.Reading] = field(default_factory=list)
    trims: list[protocol.Trimmed] = field(default_factory=list)
    steps_before: list[int] = field(default_factory=list)

    def add(self, event: object) -> None:
        """Sort one event in."""
        match event:
            case protocol.Stepped():
                self.branches[event.branch].steps.append(event.step)
            case protocol.Finished():
                assert self.branches[event.branch].outcome is None
                self.branches[event.branch].outcome = event.outcome
            case protocol.Reading():
                self.readings.append(event)
            case protocol.Trimmed():
                self.trims.append(event)
                self.steps_before.append(sum(len(branch.steps) for branch in self.branches))


def branch(chain: Chain = DRAWN, seed: int = 1, forced: list[int] | None = None) -> protocol.Branch:
    """A branch as the protocol takes it."""
    return protocol.Branch(describe_chain(chain), seed, forced or [])


def generate(
    engine: BlockingEngine,
    prompt: str | list[int],
    *branches: protocol.Branch,
    tokens: int = 16,
    **options: Any,
) -> Generated:
    """Continue `prompt` in each branch to its end."""
    branches = branches or (branch(),)
    generated = Generated([Continuation() for _ in branches])
    for event in engine.generate(prompt, list(branches), tokens=tokens, **options):
        generated.add(event)
    return generated


def write(
    engine: BlockingEngine,
    prompt: str | list[int],
    *,
    chain: Chain = DRAWN,
    seed: int = 1,
    forced: list[int] | None = None,
    **options: Any,
) -> Continuation:
    """Continue `prompt` in one branch."""
    return generate(engine, prompt, branch(chain, seed, forced), **options).branches[0]
