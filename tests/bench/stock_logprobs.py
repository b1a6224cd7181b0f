"""Tokens a second of llama-cpp-python's own class with logprobs=10, which needs logits_all.

`python stock_logprobs.py MODEL THREADS TOKENS` prints the figure of the second of two runs.
"""

import sys
import time

from llama_cpp import Llama

PROMPT = "The lighthouse keeper wound the clock every evening at six, because the lamp did. "


def main() -> None:
    path, threads, tokens = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    llama = Llama(
        path,
        n_ctx=2048,
        n_threads=threads,
        n_threads_batch=threads,
        logits_all=True,
        verbose=False,
    )
    for _ in range(2):
        start = time.perf_counter()
        answer = llama.create_completion(PROMPT, max_tokens=tokens, logprobs=10, seed=7)
        seconds = time.perf_counter() - start
    print(answer["usage"]["completion_tokens"] / seconds)  # type: ignore[index]


if __name__ == "__main__":
    main()
