"""The engine's worker with one fault: a real assertion of ggml fails at the fifth step."""

import ctypes
from collections.abc import Sequence

from models.engine import llama, worker

decode_step = llama.Context.decode_step
steps = 0


def decode_step_and_fail(self: llama.Context, rows: Sequence[tuple[int, int, int]]) -> None:
    global steps
    steps += 1
    if steps == 5:
        no_such_device = ctypes.c_size_t(10**6)
        llama.L._lib.ggml_backend_dev_get(no_such_device)  # GGML_ASSERT(index < count)
    decode_step(self, rows)


llama.Context.decode_step = decode_step_and_fail  # type: ignore[method-assign]
worker.main()
