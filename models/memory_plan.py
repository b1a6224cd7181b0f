"""What a model will take of the memory, told before it is loaded.

All figures are for a context with one KV cache of F16 that all sequences share
(llama.cpp's `kv_unified`) and flash attention, which is what libllama chooses on a CPU.
"""

import bisect
import enum
from dataclasses import dataclass, replace

from models.catalogue import MISTRAL_7B
from models.errors import InputError
from models.gguf_file import GgufSummary
from models.machine import available_memory, total_memory
from models.size import format_size

CONTEXT_STEP = 256  # llama.cpp rounds a context up to this (`llama-context.cpp`)
SMALLEST_CONTEXT = 512  # no remedy proposes less
OVERHEAD_BYTES = 100_000_000  # Python, numpy, libllama, vocabulary: 69 MB with the starter
TIGHT_BYTES = 500_000_000  # less than this to spare, and the system may begin to swap
GPU_MARGIN_PERCENT = 5  # of a GPU's free memory, for the driver and for other programs' windows


class Verdict(enum.StrEnum):
    """Whether a model fits into the memory that is free."""

    FITS = "fits"
    TIGHT = "tight"
    DOES_NOT_FIT = "does not fit"


@dataclass(frozen=True, slots=True)
class MemoryPlan:
    """The memory that a model takes at one context length, against what is free, in bytes.

    The GPU's share is not part of the other figures; without offload it is 0. Where the GPU has no
    memory of its own (`shared_memory`), that share comes out of the main memory.
    """

    context: int  # tokens, rounded up as llama.cpp does
    weights_bytes: int
    kv_cache_bytes: int
    compute_bytes: int
    overhead_bytes: int
    available_bytes: int
    gpu_layers: int
    gpu_bytes: int
    gpu_available_bytes: int | None
    shared_memory: bool = False
    verdict: Verdict = Verdict.FITS
    sentence: str = ""

    @property
    def needed_bytes(self) -> int:
        """What the model takes of the main memory, which includes a shared GPU memory."""
        own = self.weights_bytes + self.kv_cache_bytes + self.compute_bytes + self.overhead_bytes
        return own + (self.gpu_bytes if self.shared_memory else 0)


def plan_memory(
    summary: GgufSummary,
    *,
    context: int,
    sequences: int,
    batch: int,
    gpu_layers: int = 0,
    adapter_bytes: int = 0,
    available_bytes: int | None = None,
    gpu_available_bytes: int | None = None,
    shared_memory: bool = False,
) -> MemoryPlan:
    """Plan the memory for `context` tokens in all, shared by `sequences`, read `batch` at a time.

    `gpu_layers` counts as llama.cpp does: the output layer first, then the last blocks. A free
    memory that is not given is asked of the system (main memory), or not checked (GPU). With
    `shared_memory` the GPU works in the main memory, so that both shares together have to fit.
    Adapters count to the main memory: how libllama divides them is not foreseen.
    """
    if context < 1:
        raise InputError(f"A context of {context} tokens holds nothing: give at least 1.")
    if available_bytes is None:
        available_bytes = available_memory()
    empty = MemoryPlan(
        context=_pad(context),
        weights_bytes=0,
        kv_cache_bytes=0,
        compute_bytes=0,
        overhead_bytes=OVERHEAD_BYTES + adapter_bytes,
        available_bytes=available_bytes,
        gpu_layers=min(gpu_layers, summary.block_count + 1),
        gpu_bytes=0,
        gpu_available_bytes=gpu_available_bytes,
        shared_memory=shared_memory,
    )
    plan = _fill(empty, summary, sequences, batch)
    spare = available_bytes - plan.needed_bytes
    if spare < 0:
        sentence = _propose(plan, summary, sequences, batch)
        return replace(plan, verdict=Verdict.DOES_NOT_FIT, sentence=sentence)
    if plan.gpu_layers and gpu_available_bytes is not None:
        gpu_spare = gpu_available_bytes - plan.gpu_bytes
        if gpu_spare < 0:
            fitting = choose_gpu_layers(
                summary,
                context=context,
                gpu_available_bytes=gpu_available_bytes,
                sequences=sequences,
                batch=batch,
            )
            sentence = (
                f"{plan.gpu_layers} layers of {summary.path.name} need "
                f"{format_size(plan.gpu_bytes)} of GPU memory, {format_size(gpu_available_bytes)} "
                f"are free: offload {fitting} layers."
            )
            return replace(plan, verdict=Verdict.DOES_NOT_FIT, sentence=sentence)
        spare = min(spare, gpu_spare)
    verdict = Verdict.TIGHT if spare < TIGHT_BYTES else Verdict.FITS
    return replace(plan, verdict=verdict, sentence=f"{verdict}, {format_size(spare)} to spare")


def choose_gpu_layers(
    summary: GgufSummary, *, context: int, gpu_available_bytes: int, sequences: int, batch: int
) -> int:
    """Return how many layers fit into 95 % of the GPU's free memory; block_count + 1 is all."""
    cells = _pad(context)
    usable = gpu_available_bytes * (100 - GPU_MARGIN_PERCENT) // 100
    room = usable - _compute_bytes(summary, cells, sequences, batch)
    for layers in range(summary.block_count + 1, 0, -1):
        if sum(_offloaded(summary, cells, layers)) <= room:
            return layers
    return 0


def require_memory(plan: MemoryPlan) -> None:
    """Raise InputError with the plan's sentence if the model does not fit."""
    if plan.verdict is Verdict.DOES_NOT_FIT:
        raise InputError(plan.sentence)


def _pad(context: int) -> int:
    return -(-context // CONTEXT_STEP) * CONTEXT_STEP


def _fill(plan: MemoryPlan, summary: GgufSummary, sequences: int, batch: int) -> MemoryPlan:
    """Return the plan with what its context and its layers on the GPU take."""
    compute = _compute_bytes(summary, plan.context, sequences, batch)
    gpu_weights, gpu_kv = _offloaded(summary, plan.context, plan.gpu_layers)
    weights = summary.weights_bytes - gpu_weights
    if plan.gpu_layers and not _has_output(summary):  # the GPU gets its own copy of the embedding
        weights += _embedding_bytes(summary)
    return replace(
        plan,
        weights_bytes=weights,
        kv_cache_bytes=_kv_bytes(summary, plan.context, 0) - gpu_kv,
        compute_bytes=compute,
        gpu_bytes=gpu_weights + gpu_kv + compute if plan.gpu_layers else 0,
    )


def _kv_bytes(summary: GgufSummary, cells: int, first_block: int) -> int:
    """Return the size of keys and values (F16) of the blocks from `first_block` on."""
    heads = sum(summary.head_counts_kv[first_block:])
    return cells * heads * (summary.key_length + summary.value_length) * 2


def _compute_bytes(summary: GgufSummary, cells: int, sequences: int, batch: int) -> int:
    """Return the size of the compute and output buffers that `llama_init_from_model` reserves.

    Fitted to what libllama logs for seven model shapes at contexts of 512 to 32,768: the larger of
    the output step (logits and two hidden states) and the feed-forward step (three of its own
    width, four hidden states, and the attention mask in F16). Exact but for how libllama's
    allocator packs them: up to 5 % more for the starter, 13 % for a tiny wide vocabulary.
    """
    batch = min(batch, cells)
    output_step = 4 * batch * (summary.vocabulary_size + 2 * summary.embedding_length)
    feed_forward_step = (
        4 * batch * (3 * summary.feed_forward_length + 4 * summary.embedding_length)
        + 2 * batch * cells
    )
    return max(output_step, feed_forward_step) + 4 * sequences * summary.vocabulary_size


def _offloaded(summary: GgufSummary, cells: int, gpu_layers: int) -> tuple[int, int]:
    """Return the bytes of weights and of KV cache that `gpu_layers` move to the GPU."""
    if gpu_layers < 1:
        return 0, 0
    first = summary.block_count + 1 - gpu_layers
    weights = 0 if _has_output(summary) else _embedding_bytes(summary)
    for tensor in summary.tensors:
        if tensor.name.startswith("output"):
            weights += tensor.size_bytes
        elif tensor.name.startswith("blk."):
            block = tensor.name.split(".")[1]
            weights += tensor.size_bytes if block.isdecimal() and int(block) >= first else 0
    return weights, _kv_bytes(summary, cells, first)


def _has_output(summary: GgufSummary) -> bool:
    return any(tensor.name == "output.weight" for tensor in summary.tensors)


def _embedding_bytes(summary: GgufSummary) -> int:
    return sum(t.size_bytes for t in summary.tensors if t.name == "token_embd.weight")


def _propose(plan: MemoryPlan, summary: GgufSummary, sequences: int, batch: int) -> str:
    """Say by how much the model does not fit, and what would."""
    available, cells = plan.available_bytes, plan.context

    def needed_by(steps: int) -> int:
        shorter = replace(plan, context=steps * CONTEXT_STEP)
        return _fill(shorter, summary, sequences, batch).needed_bytes

    steps = range(cells // CONTEXT_STEP)
    context = (bisect.bisect_right(steps, available, key=needed_by) - 1) * CONTEXT_STEP
    weights = summary.weights_bytes if plan.shared_memory else plan.weights_bytes
    remedies = []
    if summary.context_length:
        context = min(context, summary.context_length)
    if context >= SMALLEST_CONTEXT:
        remedies.append(f"choose a context of {context:,} tokens")
    elif level := _choose_level(summary, available - (plan.needed_bytes - weights)):
        remedies.append(f"choose the level {level}")
    if plan.needed_bytes <= total_memory():
        remedies.append("close other programs")
    return (
        f"{summary.path.name} with a context of {cells:,} tokens needs "
        f"{format_size(plan.needed_bytes)}, {format_size(available)} are free "
        f"({format_size(plan.needed_bytes - available)} too few): "
        f"{' or '.join(remedies) or 'choose a smaller model'}."
    )


def _choose_level(summary: GgufSummary, room_bytes: int) -> str | None:
    """Return the best level whose weights fit, by the bits a weight that Mistral-7B has at each."""
    fitting = [
        (size, level)
        for level, reference in MISTRAL_7B.sizes().items()
        if (size := summary.parameter_count * reference // MISTRAL_7B.parameter_count)
        <= min(room_bytes, summary.weights_bytes - 1)
    ]
    return max(fitting)[1] if fitting else None
