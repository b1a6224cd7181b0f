"""What a model file is, told from its header alone: the summary, and whether it generates text."""

import math
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from models.ggml_types import LEVELS, ValueType
from models.gguf_header import (
    AGAIN,
    Array,
    GgufHeader,
    GgufTensor,
    ModelFileError,
    Value,
    read_header,
)

MAX_BLOCK_COUNT = 512
MAX_COUNT = 2**31 - 1
MAX_HEADS = 4096
MAX_HEAD_LENGTH = 65_536  # heads times length stays within llama.cpp's 32-bit arithmetic

_EMBEDDING_ARCHITECTURES = frozenset({
    "bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2",
    "jina-bert-v3", "eurobert", "gemma-embedding", "llama-embed",
})  # fmt: skip
_DIFFUSION_ARCHITECTURES = frozenset({"dream", "llada", "llada-moe", "rnd1"})


@dataclass(frozen=True)
class GgufSummary:
    """What a model file is, read from its header. Counts are 0, names empty, where it says none."""

    path: Path
    general_type: str
    architecture: str
    name: str
    licence: str
    tensors: tuple[GgufTensor, ...]
    file_size_bytes: int
    level: str
    block_count: int
    context_length: int
    embedding_length: int
    feed_forward_length: int
    head_count: int
    head_counts_kv: tuple[int, ...]  # one a layer
    key_length: int
    value_length: int
    vocabulary_size: int
    vocabulary_kind: str
    has_chat_template: bool
    add_bos: bool | None
    bos_token_id: int | None
    eos_token_id: int | None
    pooling_type: int
    is_causal: bool
    vocabulary_place: range = range(0)  # of the file's bytes

    @cached_property
    def parameter_count(self) -> int:
        """The number of weights in all tensors."""
        return sum(math.prod(tensor.shape) for tensor in self.tensors)

    @cached_property
    def weights_bytes(self) -> int:
        """The size of all tensors."""
        return sum(tensor.size_bytes for tensor in self.tensors)

    @property
    def bits_per_weight(self) -> float:
        """The true average, whatever the file's name or level says."""
        return 8 * self.weights_bytes / self.parameter_count if self.parameter_count else 0.0


def summarize(path: str | os.PathLike[str]) -> GgufSummary:
    """Check the header of the GGUF file at `path`, and summarize it.

    Raises ModelFileError, and nothing else, for a file that is missing, unreadable, of another
    format, truncated or damaged.
    """
    return _Interpretation(read_header(path)).summarize()


def check_generates_text(summary: GgufSummary) -> None:
    """Raise ModelFileError, saying what the file is instead, unless it can continue a text."""
    name, architecture = summary.path.name, summary.architecture
    other = "choose a model that generates text, such as the starter"
    if summary.general_type == "adapter":
        raise ModelFileError(f"{name} is an adapter (LoRA), not a whole model: {other}.")
    if summary.general_type == "imatrix":
        raise ModelFileError(f"{name} is an importance matrix, not a model: {other}.")
    if summary.general_type == "mmproj" or architecture == "clip":
        raise ModelFileError(
            f"{name} is the image or audio projector of another model: open that model's main file."
        )
    if not architecture:
        raise ModelFileError(f"{name} names no model architecture: {other}.")
    if not summary.tensors:
        raise ModelFileError(f"{name} holds a vocabulary only, and no weights: {other}.")
    if architecture in _EMBEDDING_ARCHITECTURES or summary.pooling_type > 0:
        raise ModelFileError(
            f"{name} is an embedding model ({architecture}): it turns text into vectors and cannot "
            f"continue it; {other}."
        )
    if architecture in {"t5", "t5encoder"}:
        raise ModelFileError(f"{name} is an encoder ({architecture}), not a decoder: {other}.")
    if architecture == "wavtokenizer-dec":
        raise ModelFileError(f"{name} generates sound, not text: {other}.")
    if architecture in _DIFFUSION_ARCHITECTURES or not summary.is_causal:
        raise ModelFileError(
            f"{name} ({architecture}) does not write one token after another: {other}."
        )
    if not (summary.block_count and summary.embedding_length):
        raise ModelFileError(
            f"{name} is damaged: it gives no number of blocks or no embedding length; {AGAIN}."
        )
    if not summary.vocabulary_size:
        raise ModelFileError(f"{name} has no vocabulary, so it cannot read text: {other}.")


def read_vocabulary(summary: GgufSummary) -> bytes:
    """Return the texts of all tokens as they lie in the file: equal bytes, equal vocabularies.

    Raises ModelFileError where the file cannot be read any more.
    """
    place = summary.vocabulary_place
    try:
        with summary.path.open("rb") as file:
            file.seek(place.start)
            return file.read(len(place))
    except OSError as error:
        raise ModelFileError(
            f"{summary.path} cannot be read ({error.strerror}): give another file."
        ) from None


class _Interpretation:
    """Turns the metadata into a summary, with llama.cpp's defaults (`llama-model.cpp`)."""

    def __init__(self, header: GgufHeader) -> None:
        self.header = header
        self.path = header.path
        self.metadata = header.metadata

    def summarize(self) -> GgufSummary:
        self.refuse_split()
        self.check_epsilons()
        architecture = self.label("general.architecture")
        blocks = self.count(f"{architecture}.block_count", limit=MAX_BLOCK_COUNT)
        heads = self.counts(f"{architecture}.attention.head_count", blocks, MAX_HEADS)
        heads_kv = self.counts(f"{architecture}.attention.head_count_kv", blocks, MAX_HEADS)
        embedding = self.count(f"{architecture}.embedding_length")
        head_length = embedding // max(heads, default=1) if max(heads, default=0) else 0
        tokens = self.tokens()
        vocabulary = tokens.length
        return GgufSummary(
            path=self.path,
            general_type=self.label("general.type") or "model",
            architecture=architecture,
            name=self.label("general.name"),
            licence=self.label("general.license"),
            tensors=self.header.tensors,
            file_size_bytes=self.header.file_size_bytes,
            level=self.level(),
            block_count=blocks,
            context_length=self.count(f"{architecture}.context_length"),
            embedding_length=embedding,
            feed_forward_length=max(
                self.counts(f"{architecture}.feed_forward_length", blocks), default=0
            ),
            head_count=max(heads, default=0),
            head_counts_kv=heads_kv or heads,
            key_length=self.head_length(f"{architecture}.attention.key_length", head_length),
            value_length=self.head_length(f"{architecture}.attention.value_length", head_length),
            vocabulary_size=vocabulary,
            vocabulary_kind=self.label("tokenizer.ggml.model"),
            has_chat_template=bool(self.text("tokenizer.chat_template")),
            add_bos=self.flag("tokenizer.ggml.add_bos_token"),
            bos_token_id=self.token_id("tokenizer.ggml.bos_token_id", vocabulary),
            eos_token_id=self.token_id("tokenizer.ggml.eos_token_id", vocabulary),
            pooling_type=self.count(f"{architecture}.pooling_type"),
            is_causal=self.flag(f"{architecture}.attention.causal") is not False,
            vocabulary_place=tokens.place,
        )

    def damaged(self, key: str, fault: str) -> ModelFileError:
        return ModelFileError(f"{self.path.name} is damaged: {key} {fault}; {AGAIN}.")

    def text(self, key: str) -> str:
        value = self.metadata.get(key, "")
        if not isinstance(value, str):
            raise self.damaged(key, "is not a text")
        return value

    def label(self, key: str) -> str:
        """Return a text to be shown: on one line, and without what steers a terminal."""
        return "".join(c if c.isprintable() else " " for c in self.text(key))

    def flag(self, key: str) -> bool | None:
        value = self.metadata.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.damaged(key, "is neither true nor false")
        return value

    def count(self, key: str, limit: int = MAX_COUNT) -> int:
        return self.checked(key, self.metadata.get(key, 0), limit)

    def checked(self, key: str, value: Value, limit: int) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= limit:
            shown = value if isinstance(value, int | float) else "no number"
            raise self.damaged(key, f"is {shown}, not a whole number up to {limit:,}")
        return value

    def head_length(self, key: str, default: int) -> int:
        return self.count(key, MAX_HEAD_LENGTH) or default

    def counts(self, key: str, blocks: int, limit: int = MAX_COUNT) -> tuple[int, ...]:
        """Return one count a layer, from one number for all layers or an array of them."""
        value = self.metadata.get(key)
        if value is None:
            return ()
        if not isinstance(value, Array):
            return (self.checked(key, value, limit),) * blocks
        if len(value.values) < blocks:
            raise self.damaged(key, f"has {len(value.values)} values for {blocks} layers")
        return tuple(self.checked(key, item, limit) for item in value.values[:blocks])

    def token_id(self, key: str, vocabulary: int) -> int | None:
        # llama.cpp ignores an id outside of the vocabulary, and so do we
        return self.count(key) if key in self.metadata and self.count(key) < vocabulary else None

    def tokens(self) -> Array:
        tokens = self.metadata.get("tokenizer.ggml.tokens")
        if tokens is None:
            return Array(ValueType.STRING, 0)
        if not isinstance(tokens, Array) or tokens.type is not ValueType.STRING:
            raise self.damaged("tokenizer.ggml.tokens", "is not a list of texts")
        # the loader indexes these by token without asking for their length
        for key, item_type in (
            ("tokenizer.ggml.scores", ValueType.FLOAT32),
            ("tokenizer.ggml.token_type", ValueType.INT32),
        ):
            each = self.metadata.get(key)
            if each is not None and (
                not isinstance(each, Array)
                or each.type is not item_type
                or each.length != tokens.length
            ):
                raise self.damaged(key, f"does not give one value for each of {tokens.length:,}")
        return tokens

    def level(self) -> str:
        file_type = self.metadata.get("general.file_type")
        if isinstance(file_type, int) and file_type in LEVELS:
            return LEVELS[file_type]
        sizes: dict[str, int] = {}
        for tensor in self.header.tensors:
            sizes[tensor.type] = sizes.get(tensor.type, 0) + tensor.size_bytes
        return max(sizes, key=lambda name: sizes[name], default="")

    def check_epsilons(self) -> None:
        for key, value in self.metadata.items():
            # ggml ends the process at a negative one
            if key.endswith("epsilon") and not (isinstance(value, float) and 0 <= value < 1):
                raise self.damaged(key, f"is {value}, not a small positive number")

    def refuse_split(self) -> None:
        parts = self.count("split.count")
        if parts > 1:
            raise ModelFileError(
                f"{self.path.name} is part {self.count('split.no') + 1} of a model split into "
                f"{parts} files: join them with `llama-gguf-split --merge`, or get the model as "
                "one file."
            )
