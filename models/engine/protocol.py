"""What the engine process is told and what it answers: typed messages, one JSON line each.

A message is a msgspec structure whose tag names it. Text is UTF-8, bytes are hexadecimal, sizes are
in bytes, durations in seconds, probabilities in 0..1, log-probabilities and entropies in nats.
"""

from __future__ import annotations

from typing import Any, Literal, Protocol

import msgspec

VERSION = 3  # both sides hold the same one, or the engine does not start


class StageValues(msgspec.Struct, frozen=True):
    """One stage of a sampler chain: its name and its parameters."""

    name: str
    values: dict[str, Any] = {}


# ---- commands: window or command line -> engine ------------------------------------------------


class Command(msgspec.Struct, frozen=True, tag_field="command", tag=str.lower):
    """What the engine is told. `job` is a number that its events carry back."""

    job: int


class Adapter(msgspec.Struct, frozen=True):
    """A LoRA adapter in GGUF, and how strongly it counts."""

    path: str
    scale: float


class Load(Command, frozen=True):
    """Load a model, with adapters for it; prompts are read `block` tokens at a time.

    The model that was loaded goes first, for there may not be room for both.
    """

    path: str
    context: int
    threads: int
    gpu_layers: int = 0
    branches: int = 8
    block: int = 32
    adapters: list[Adapter] = []


class Unload(Command, frozen=True):
    """Give back the memory of the model; there is none until the next is loaded."""


class FindDevices(Command, frozen=True):
    """Name the GPUs that this build of the engine can use."""


class Branch(msgspec.Struct, frozen=True):
    """One continuation of a prompt: its chain, its seed, and tokens to take before any is drawn."""

    chain: list[StageValues]
    seed: int
    forced: list[int] = []


class Generate(Command, frozen=True):
    """Continue a prompt in one or several branches, decoded together.

    `prompt` is text, or the token ids themselves. `special` adds BOS and the like as the vocabulary
    asks; `chat` sends the text as a message through the model's chat template. With `trim`, a
    prompt of one branch that is longer than the context loses its oldest part; without, it is
    refused. `after` is the text that follows the place where is written: the vocabulary's
    fill-in-the-middle tokens tell the model of it, and where it has none (`Loaded.middle`) this is
    refused.
    """

    prompt: str | list[int]
    branches: list[Branch]
    tokens: int
    after: str = ""
    special: bool = True
    chat: bool = False
    trim: bool = False
    stop: list[str] = []
    candidates: int = 20
    samplers: str = ""
    keep_logits: bool = False


class Decide(Command, frozen=True):
    """Decide a finished step again under another chain, from its stored logits: no model run."""

    generation: int
    index: int
    chain: list[StageValues]
    branch: int = 0
    seed: int | None = None
    candidates: int = 20
    samplers: str = ""


class Score(Command, frozen=True):
    """Tell of a text that is there how sure the model would have been of each of its tokens.

    `first` is the character from which on this is told; the text before it is only read. `chain`
    is what the stages of the steps are told for. A text longer than the context loses its oldest
    part.
    """

    text: str
    chain: list[StageValues] = []
    special: bool = True
    first: int = 0
    candidates: int = 10
    samplers: str = ""


class Tokenize(Command, frozen=True):
    """Cut a text into tokens, as `special` and the model's own rules say."""

    text: str
    special: bool = True


class Cancel(Command, frozen=True):
    """Stop a job: its own outcome follows, with what was done so far."""


# ---- events: engine -> window or command line ---------------------------------------------------


class Event(msgspec.Struct, frozen=True, tag_field="event", tag=str.lower):
    """What the engine answers. `job` is the number of the command."""

    job: int


class Device(msgspec.Struct, frozen=True):
    """A GPU and its memory, in bytes, which may be the main memory."""

    name: str
    description: str
    free_bytes: int
    total_bytes: int
    shares_memory: bool


class DevicesFound(Event, frozen=True):
    """The GPUs that can be used; none in a build for the processor alone."""

    devices: list[Device]


class Loading(Event, frozen=True):
    """A part of the model, 0..1, has been read."""

    part: float


Middle = Literal["tokens", "instruction", "none"]


class Loaded(Event, frozen=True):
    """The model is ready.

    `middle` is how it can be told of the text after the place where it writes: by tokens of its
    vocabulary, by an instruction to a chat model, or not at all.
    """

    model: str
    path: str
    parameters: int
    size_bytes: int
    layers: int
    gpu_layers: int
    vocabulary: int
    context: int
    trained_context: int
    threads: int
    adds_bos: bool
    has_chat_template: bool
    middle: Middle
    seconds: float
    system: str
    adapters: list[Adapter] = []


class Unloaded(Event, frozen=True):
    """No model is loaded any more."""


class Reading(Event, frozen=True):
    """A part of the prompt has been read: `done` of `total` tokens, `reused` from the cache."""

    done: int
    total: int
    reused: int


class Trimmed(Event, frozen=True):
    """The context was full: the model has forgotten the oldest `forgotten` tokens of the text."""

    forgotten: int
    kept: int


class Candidate(msgspec.Struct, frozen=True):
    """One token that was weighed.

    `text` is the text that it would complete, together with bytes of a character that earlier
    tokens began; it is empty while the character is not whole. `probability` is after the chain.
    """

    token: int
    text: str
    bytes: str
    logit: float
    logprob: float
    probability: float
    removed_by: str | None


class Stage(msgspec.Struct, frozen=True):
    """What a stage left: candidates, and the model's own probability of them together."""

    name: str
    survivors: int
    mass: float


class Step(msgspec.Struct, frozen=True, tag_field="event", tag="step"):
    """One token, and why it was chosen.

    `text` is what became whole with this token; `bytes` is the token itself. `logprob`, `rank` and
    `entropy` are the model's own, over the full vocabulary; `probability` is after the chain.
    """

    index: int
    token: int
    text: str
    bytes: str
    logprob: float
    rank: int
    probability: float
    entropy: float
    candidates: list[Candidate]
    stages: list[Stage]


class Stepped(Event, frozen=True):
    """A branch has taken a step."""

    branch: int
    step: Step


class Scored(Event, frozen=True):
    """Steps of a text that is there, as if the model had been made to take them.

    `at` is the character of the text where the first step's text begins. The texts of all steps,
    one after another, are the text from the first `at` on; where a vocabulary puts a space before
    a text, the first of them has it not.
    """

    at: int
    steps: list[Step]


class Decided(Event, frozen=True):
    """A finished step, decided again."""

    step: Step


class Outcome(msgspec.Struct, frozen=True, tag_field="event", tag="finished"):
    """How a continuation ended: at its length, the model's own end, a stop text, or a cancel.

    The scoring of a text ends with `end`, and its `tokens` are those that were scored.

    `seconds` begin when the prompt has been read; the first token costs no evaluation of its own
    and does not count for `tokens_per_second`.
    """

    reason: Literal["length", "end", "stop", "cancelled"]
    tokens: int
    seconds: float
    tokens_per_second: float
    prompt_tokens: int
    prompt_tokens_reused: int


class Finished(Event, frozen=True):
    """A branch has ended."""

    branch: int
    outcome: Outcome


class TokenPiece(msgspec.Struct, frozen=True):
    """One token of a text. `text` is empty where the token is a part of a character."""

    id: int
    text: str
    bytes: str
    type: str


class Tokenized(Event, frozen=True):
    """The tokens of a text."""

    tokens: list[TokenPiece]


class Failed(Event, frozen=True):
    """A job could not be done; the engine is well, and the model stays loaded.

    `kind` is whose fault it was: the input's, a user-written sampler's, the machine's (job), or
    ours (defect, with a traceback). `file` and `line` are where a sampler failed.
    """

    kind: Literal["input", "sampler", "job", "cancelled", "defect"]
    message: str
    traceback: str = ""
    file: str = ""
    line: int | None = None


class Aborting(msgspec.Struct, frozen=True, tag_field="event", tag="aborting"):
    """The last words of a process that is about to die, such as a failed assertion."""

    message: str


AnyCommand = Load | Unload | FindDevices | Generate | Score | Decide | Tokenize | Cancel
AnyEvent = (
    DevicesFound
    | Loading
    | Loaded
    | Unloaded
    | Reading
    | Trimmed
    | Stepped
    | Scored
    | Decided
    | Finished
    | Tokenized
    | Failed
    | Aborting
)


class Emit(Protocol):
    """Sends events, in their order and in one write."""

    def __call__(self, *events: AnyEvent) -> None: ...


encode = msgspec.json.Encoder().encode
encode_lines = msgspec.json.Encoder().encode_lines
decode_command = msgspec.json.Decoder(AnyCommand).decode
decode_event = msgspec.json.Decoder(AnyEvent).decode
