"""Log-softmax in float64 over logits that come from libllama directly, with none of our code.

`python libllama_oracle.py MODEL` reads from stdin {"prompt": text, "taken": [ids]} and writes, for
each of two ways to feed them, {"logprob": [...], "rank": [...], "entropy": [...]} by step: `steps`,
the prompt in one batch, then one token a batch; `whole`, everything in one batch.
"""

import ctypes
import json
import sys
from typing import Any

import llama_cpp as L  # noqa: N812
import numpy as np
import numpy.typing as npt

QUIET = L.llama_log_callback(lambda *_: None)


def main() -> None:
    L.llama_log_set(QUIET, None)
    asked = json.load(sys.stdin)
    L.llama_backend_init()
    model = L.llama_model_load_from_file(sys.argv[1].encode(), L.llama_model_default_params())
    vocab = L.llama_model_get_vocab(model)
    data = asked["prompt"].encode()
    buffer = (ctypes.c_int32 * (len(data) + 8))()
    count = L.llama_tokenize(vocab, data, len(data), buffer, len(buffer), True, False)
    prompt = list(buffer[:count])
    taken: list[int] = asked["taken"]
    one_by_one = [prompt, *([token] for token in taken[:-1])]
    answer = {
        "steps": measure(model, vocab, one_by_one, taken),
        "whole": measure(model, vocab, [prompt + taken[:-1]], taken),
    }
    json.dump(answer, sys.stdout)


def measure(model: Any, vocab: Any, feeds: list[list[int]], taken: list[int]) -> dict[str, Any]:
    """Feed batch by batch to a fresh context; measure each token of `taken`."""
    parameters = L.llama_context_default_params()
    parameters.n_ctx = 512
    context = L.llama_init_from_model(model, parameters)
    rows: list[npt.NDArray[np.float64]] = []
    position = 0
    size = L.llama_vocab_n_tokens(vocab)
    for feed in feeds:
        batch = L.llama_batch_init(len(feed), 0, 1)
        batch.n_tokens = len(feed)
        for i, token in enumerate(feed):
            batch.token[i], batch.pos[i] = token, position + i
            batch.n_seq_id[i], batch.seq_id[i][0], batch.logits[i] = 1, 0, 1
        assert L.llama_decode(context, batch) == 0
        for i in range(len(feed)):
            logits = np.ctypeslib.as_array(L.llama_get_logits_ith(context, i), (size,))
            rows.append(logits.astype(np.float64))
        position += len(feed)
        L.llama_batch_free(batch)
    L.llama_free(context)
    found: dict[str, Any] = {"logprob": [], "rank": [], "entropy": []}
    for logits, token in zip(rows[-len(taken) :], taken, strict=True):
        shifted = logits - logits.max()
        logprobs = shifted - np.log(np.exp(shifted).sum())
        found["logprob"].append(float(logprobs[token]))
        found["rank"].append(int((logits > logits[token]).sum()))
        found["entropy"].append(float(-(np.exp(logprobs) * logprobs).sum()))
    return found


if __name__ == "__main__":
    main()
