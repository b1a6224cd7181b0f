"""What every architecture says: its metadata, and which tensors of a checkpoint become which."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import NamedTuple

from converters.architectures.tensor_edits import keep
from converters.checkpoint import Checkpoint
from converters.json_file import Settings, shorten
from converters.key_list import KeyList
from converters.safetensors import VALUE_BYTES, StoredTensor
from converters.source import SourceTensor
from converters.vocabulary_tokens import MAX_TOKENS
from models.errors import InputError

MAX_LAYERS = 1024
Edit = Callable[[str, StoredTensor], SourceTensor]


class Expected(NamedTuple):
    """A tensor that a checkpoint must have: its GGUF name, its shape there, how it is edited."""

    name: str
    shape: tuple[int, ...]
    edit: Edit = keep


class Architecture(ABC):
    """One model's hyper-parameters, read and checked. Every method raises InputError.

    A subclass names its GGUF architecture, and in `defaults` the values that transformers takes
    where config.json is silent.
    """

    gguf_name: str
    defaults: Mapping[str, object]

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.checkpoint = checkpoint
        self.config = Settings({**self.defaults, **checkpoint.config.values}, "config.json")
        self.layers = self.config.count("num_hidden_layers", "n_layer")
        self.heads = self.config.count("num_attention_heads", "n_head")
        self.width = self.config.count("hidden_size", "n_embd")
        self.vocabulary_size = self.config.count("vocab_size")
        if self.layers > MAX_LAYERS or self.vocabulary_size > MAX_TOKENS:
            raise InputError(
                f"config.json claims {self.layers:,} layers and {self.vocabulary_size:,} tokens, "
                f"and at most {MAX_LAYERS:,} and {MAX_TOKENS:,} can be converted: check this file."
            )

    @property
    def heads_kv(self) -> int:
        return self.heads

    @abstractmethod
    def put_parameters(self, keys: KeyList) -> None:
        """Put the hyper-parameters, and mark the place of general.file_type."""

    @abstractmethod
    def list_expected(self) -> dict[str, Expected]:
        """The tensors that the checkpoint must have, by its names."""

    def list_made(self) -> list[SourceTensor]:
        """Tensors that are in no checkpoint, only in GGUF."""
        return []

    def is_dropped(self, name: str) -> bool:
        """Whether the tensor `name` of a checkpoint is one that GGUF has no use for."""
        return name.endswith(".rotary_emb.inv_freq")

    def put_before_vocabulary(self, keys: KeyList) -> None:  # noqa: B027  # most put nothing
        """Put what llama.cpp's converter puts between the parameters and the vocabulary."""

    def put_after_vocabulary(self, keys: KeyList) -> None:  # noqa: B027  # most put nothing
        """Put what it puts after the vocabulary."""

    def check_value(self, name: str, *allowed: object) -> None:
        """Refuse a model that computes otherwise than llama.cpp does for this architecture."""
        value = self.config.values.get(name)
        if value not in allowed:
            raise InputError(
                f"config.json gives {name} = {shorten(value)}, which the GGUF architecture "
                f"{self.gguf_name} cannot express: this model cannot be converted."
            )

    def take_tensors(self) -> list[SourceTensor]:
        """Hold the tensors of the checkpoint against the expected ones, and edit them."""
        expected = self.list_expected()
        taken = self.list_made()
        for name, stored in self.checkpoint.tensors.items():
            if name in expected:
                taken.append(_take(expected.pop(name), stored))
            elif not self.is_dropped(name):
                raise InputError(
                    f"{stored.shard.name} holds the tensor {shorten(name)}, which "
                    f"{self.checkpoint.architecture} has no place for: it may be an adapter or "
                    "another kind of model, and cannot be converted."
                )
        if expected:
            raise InputError(
                f"The checkpoint lacks {len(expected):,} tensors, {next(iter(expected))} first: "
                "download the missing files."
            )
        return taken


def _take(wanted: Expected, stored: StoredTensor) -> SourceTensor:
    if stored.dtype not in (*VALUE_BYTES, "Q4_1"):  # what `converters.awq` makes
        raise InputError(
            f"{stored.shard.name} holds {stored.name} in the type {stored.dtype}, and F32, F16 "
            "and BF16 can be converted: get the model in one of these."
        )
    if stored.shape != wanted.shape:
        raise InputError(
            f"{stored.shard.name} holds {stored.name} in the shape {list(stored.shape)}, and by "
            f"config.json it is {list(wanted.shape)}: the files do not belong together."
        )
    return wanted.edit(wanted.name, stored)
