"""A process that decodes with libllama and does nothing else: what the engine is measured against.

`python bare_loop.py MODEL CONTEXT THREADS`; for each line "PROMPT_TOKENS STEPS" on stdin it reads a
prompt, decodes that many single tokens, and prints the seconds that the steps took.
"""

import ctypes
import sys
import time
from typing import Any

import llama_cpp.llama_cpp as L  # noqa: N812


@L.llama_log_callback  # type: ignore[untyped-decorator]
def _silence(_level: int, _text: bytes, _user_data: object) -> None:
    pass


def open_context(model_path: str, size: int, threads: int) -> Any:
    L.llama_log_set(_silence, None)
    L.llama_backend_init()
    model = L.llama_model_load_from_file(model_path.encode(), L.llama_model_default_params())
    parameters = L.llama_context_default_params()
    parameters.n_ctx = size
    parameters.n_threads = parameters.n_threads_batch = threads
    parameters.no_perf = True
    return L.llama_init_from_model(model, parameters)


def time_steps(context: Any, prompt_tokens: int, steps: int) -> float:
    """Return the seconds that `steps` single-token decodes took after a prompt."""
    L.llama_memory_clear(L.llama_get_memory(context), True)
    tokens = (ctypes.c_int32 * prompt_tokens)(*range(1000, 1000 + prompt_tokens))
    if L.llama_decode(context, L.llama_batch_get_one(tokens, prompt_tokens)) != 0:
        raise RuntimeError("llama_decode failed on the prompt")
    L.llama_synchronize(context)
    one = (ctypes.c_int32 * 1)(1000)
    batch = L.llama_batch_get_one(one, 1)
    start = time.perf_counter()
    for step in range(steps):
        one[0] = 2000 + step
        if L.llama_decode(context, batch) != 0:
            raise RuntimeError("llama_decode failed on a step")
        L.llama_synchronize(context)
    return time.perf_counter() - start


def main() -> None:
    context = open_context(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    print("ready", flush=True)
    for line in sys.stdin:
        prompt_tokens, steps = map(int, line.split())
        print(time_steps(context, prompt_tokens, steps), flush=True)


if __name__ == "__main__":
    main()
