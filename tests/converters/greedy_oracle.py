"""Greedy text from libllama directly, with none of our code.

`python greedy_oracle.py MODEL` reads from stdin {"prompts": [text], "tokens": N}, and writes for
each prompt {"prompt": [ids], "taken": [ids], "text": hexadecimal}.
"""

import ctypes
import json
import sys
from typing import Any

import llama_cpp
import numpy as np

L: Any = llama_cpp  # its annotations are of no use to ctypes structures
QUIET = L.llama_log_callback(lambda *_: None)


def main() -> None:
    L.llama_log_set(QUIET, None)
    asked = json.load(sys.stdin)
    L.llama_backend_init()
    model = L.llama_model_load_from_file(sys.argv[1].encode(), L.llama_model_default_params())
    answers = [continue_text(model, prompt, asked["tokens"]) for prompt in asked["prompts"]]
    json.dump(answers, sys.stdout)


def continue_text(model: Any, prompt: str, count: int) -> dict[str, Any]:
    """Take the most probable token `count` times, or until the vocabulary says that it ends."""
    vocab = L.llama_model_get_vocab(model)
    data = prompt.encode()
    buffer = (ctypes.c_int32 * (len(data) + 8))()
    size = L.llama_tokenize(vocab, data, len(data), buffer, len(buffer), True, False)
    ids = list(buffer[:size])
    parameters = L.llama_context_default_params()
    parameters.n_ctx = 512
    parameters.n_threads = parameters.n_threads_batch = 1
    context = L.llama_init_from_model(model, parameters)
    taken: list[int] = []
    feed = (ctypes.c_int32 * size)(*ids)
    while len(taken) < count:
        assert L.llama_decode(context, L.llama_batch_get_one(feed, len(feed))) == 0
        row = L.llama_get_logits_ith(context, -1)
        token = int(np.ctypeslib.as_array(row, (L.llama_vocab_n_tokens(vocab),)).argmax())
        if L.llama_vocab_is_eog(vocab, token):
            break
        taken.append(token)
        feed = (ctypes.c_int32 * 1)(token)
    L.llama_free(context)
    piece = ctypes.create_string_buffer(256)
    text = b""
    for token in taken:
        length = L.llama_token_to_piece(vocab, token, piece, len(piece), 0, False)
        text += piece.raw[:length]
    return {"prompt": ids, "taken": taken, "text": text.hex()}


if __name__ == "__main__":
    main()
