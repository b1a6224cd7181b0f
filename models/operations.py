"""What a user can do with a model: one function an operation, for window and command."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from models import instructions, library, memory_plan
from models.adapter_file import Adapter, check_adapter
from models.catalogue import STARTER
from models.engine import protocol
from models.engine.backends import has_gpu_backend
from models.engine.blocking import BlockingEngine, Measured, Written
from models.errors import InputError, JobError
from models.folder import expand, find_folders
from models.gguf_file import GgufSummary, check_generates_text, summarize
from models.instruction_wordings import Language
from models.machine import choose_threads
from models.memory_plan import MemoryPlan
from models.sampling import MOST_SHOWN, Chain, User, stage_from_values, stage_values

DEFAULT_CONTEXT = 4096
CONTEXT_STEP = 256  # llama-context.cpp pads a context to a multiple of it
MOST_TOKENS = 1_000_000
MOST_BRANCHES = 8  # continuations that are decoded together
TEMPLATE_ROOM = 64  # tokens that a chat template may put around a prompt
MOST_THREADS = 512  # ggml.h: GGML_MAX_N_THREADS


@dataclass(frozen=True, slots=True)
class OpenedModel:
    """A model at work, and what was known of it before it was loaded."""

    loaded: protocol.Loaded
    summary: GgufSummary
    plan: MemoryPlan


def open_model(
    engine: BlockingEngine,
    *,
    model: str | None = None,
    context: int | None = None,
    threads: int | None = None,
    gpu_layers: int | None = None,
    branches: int = MOST_BRANCHES,
    adapters: Sequence[Adapter] = (),
    on_progress: Callable[[float], None] | None = None,
) -> OpenedModel:
    """Check a file and the adapters for it, plan their memory and load them.

    Left out, `model` (a path or a name of the library) is the starter, `context` is 4,096 tokens or
    what the model was trained for if that is less, and `gpu_layers` as many as fit.
    `on_progress` is told the part of the file that has been read, 0..1.

    Raises InputError with a remedy before any native code sees a file that it should not see.
    """
    _check_context(context)
    if threads is not None and not 1 <= threads <= MOST_THREADS:
        raise InputError(
            f"The engine cannot work with {threads} threads: give 1 to {MOST_THREADS}."
        )
    if gpu_layers is not None and gpu_layers < 0:
        raise InputError(f"{gpu_layers} layers cannot be on the GPU: give 0 or more.")
    path = library.find_model(STARTER.id if model is None else model)
    summary = summarize(path)
    check_generates_text(summary)
    size = choose_context(summary, context)
    plan = plan_load(
        engine,
        summary,
        context=size,
        gpu_layers=gpu_layers,
        sequences=branches + 1,
        adapter_bytes=sum(check_adapter(adapter.path, summary) for adapter in adapters),
    )
    memory_plan.require_memory(plan)
    loaded = engine.load(
        path,
        context=size,
        threads=threads or choose_threads(),
        gpu_layers=plan.gpu_layers,
        branches=branches,
        block=choose_block(plan.gpu_layers),
        adapters=[protocol.Adapter(str(adapter.path), adapter.scale) for adapter in adapters],
        on_progress=on_progress,
    )
    return OpenedModel(loaded, summary, plan)


def plan_load(
    engine: BlockingEngine,
    summary: GgufSummary,
    *,
    context: int,
    gpu_layers: int | None,
    sequences: int,
    adapter_bytes: int = 0,
) -> MemoryPlan:
    """Plan the memory on this machine; with `gpu_layers` None, as many layers as the GPUs hold."""
    return _plan(
        summary,
        engine.find_devices() if gpu_layers != 0 else [],
        context=context,
        gpu_layers=gpu_layers,
        sequences=sequences,
        adapter_bytes=adapter_bytes,
    )


def find_devices() -> list[protocol.Device]:
    """Return the GPUs that a model could be loaded on, asked of a process of its own."""
    if not has_gpu_backend():
        return []
    with BlockingEngine() as engine:
        return engine.find_devices()


def plan_on_machine(
    summary: GgufSummary, devices: Sequence[protocol.Device], context: int | None = None
) -> MemoryPlan:
    """Plan the memory as `open_model` does with the GPUs `devices`, for a model that is only
    looked at.
    """
    return _plan(
        summary,
        devices,
        context=choose_context(summary, context),
        gpu_layers=None,
        sequences=MOST_BRANCHES + 1,
    )


def _plan(
    summary: GgufSummary,
    devices: Sequence[protocol.Device],
    *,
    context: int,
    gpu_layers: int | None,
    sequences: int,
    adapter_bytes: int = 0,
) -> MemoryPlan:
    gpus = list(devices)
    gpus = [gpu for gpu in gpus if not gpu.shares_memory] or gpus  # llama.cpp prefers these too
    free_bytes = sum(gpu.free_bytes for gpu in gpus)
    if gpu_layers is None:
        gpu_layers = (
            memory_plan.choose_gpu_layers(
                summary,
                context=context,
                sequences=sequences,
                batch=choose_block(1),
                gpu_available_bytes=free_bytes,
            )
            if gpus
            else 0
        )
    elif gpu_layers and not gpus:
        raise InputError(
            "This build of Inkglass uses no GPU: leave --gpu-layers out, "
            "or build it for one as the README says."
        )
    return memory_plan.plan_memory(
        summary,
        context=context,
        sequences=sequences,
        gpu_layers=gpu_layers,
        batch=choose_block(gpu_layers),
        adapter_bytes=adapter_bytes,
        gpu_available_bytes=free_bytes if gpus else None,
        shared_memory=bool(gpus) and all(gpu.shares_memory for gpu in gpus),
    )


def _check_context(wanted: int | None) -> None:
    if wanted is not None and wanted < CONTEXT_STEP:
        raise InputError(f"A context of {wanted} tokens is too small: give {CONTEXT_STEP} or more.")


def choose_context(summary: GgufSummary, wanted: int | None) -> int:
    """Return the context in tokens: what is wanted, else 4,096 or the model's own if that is less.

    llama.cpp works in steps of 256 and rounds up; so does this, for the plan to be true.
    Raises InputError when it is less than one step, or more than the model was trained for.
    """
    trained = summary.context_length or DEFAULT_CONTEXT
    if wanted is None:
        return min(DEFAULT_CONTEXT, trained)
    _check_context(wanted)
    if wanted > trained:
        raise InputError(
            f"A context of {wanted:,} tokens is more than {summary.path.stem} was trained for: "
            f"choose at most {trained:,}."
        )
    return -(-wanted // CONTEXT_STEP) * CONTEXT_STEP


def choose_block(gpu_layers: int) -> int:
    """Return how many tokens of a prompt are read at once.

    Small on a processor, so that the wait before a continuation is at most one block; large on a
    GPU, which needs many rows to be fast.
    """
    return 256 if gpu_layers else 32


def check_writing(
    *, chain: Chain, seed: int, tokens: int, stop: tuple[str, ...] = (), candidates: int = 0
) -> None:
    """Raise InputError for what could not be written, before a model is loaded for it."""
    if not 1 <= tokens <= MOST_TOKENS:
        raise InputError(f"{tokens} tokens cannot be written: give --tokens 1 to {MOST_TOKENS}.")
    if not 0 <= candidates <= MOST_SHOWN:
        raise InputError(f"{candidates} candidates cannot be shown: choose 0 to {MOST_SHOWN}.")
    if "" in stop:
        raise InputError("A stop text is empty: give the text to stop at, or leave --stop out.")
    if not 0 <= seed < 1 << 64:
        raise InputError(f"{seed} is not a seed: give a whole number from 0 to 2^64 - 1.")
    for stage in chain.stages:
        if isinstance(stage, User) and not (open_samplers_folder() / stage.file).is_file():
            raise InputError(
                f"There is no sampler {stage.file} in {find_folders().samplers}: "
                "put it there, or take it out of the chain."
            )


def write(
    engine: BlockingEngine,
    prompt: str,
    *,
    chain: Chain,
    seed: int,
    tokens: int,
    after: str = "",
    forced: Sequence[int] = (),
    special: bool = True,
    chat: bool = False,
    trim: bool = False,
    stop: tuple[str, ...] = (),
    candidates: int = 0,
    keep_logits: bool = False,
) -> Iterator[Written]:
    """Continue a text; the events are those of `BlockingEngine.generate`.

    `after` is the text that follows the place where is written. The model is told of it in its own
    way (`Loaded.middle`): by tokens, as the instruction `join`, or not at all. `forced` tokens are
    taken before any is drawn.
    """
    middle = engine.loaded.middle if engine.loaded is not None and after.strip() else "none"
    if middle == "instruction" and prompt.strip() and not chat:
        asked = instructions.find_instruction("join").build("", prompt, after, chat=True)
        prompt, chat, stop = asked.text, asked.chat, (*stop, *asked.stop)
    check_writing(chain=chain, seed=seed, tokens=tokens, stop=stop, candidates=candidates)
    return engine.generate(
        prompt,
        [protocol.Branch(describe_chain(chain), seed, list(forced))],
        tokens=tokens,
        after=after if middle == "tokens" and not chat else "",
        special=special,
        chat=chat,
        trim=trim,
        stop=stop,
        candidates=candidates,
        samplers=find_folders().samplers,
        keep_logits=keep_logits,
    )


def instruct(
    engine: BlockingEngine,
    instruction_id: str,
    text: str,
    *,
    chain: Chain,
    seed: int,
    before: str = "",
    after: str = "",
    language: Language | None = None,
    candidates: int = 0,
    keep_logits: bool = False,
) -> Iterator[Written]:
    """Ask something of a selection, as `models.instructions` words it; the events are `write`'s.

    What the steps say is an answer, and `Instruction.clean` makes a text of it. `join` takes no
    text but `before` and `after`. Raises InputError where no model is loaded.
    """
    if engine.loaded is None:
        raise InputError("No model is loaded: load one first.")
    asked = instructions.find_instruction(instruction_id).build(
        text, before, after, language, chat=engine.loaded.has_chat_template
    )
    return write(
        engine,
        asked.text,
        chain=chain,
        seed=seed,
        tokens=asked.tokens,
        chat=asked.chat,
        stop=asked.stop,
        candidates=candidates,
        keep_logits=keep_logits,
    )


def score(
    engine: BlockingEngine,
    text: str,
    *,
    chain: Chain | None = None,
    special: bool = True,
    first: int = 0,
    candidates: int = 10,
) -> Iterator[Measured]:
    """Tell how sure the model would have been of a text from character `first` on.

    The events are those of `BlockingEngine.score`; the steps have the stages of `chain`.
    """
    return engine.score(
        text,
        chain=describe_chain(chain) if chain is not None else [],
        special=special,
        first=first,
        candidates=candidates,
        samplers=find_folders().samplers,
    )


def describe_chain(chain: Chain) -> list[protocol.StageValues]:
    """Return a chain as the engine takes it."""
    return [protocol.StageValues(stage.name, stage_values(stage)) for stage in chain.stages]


def read_chain(stages: Iterable[protocol.StageValues]) -> Chain:
    """Return the chain that `describe_chain` described."""
    return Chain(stage_from_values(stage.name, stage.values) for stage in stages)


def open_samplers_folder() -> Path:
    """Return the folder of user-written samplers; the first time, put the two that ship into it.

    Raises JobError where the disk refuses it; then there is no folder, and the next time is first.
    """
    folder = find_folders().samplers
    if not folder.exists():
        made = False
        try:
            folder.mkdir(parents=True)
            made = True
            for example in resources.files("models.sampling.examples").iterdir():
                if example.name.endswith(".py"):
                    (folder / example.name).write_bytes(example.read_bytes())
        except OSError as error:
            if made:
                shutil.rmtree(folder, ignore_errors=True)
            raise JobError(
                f"The samplers folder {folder} could not be made ({error.strerror}): make room "
                "there, or check the rights."
            ) from None
    return folder


def find_sampler(name_or_path: str) -> str:
    """Return the file name of a sampler, given with or without `.py`, or as a path.

    Raises InputError for a path that lies outside of the samplers folder.
    """
    folder, path = find_folders().samplers, expand(name_or_path)
    if path.name != name_or_path and path.parent.resolve() != folder.resolve():
        raise InputError(
            f"{name_or_path} is not in the samplers folder: put it into {folder} and give its name."
        )
    return path.name if path.suffix == ".py" else f"{path.name}.py"


def count_together(
    engine: BlockingEngine, prompt: str, *, tokens: int, special: bool = True, chat: bool = False
) -> int:
    """Return how many continuations of a prompt the context has room for beside each other.

    1 to MOST_BRANCHES, each of `tokens`; a model has to be loaded. Raises InputError where there is
    room for none.
    """
    assert engine.loaded is not None
    context = engine.loaded.context
    count = len(engine.tokenize(prompt, special=special))
    room = context - count - (TEMPLATE_ROOM if chat else 0)
    if tokens > room:
        template = ", the chat template" if chat else ""
        raise InputError(
            f"The text has {count:,} tokens, and the context of {context:,} has no room for it"
            f"{template} and {tokens:,} more: shorten it, or load the model with a larger context."
        )
    return min(MOST_BRANCHES, room // tokens)
