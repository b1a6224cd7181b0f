"""The one room that imports llama_cpp: libllama's model, vocabulary and context, leak-free.

Only the low-level functions are used, never the package's `Llama` class: that one copies every
logit. Handles are freed by `close()`, once, in the order that libllama needs.
"""

from __future__ import annotations

import ctypes
import importlib.util
import sys
import types
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.errors import Cancelled, InputError, JobError


def _import_bindings() -> Any:
    """Import llama_cpp's ctypes module without the package's own start-up code.

    The package's `__init__` imports its high-level class and what that one needs, which takes four
    fifths of the time. The bare parent goes again, so that others can import the package whole.
    """
    if "llama_cpp" in sys.modules:
        return importlib.import_module("llama_cpp.llama_cpp")
    found = importlib.util.find_spec("llama_cpp")
    if found is None or found.submodule_search_locations is None:
        raise JobError("llama-cpp-python is not installed: run `make run` to set it up.")
    parent = types.ModuleType("llama_cpp")
    parent.__path__ = list(found.submodule_search_locations)
    sys.modules["llama_cpp"] = parent
    try:
        return importlib.import_module("llama_cpp.llama_cpp")
    finally:
        del sys.modules["llama_cpp"]


L = _import_bindings()

TOKEN_TYPES = {
    0: "undefined",
    1: "unknown",
    2: "unused",
    4: "normal",
    8: "control",
    16: "user-defined",
    32: "byte",
}

CONTEXT_STEP = 256  # libllama's own, but it cuts the batch to the size before it rounds that up
MOST_PIECE = 512  # bytes of a token, nearly always
LOG_DEBUG, LOG_WARN, LOG_ERROR = 1, 3, 4  # ggml.h: ggml_log_level

_complaints: deque[tuple[int, str]] = deque(maxlen=50)  # level, line


@L.llama_log_callback  # type: ignore[untyped-decorator]
def _log(level: int, text: bytes, _user_data: object) -> None:
    if level == LOG_DEBUG:
        return  # a thousand lines a load
    line = text.decode("utf-8", "replace")
    sys.stderr.write(line)
    if level in (LOG_WARN, LOG_ERROR):
        _complaints.append((level, line.strip()))


def start_backend(on_abort: Callable[[str], None]) -> None:
    """Start libllama: its log goes to stderr, a failed assertion's text to `on_abort`."""
    global _abort_callback
    L.llama_log_set(_log, None)
    base = L._lib  # libllama links libggml-base: its symbols resolve through the same handle

    def tell(text: bytes | None) -> None:
        words = (text or b"").decode("utf-8", "replace").strip()
        sys.stderr.write(f"{words}\n")  # ggml prints it only where nobody asked to be told
        on_abort(words)

    _abort_callback = ctypes.CFUNCTYPE(None, ctypes.c_char_p)(tell)
    base.ggml_set_abort_callback.restype = ctypes.c_void_p
    base.ggml_set_abort_callback(_abort_callback)
    L.llama_backend_init()


_abort_callback: Any = None  # ggml keeps the pointer: the object must live as long as the process


def system_info() -> str:
    """Return the processor features that this build of libllama uses."""
    return str(L.llama_print_system_info().decode())


class Stop:
    """A flag that stops native work, from any thread, without running Python in the native loop.

    ggml asks an abort callback before each node of a graph. A Python callback there would cost a
    millisecond a token, so the callback is the C library's `strlen` on a buffer of ours: an empty
    string is 0, go on; one character is 1, stop.
    """

    def __init__(self) -> None:
        self._text = ctypes.create_string_buffer(2)
        runtime = ctypes.CDLL("ucrtbase" if sys.platform == "win32" else None)
        self.callback = ctypes.cast(runtime.strlen, L.ggml_abort_callback)
        self.argument = ctypes.cast(self._text, ctypes.c_void_p)

    def set(self) -> None:
        self._text[0] = b"x"

    def clear(self) -> None:
        self._text[0] = b"\0"

    def is_set(self) -> bool:
        return self._text[0] != b"\0"


class Model:
    """A model loaded by libllama, and its vocabulary."""

    def __init__(
        self,
        path: Path,
        *,
        gpu_layers: int = 0,
        progress: Callable[[float], bool] | None = None,
    ) -> None:
        """Load `path`. `progress(part)` gets 0..1 and returns whether to go on.

        Raises Cancelled when `progress` stopped it, InputError when libllama refuses the file.
        """
        parameters = L.llama_model_default_params()
        parameters.n_gpu_layers = gpu_layers
        stopped = False

        def report(part: float, _user_data: object) -> bool:
            nonlocal stopped
            stopped = progress is not None and not progress(part)
            return not stopped

        parameters.progress_callback = L.llama_progress_callback(report)
        _complaints.clear()
        self._model = L.llama_model_load_from_file(str(path).encode(), parameters)
        if not self._model:
            if stopped:
                raise Cancelled
            raise InputError(
                f"llama.cpp cannot load {path.name} ({_first_complaint()}): get the file again, or "
                f"choose a model that llama-cpp-python {_binding_version()} knows."
            )
        self._vocab = L.llama_model_get_vocab(self._model)
        self.size_bytes = int(L.llama_model_size(self._model))
        self.parameters = int(L.llama_model_n_params(self._model))
        self.trained_context = int(L.llama_model_n_ctx_train(self._model))
        self.layers = int(L.llama_model_n_layer(self._model))
        self.n_vocab = int(L.llama_vocab_n_tokens(self._vocab))
        self.adds_bos = bool(L.llama_vocab_get_add_bos(self._vocab))
        self.adds_eos = bool(L.llama_vocab_get_add_eos(self._vocab))
        self.bos = int(L.llama_vocab_bos(self._vocab))
        self.eos = int(L.llama_vocab_eos(self._vocab))
        marks = (L.llama_vocab_fim_pre, L.llama_vocab_fim_suf, L.llama_vocab_fim_mid)
        prefix, suffix, middle = (int(mark(self._vocab)) for mark in marks)
        found = min(prefix, suffix, middle) >= 0
        self.middle_marks = (prefix, suffix, middle) if found else None
        template = L.llama_model_chat_template(self._model, None)
        self.chat_template: str | None = template.decode("utf-8", "replace") if template else None
        self.pieces = Pieces(self._vocab, self.n_vocab)
        self._adapters: list[tuple[Any, float]] = []

    def add_adapter(self, path: Path, scale: float) -> None:
        """Load a LoRA adapter: contexts that are opened from now on use it; freed with the model.

        Raises InputError when libllama refuses the file, which `models.adapter_file` should have.
        """
        _complaints.clear()
        adapter = L.llama_adapter_lora_init(self._model, str(path).encode())
        if not adapter:
            raise InputError(
                f"llama.cpp cannot load the adapter {path.name} ({_first_complaint()}): choose one "
                "that was made for this model."
            )
        self._adapters.append((adapter, scale))

    def close(self) -> None:
        """Free the model; its contexts must be closed before."""
        if self._model:
            L.llama_model_free(self._model)
            self._model = None

    def tokenize(self, text: str, *, special: bool = False, markup: bool = False) -> list[int]:
        """Return the token ids of `text`.

        `special` adds what the vocabulary asks for around a text (BOS and the like); `markup` reads
        the names of special tokens inside of the text as those tokens, as a chat template needs.
        """
        data = text.encode("utf-8", "surrogateescape")
        room = len(data) + 8
        for _ in range(2):
            buffer = (ctypes.c_int32 * room)()
            count = L.llama_tokenize(self._vocab, data, len(data), buffer, room, special, markup)
            if count >= 0:
                return list(buffer[:count])
            room = -count
        raise JobError("The tokenizer of this model gave no answer: try another model.")

    def tokenize_open(self, text: str, *, special: bool, markup: bool = False) -> list[int]:
        """Return the token ids of a text that goes on: like `tokenize`, without the EOS after it.

        Some vocabularies ask for it; what the text itself ends with stays.
        """
        tokens = self.tokenize(text, special=special, markup=markup)
        ends = special and self.adds_eos and tokens[-1:] == [self.eos]
        return tokens[:-1] if ends else tokens

    def token_type(self, token: int) -> str:
        """Return the kind of a token: normal, control, byte, user-defined, unknown or unused."""
        attributes = int(L.llama_vocab_get_attr(self._vocab, token))
        kinds = (name for bit, name in TOKEN_TYPES.items() if bit and attributes & bit)
        return next(kinds, "undefined")

    def piece_text(self, token: int) -> str:
        """Return a special token's name, such as "<s>"; empty where the vocabulary has none."""
        return self.pieces[token].decode("utf-8", "replace") if token >= 0 else ""

    def is_control(self, token: int) -> bool:
        return bool(L.llama_vocab_is_control(self._vocab, token))

    def ends_generation(self, token: int) -> bool:
        return bool(L.llama_vocab_is_eog(self._vocab, token))


class Pieces(Sequence[bytes]):
    """The bytes of every token of a vocabulary, read from libllama when first asked for."""

    def __init__(self, vocab: Any, n_vocab: int) -> None:
        self._vocab = vocab
        self._known: list[bytes | None] = [None] * n_vocab

    def __len__(self) -> int:
        return len(self._known)

    def __getitem__(self, token: Any) -> Any:
        if isinstance(token, slice):
            return [self[i] for i in range(*token.indices(len(self)))]
        piece = self._known[token]
        if piece is None:
            buffer = ctypes.create_string_buffer(MOST_PIECE)  # not shared: two threads may ask
            size = L.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, True)
            if size < 0:
                buffer = ctypes.create_string_buffer(-size)
                size = L.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, True)
            piece = self._known[token] = buffer.raw[:size]
        return piece


class Context:
    """A KV cache with its sequences, and the logits of the last batch."""

    def __init__(
        self,
        model: Model,
        *,
        size: int,
        sequences: int,
        batch: int,
        threads: int,
        stop: Stop,
        observer: Any = None,
    ) -> None:
        """Allocate a cache of `size` tokens that `sequences` sequences share.

        `observer` is ggml's callback for operations. Raises JobError if libllama cannot allocate.
        """
        parameters = L.llama_context_default_params()
        parameters.n_ctx = -(-size // CONTEXT_STEP) * CONTEXT_STEP
        parameters.n_batch = parameters.n_ubatch = batch
        parameters.n_seq_max = sequences
        parameters.n_threads = parameters.n_threads_batch = threads
        parameters.kv_unified = True  # sequences share the cells of a common prompt
        parameters.no_perf = True
        parameters.abort_callback = stop.callback
        parameters.abort_callback_data = stop.argument
        parameters.cb_eval = observer or parameters.cb_eval
        _complaints.clear()
        self._context = L.llama_init_from_model(model._model, parameters)
        if not self._context:
            raise JobError(
                f"llama.cpp cannot open a context of {size:,} tokens ({_first_complaint()}): "
                "choose a smaller --context."
            )
        if model._adapters:
            handles, scales = zip(*model._adapters, strict=True)
            count = len(handles)
            L.llama_set_adapters_lora(
                self._context,
                (L.llama_adapter_lora_p_ctypes * count)(*handles),
                count,
                (ctypes.c_float * count)(*scales),
            )
        self._stop = stop
        self._memory = L.llama_get_memory(self._context)
        self.size = int(L.llama_n_ctx(self._context))
        self.n_vocab = model.n_vocab
        self._batch = L.llama_batch_init(batch, 0, 1)
        for row in range(batch):
            self._batch.n_seq_id[row] = 1
        # each access of a field makes a new object: take the arrays out once
        self._tokens, self._positions = self._batch.token, self._batch.pos
        self._sequences, self._wants_logits = self._batch.seq_id, self._batch.logits
        self._address_of_logits = ctypes.CFUNCTYPE(
            ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int32
        )(("llama_get_logits_ith", L._lib))
        self._views: dict[int, npt.NDArray[np.float32]] = {}

    def close(self) -> None:
        if self._context:
            L.llama_batch_free(self._batch)
            L.llama_free(self._context)
            self._context = None

    def decode(self, tokens: Sequence[int], position: int, sequence: int, *, logits: int) -> None:
        """Evaluate `tokens` of one sequence from `position` on; keep the last `logits` rows.

        Raises Cancelled when the stop flag was set meanwhile: the cache then holds part of them.
        """
        first = len(tokens) - logits
        for i, token in enumerate(tokens):
            self._set_row(i, token, position + i, sequence, logits=i >= first)
        self._run(len(tokens))

    def decode_step(self, rows: Sequence[tuple[int, int, int]]) -> None:
        """Evaluate a token each of several sequences: (token, position, sequence), with logits."""
        for i, (token, position, sequence) in enumerate(rows):
            self._set_row(i, token, position, sequence, logits=True)
        self._run(len(rows))

    def _set_row(self, row: int, token: int, position: int, sequence: int, *, logits: bool) -> None:
        self._tokens[row] = token
        self._positions[row] = position
        self._sequences[row][0] = sequence
        self._wants_logits[row] = logits

    def _run(self, rows: int) -> None:
        self._batch.n_tokens = rows
        code = L.llama_decode(self._context, self._batch)
        if code == 2 or (code != 0 and self._stop.is_set()):
            raise Cancelled
        if code == 1:
            raise JobError("The context is full: choose a larger --context or a shorter text.")
        if code != 0:
            raise JobError(f"llama.cpp failed to evaluate the text (code {code}): see the log.")

    def logits(self, row: int) -> npt.NDArray[np.float32]:
        """Return float32[n_vocab], a read-only view of libllama's own memory; -1 is the last row.

        It is valid until the next decode.
        """
        address = self._address_of_logits(self._context, row)
        if address is None:
            raise JobError("llama.cpp kept no logits for this position: see the log.")
        view = self._views.get(address)
        if view is None:
            memory = (ctypes.c_float * self.n_vocab).from_address(address)
            view = np.ctypeslib.as_array(memory)
            view.flags.writeable = False
            self._views[address] = view
        return view

    def remove(self, sequence: int, start: int = 0) -> bool:
        """Forget a sequence from `start` on; False when this model can only forget it whole."""
        return bool(L.llama_memory_seq_rm(self._memory, sequence, start, -1))

    def share(self, source: int, target: int) -> None:
        """Let sequence `target` start as a copy of `source`; the cells are shared, not copied."""
        L.llama_memory_seq_cp(self._memory, source, target, -1, -1)


def _first_complaint() -> str:
    """Return the first error of libllama's log, else its first warning, without its function."""
    line = max(_complaints, key=lambda complaint: complaint[0], default=(0, "it gave no reason"))[1]
    return line.split(": ", 1)[-1].rstrip(".")


def _binding_version() -> str:
    from importlib.metadata import version

    return version("llama-cpp-python")
