"""What the engine does with each command: one model, one session, and the jobs on them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from models.engine import chat, protocol
from models.engine.background import Background
from models.engine.devices import find_gpus
from models.engine.generation import Generation
from models.engine.llama import Context, Model, Stop, system_info
from models.engine.logit_store import LogitStore
from models.engine.middle import arrange_middle
from models.engine.scoring import Scoring, lay_text
from models.engine.session import Session, count_forgotten
from models.engine.text import TextStream, decode_whole
from models.engine.time_limit import SamplerWatch
from models.engine.trace import Describer, TakenStep
from models.errors import Cancelled, InputError, JobError
from models.sampling import BoundChain, Chain, User, stage_from_values

MOST_BOUND = 16
MOST_TOKENS = 1_000_000


class Engine:
    """A loaded model and the jobs it does, one after another, in the thread of the worker.

    Errors leave `do` as InputError, JobError, SamplerError or Cancelled; the model stays usable.
    """

    def __init__(self, *, emit: protocol.Emit, background: Background, stop: Stop) -> None:
        self._emit = emit
        self._background = background
        self._stop = stop
        self._model: Model | None = None
        self._context: Context | None = None
        self._session: Session | None = None
        self._describer: Describer | None = None
        self._store: LogitStore | None = None
        self._sampler_watch: SamplerWatch | None = None
        self._generation: Generation | None = None  # the one that runs
        self._text: list[int] = []  # prompt and continuation of the last generation
        self._why_empty = ""  # the reason why the last model is not loaded
        self._bound: dict[tuple[Chain, str], BoundChain] = {}

    def do(self, command: protocol.AnyCommand) -> None:
        """Carry out one command; its events are emitted on the way."""
        match command:
            case protocol.Load():
                self._load(command)
            case protocol.Unload():
                self.close()
                self._why_empty = ""
                self._emit(protocol.Unloaded(command.job))
            case protocol.FindDevices():
                devices = [
                    protocol.Device(
                        gpu.name,
                        gpu.description,
                        gpu.free_bytes,
                        gpu.total_bytes,
                        gpu.shares_memory,
                    )
                    for gpu in find_gpus()
                ]
                self._emit(protocol.DevicesFound(command.job, devices))
            case protocol.Generate():
                self._generate(command)
            case protocol.Score():
                self._score(command)
            case protocol.Decide():
                self._decide(command)
            case protocol.Tokenize():
                self._tokenize(command)
            case protocol.Cancel():
                pass  # the worker acts on it when the message arrives
            case _:
                assert_never(command)

    def close(self) -> None:
        """Free the model and its context."""
        if self._context is not None:
            self._context.close()
        if self._model is not None:
            self._model.close()
        self._model = self._context = self._session = self._describer = self._store = None
        self._text = []
        self._bound.clear()

    def _load(self, command: protocol.Load) -> None:
        self.close()
        self._why_empty = ""
        try:
            self._open(command)
        except (InputError, JobError) as error:
            self._why_empty = str(error)
            raise

    def _open(self, command: protocol.Load) -> None:
        start = time.perf_counter()
        path = Path(command.path)
        if not path.is_file():
            raise InputError(
                f"{path.name} is no longer in {path.parent}: put it back, or load another model."
            )
        last = -1

        def progress(part: float) -> bool:
            nonlocal last
            if int(part * 50) != last:
                last = int(part * 50)
                self._emit(protocol.Loading(command.job, part))
            return not self._stop.is_set()

        model = Model(path, gpu_layers=command.gpu_layers, progress=progress)
        try:
            for adapter in command.adapters:
                model.add_adapter(Path(adapter.path), adapter.scale)
            context = Context(
                model,
                size=command.context,
                sequences=command.branches + 1,
                batch=max(command.block, command.branches),
                threads=command.threads,
                stop=self._stop,
            )
        except BaseException:
            model.close()
            raise
        self._model, self._context = model, context
        self._session = Session(context, branches=command.branches, block=command.block)
        self._describer = Describer(model.pieces.__getitem__, model.is_control)
        self._emit(
            protocol.Loaded(
                command.job,
                model=path.stem,
                path=command.path,
                parameters=model.parameters,
                size_bytes=model.size_bytes,
                layers=model.layers,
                gpu_layers=command.gpu_layers,
                vocabulary=model.n_vocab,
                context=context.size,
                trained_context=model.trained_context,
                threads=command.threads,
                adds_bos=model.adds_bos,
                has_chat_template=model.chat_template is not None,
                middle=_choose_middle(model),
                adapters=command.adapters,
                seconds=time.perf_counter() - start,
                system=system_info(),
            )
        )

    def _generate(self, command: protocol.Generate) -> None:
        model, session, describer = self._loaded()
        if not command.branches or not 1 <= command.tokens <= MOST_TOKENS:
            raise InputError(f"A generation needs a branch, and 1 to {MOST_TOKENS:,} tokens.")
        if "" in command.stop:
            raise InputError("A stop text is empty: give the text to stop at, or none.")
        if len(command.branches) > session.branches:
            raise InputError(
                f"{len(command.branches)} continuations at once are too many: "
                f"this model was opened for {session.branches}."
            )
        chains = [self._bind(branch.chain, command.samplers) for branch in command.branches]
        prompt = self._prompt_tokens(command)
        head = int(prompt[:1] == [model.bos])
        prompt = self._fit(prompt, head, command)
        reused = session.reusable(prompt)
        try:
            read = session.read(
                prompt,
                progress=lambda done, total: self._emit(
                    protocol.Reading(command.job, done, total, reused)
                ),
            )
        except Cancelled:
            outcome = protocol.Outcome("cancelled", 0, 0.0, 0.0, len(prompt), reused)
            for number in range(len(chains)):
                self._emit(protocol.Finished(command.job, number, outcome))
            return
        if command.keep_logits and self._store is None:
            self._store = LogitStore(model.n_vocab)
        generation = Generation(
            command,
            session=session,
            prompt=prompt,
            head=head,
            read=read,
            chains=chains,
            watch=self._watch(stage for branch in command.branches for stage in branch.chain),
            describer=describer,
            ends=model.ends_generation,
            store=self._store if command.keep_logits else None,
            emit=self._emit,
            background=self._background,
            stopped=self._stop.is_set,
        )
        self._generation = generation
        try:
            generation.run()
        finally:
            self._generation = None
        self._text = generation.text()

    def _score(self, command: protocol.Score) -> None:
        model, session, describer = self._loaded()
        if not 0 <= command.first <= len(command.text):
            raise InputError(
                f"The text has {len(command.text):,} characters: "
                f"it cannot be scored from {command.first:,} on."
            )
        self._text = []  # reading ahead of it would lose what is read now
        laid = lay_text(model, command.text, special=command.special)
        if not laid.tokens[laid.head :]:
            raise InputError("The text is empty: give the text to be scored.")
        Scoring(
            command,
            laid=laid,
            session=session,
            chain=self._bind(command.chain, command.samplers),
            watch=self._watch(command.chain),
            describer=describer,
            emit=self._emit,
            stopped=self._stop.is_set,
        ).run()

    def send_due(self) -> None:
        """Send the steps that wait to be sent together: the process is about to die."""
        if self._generation is not None:
            self._generation.flush()

    def rest(self) -> None:
        """Use an idle moment: read what was written last, so that its continuation starts at once.

        Raises Cancelled when the stop flag interrupts it.
        """
        text, self._text = self._text, []
        if self._session is not None and text:
            self._session.read_ahead(text)

    def _decide(self, command: protocol.Decide) -> None:
        _, _, describer = self._loaded()
        key = (command.generation, command.branch, command.index)
        kept = self._store.get(key) if self._store is not None else None
        if kept is None:
            raise InputError("The logits of this step are no longer kept: continue from it again.")
        logits, moment, pending = kept
        chain = self._bind(command.chain, command.samplers)
        if command.seed is not None:
            moment = replace(moment, seed=command.seed)
        with self._watch(command.chain) or nullcontext():
            choice = chain.choose(logits, moment, shown=command.candidates)
        stream = TextStream()
        stream.add(pending)
        text = describer.add_text(choice.token, stream)
        step = describer.describe(TakenStep(choice, command.index, text, pending))
        self._emit(protocol.Decided(command.job, step))

    def _tokenize(self, command: protocol.Tokenize) -> None:
        model, _, _ = self._loaded()
        pieces = [
            protocol.TokenPiece(
                token, decode_whole(piece) or "", piece.hex(), model.token_type(token)
            )
            for token in model.tokenize_open(command.text, special=command.special)
            for piece in [model.pieces[token]]
        ]
        self._emit(protocol.Tokenized(command.job, pieces))

    def _loaded(self) -> tuple[Model, Session, Describer]:
        if self._model is None or self._session is None or self._describer is None:
            raise InputError(self._why_empty or "No model is loaded: load one first.")
        return self._model, self._session, self._describer

    def _bind(self, stages: Iterable[protocol.StageValues], samplers: str) -> BoundChain:
        model, _, _ = self._loaded()
        chain = Chain([stage_from_values(stage.name, stage.values) for stage in stages])
        if (chain, samplers) not in self._bound:
            if len(self._bound) >= MOST_BOUND:
                self._bound.clear()
            self._bound[chain, samplers] = chain.bind(model, Path(samplers) if samplers else None)
        return self._bound[chain, samplers]

    def _watch(self, stages: Iterable[protocol.StageValues]) -> SamplerWatch | None:
        """The clock over user-written samplers, where there are any."""
        files = [str(stage.values["file"]) for stage in stages if stage.name == User.name]
        if not files:
            return None
        if self._sampler_watch is None:
            self._sampler_watch = SamplerWatch()
        self._sampler_watch.files = tuple(dict.fromkeys(files))
        return self._sampler_watch

    def _prompt_tokens(self, command: protocol.Generate) -> list[int]:
        model, _, _ = self._loaded()
        if command.after:
            return self._middle_tokens(command)
        if isinstance(command.prompt, list):
            wrong = next((t for t in command.prompt if not 0 <= t < model.n_vocab), None)
            if wrong is not None:
                raise InputError(
                    f"Token {wrong} is not in this model's vocabulary of {model.n_vocab:,}: "
                    "give ids that this model's tokenizer made."
                )
            return command.prompt
        if command.chat:
            return chat.encode_message(model, command.prompt, special=command.special)
        return model.tokenize_open(command.prompt, special=command.special)

    def _middle_tokens(self, command: protocol.Generate) -> list[int]:
        model, session, _ = self._loaded()
        if model.middle_marks is None or isinstance(command.prompt, list) or command.chat:
            raise InputError(
                "This model cannot be told of the text that follows by tokens of its vocabulary: "
                "leave that text out."
            )
        wanted = len(command.branches) * command.tokens
        prompt, forgotten = arrange_middle(
            model.middle_marks,
            model.tokenize(command.prompt),
            model.tokenize(command.after),
            head=[model.bos] if command.special and model.adds_bos else [],
            room=session.size - min(wanted, session.size // 2),
            trim=command.trim,
        )
        if forgotten:
            self._emit(protocol.Trimmed(command.job, forgotten, len(prompt)))
        return prompt

    def _fit(self, prompt: list[int], head: int, command: protocol.Generate) -> list[int]:
        """Make room in the context: the oldest text goes if that is allowed, else raise."""
        model, session, _ = self._loaded()
        branches = len(command.branches)
        size = session.size
        if branches > 1:
            needed = len(prompt) + branches * command.tokens
            if needed > size:
                raise InputError(
                    f"{branches} continuations of {command.tokens:,} tokens after {len(prompt):,} "
                    f"of prompt need a context of {needed:,}, and it has {size:,}: "
                    "choose fewer, shorter ones, or a larger --context."
                )
            return prompt
        if len(prompt) < size:
            return prompt
        if not command.trim or command.chat:  # half a message would not be one
            longest = model.trained_context
            wanted = min(_round_up(len(prompt) + command.tokens), longest)
            remedy = (
                f"choose --context {wanted}"
                if len(prompt) < longest
                else f"shorten it (the model was trained for {longest:,})"
            )
            raise InputError(
                f"The prompt has {len(prompt):,} tokens and the context holds {size:,}: {remedy}"
                + (
                    "."
                    if command.chat
                    else ", or allow --trim to let the model forget the oldest part."
                )
            )
        forgotten = count_forgotten(len(prompt) - head, 1, size - head)
        kept = prompt[:head] + prompt[head + forgotten :]
        self._emit(protocol.Trimmed(command.job, forgotten, len(kept)))
        return kept


def _choose_middle(model: Model) -> protocol.Middle:
    if model.middle_marks is not None:
        return "tokens"
    return "instruction" if model.chat_template is not None else "none"


def _round_up(tokens: int, unit: int = 256) -> int:
    return -(-tokens // unit) * unit
