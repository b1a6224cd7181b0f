"""The engine's worker with one fault: the probability of the third step is not a number."""

import math

import msgspec

from models.engine import protocol, trace, worker

describe = trace.Describer.describe


def describe_wrongly(self: trace.Describer, taken: trace.TakenStep) -> protocol.Step:
    step = describe(self, taken)
    return msgspec.structs.replace(step, probability=math.nan) if step.index == 2 else step


trace.Describer.describe = describe_wrongly  # type: ignore[method-assign]
worker.main()
