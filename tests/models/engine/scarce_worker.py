"""The engine's worker with one fault: memory runs out once, when the third step is described."""

from models.engine import protocol, trace, worker

describe = trace.Describer.describe
failures = iter([MemoryError()])


def describe_once_in_vain(self: trace.Describer, taken: trace.TakenStep) -> protocol.Step:
    if taken.number == 2 and (error := next(failures, None)) is not None:
        raise error
    return describe(self, taken)


trace.Describer.describe = describe_once_in_vain  # type: ignore[method-assign]
worker.main()
