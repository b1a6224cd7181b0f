"""What a user can do with a model, before and while it is loaded."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from models import operations
from models.engine import protocol
from models.engine.backends import has_gpu_backend
from models.engine.blocking import BlockingEngine
from models.engine.protocol import Device
from models.errors import InputError, JobError
from models.gguf_file import GgufSummary, summarize
from models.instructions import find_instruction
from models.machine import choose_threads
from models.memory_plan import Verdict
from models.sampling import parse_chain, stage_from_values

WriteGguf = Callable[..., Path]


@pytest.fixture(scope="module")
def empty_engine() -> Iterator[BlockingEngine]:
    with BlockingEngine() as engine:
        yield engine


@pytest.fixture(scope="module")
def tiny(tiny_path: Path) -> GgufSummary:
    return summarize(tiny_path)


def test_a_model_is_opened_by_its_path(empty_engine: BlockingEngine, tiny_path: Path) -> None:
    opened = operations.open_model(empty_engine, model=str(tiny_path), threads=1)
    assert opened.loaded.path == str(tiny_path)
    assert opened.loaded.context == 1024  # what it was trained for, as that is less than 4,096
    assert opened.loaded.gpu_layers == 0
    assert opened.loaded.threads == 1
    assert opened.plan.verdict in {Verdict.FITS, Verdict.TIGHT}


def test_the_starter_is_opened_when_nothing_is_named(
    empty_engine: BlockingEngine, home_with_starter: Path, starter_path: Path
) -> None:
    opened = operations.open_model(empty_engine)
    assert opened.loaded.model == starter_path.stem
    assert opened.loaded.context == 4096


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"context": 0}, "256 or more"),
        ({"context": 255}, "256 or more"),
        ({"threads": 0}, "1 to 512"),
        ({"threads": 513}, "1 to 512"),
        ({"gpu_layers": -1}, "0 or more"),
        ({"context": 1025}, "1,024"),
        ({"model": "nothing-like-it"}, "models list"),
    ],
)
def test_bad_input_never_reaches_the_engine(
    tiny_path: Path, home: Path, options: dict[str, object], words: str
) -> None:
    with BlockingEngine() as engine:
        with pytest.raises(InputError, match=words):
            operations.open_model(engine, **{"model": str(tiny_path), "gpu_layers": 0, **options})  # type: ignore[arg-type]
        assert engine.client.pid is None


def test_layers_on_a_gpu_that_is_not_there(empty_engine: BlockingEngine, tiny_path: Path) -> None:
    if empty_engine.find_devices():
        pytest.skip("this build uses a GPU")
    with pytest.raises(InputError, match="no GPU"):
        operations.open_model(empty_engine, model=str(tiny_path), gpu_layers=5)


def test_a_file_that_is_no_model_does_not_disturb_the_one_that_is_loaded(
    empty_engine: BlockingEngine, tiny_path: Path, tmp_path: Path, write_gguf: WriteGguf
) -> None:
    operations.open_model(empty_engine, model=str(tiny_path), threads=1)
    broken = write_gguf(tmp_path / "broken.gguf", with_tensors=False)
    with pytest.raises(InputError, match="vocabulary only"):
        operations.open_model(empty_engine, model=str(broken))
    assert empty_engine.tokenize("a")


def test_the_context_is_what_fits_the_model(tiny: GgufSummary) -> None:
    assert operations.choose_context(tiny, None) == 1024
    assert operations.choose_context(tiny, 512) == 512
    assert operations.choose_context(tiny, 300) == 512  # as llama.cpp pads it
    with pytest.raises(InputError, match=f"{tiny.path.stem} was trained for: .* at most 1,024"):
        operations.choose_context(tiny, 2000)


def test_the_threads_are_no_more_than_the_process_may_use() -> None:
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("no affinity on this system")
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert choose_threads() == 1
    finally:
        os.sched_setaffinity(0, before)


def test_loading_is_told_in_parts(empty_engine: BlockingEngine, tiny_path: Path) -> None:
    parts: list[float] = []
    operations.open_model(empty_engine, model=str(tiny_path), on_progress=parts.append)
    assert parts == sorted(parts)
    assert parts[-1] == 1.0


def test_writing_takes_the_chain_and_the_seed(engine: BlockingEngine) -> None:
    def write() -> str:
        events = operations.write(
            engine, "The capital of Japan is", chain=parse_chain("top-k 40"), seed=3, tokens=6
        )
        return "".join(e.step.text for e in events if isinstance(e, protocol.Stepped))

    assert write() == write() != ""


def test_a_sampler_that_is_missing_is_told_before_a_model_is_loaded(home: Path) -> None:
    with pytest.raises(InputError, match=r"no sampler nobody.py in .*samplers: put it there"):
        operations.check_writing(chain=parse_chain("user nobody.py"), seed=1, tokens=1)
    operations.check_writing(chain=parse_chain("user rare_words.py"), seed=1, tokens=1)


def test_a_chain_survives_the_way_to_the_engine() -> None:
    chain = parse_chain("top-k 40 > top-p 0.9 > temperature 0.7")
    described = operations.describe_chain(chain)
    assert [stage_from_values(stage.name, stage.values) for stage in described] == [*chain.stages]


def test_the_samplers_that_ship_are_put_there_once(home: Path) -> None:
    folder = operations.open_samplers_folder()
    assert folder == home / "samplers"
    shipped = {path.name for path in folder.iterdir()}
    assert {"without_letter.py", "rare_words.py"} <= shipped
    (folder / "rare_words.py").unlink()
    (folder / "without_letter.py").write_text("# mine\n")
    operations.open_samplers_folder()
    assert not (folder / "rare_words.py").exists()  # what the user did to them stays
    assert (folder / "without_letter.py").read_text() == "# mine\n"


@pytest.mark.parametrize("instruction_id", ["shorten", "titles", "join"])
def test_an_instruction_gets_an_answer(engine: BlockingEngine, instruction_id: str) -> None:
    """In the way that the starter takes it: a message, examples, examples without a text."""
    joins = instruction_id == "join"
    text = "The shop at the harbour was closed, and the wind turned the sign above its door."
    events = operations.instruct(
        engine,
        instruction_id,
        "" if joins else text,
        before=text if joins else "",
        after="In the spring it opened again." if joins else "",
        chain=parse_chain("greedy"),
        seed=1,
    )
    answer = "".join(e.step.text for e in events if isinstance(e, protocol.Stepped))
    cleaned = find_instruction(instruction_id).clean(answer)
    assert cleaned
    assert "Text:" not in cleaned
    assert "Between:" not in cleaned
    assert len(cleaned.splitlines()) <= 3


def test_an_instruction_needs_a_model() -> None:
    with BlockingEngine() as engine, pytest.raises(InputError, match="No model is loaded"):
        operations.instruct(engine, "shorten", "A text.", chain=parse_chain("greedy"), seed=1)


def test_a_text_is_scored(engine: BlockingEngine) -> None:
    text = "The capital of Japan is Tokyo, and the capital of France is Paris."
    chain = parse_chain("top-k 40 > temperature 0.7")
    events = operations.score(engine, text, chain=chain, first=text.index(" Paris"))
    steps = [step for e in events if isinstance(e, protocol.Scored) for step in e.steps]
    assert [step.text for step in steps] == [" Paris", "."]
    assert steps[0].rank == 0
    assert [stage.name for stage in steps[0].stages][:1] == ["top-k"]
    assert len(steps[0].candidates) >= 10


@pytest.mark.skipif(sys.platform == "win32", reason="a limit as POSIX has it")
def test_a_full_disk_is_named_and_leaves_no_half_samplers_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        with pytest.raises(JobError, match=f"The samplers folder {tmp_path / 'samplers'} could"):
            operations.open_samplers_folder()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not (tmp_path / "samplers").exists()
    assert len(list(operations.open_samplers_folder().iterdir())) == 2


def test_a_gpu_has_room_for_what_the_main_memory_has_not(
    starter_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = summarize(starter_path)
    needed = operations.plan_on_machine(summary, []).needed_bytes
    memory = SimpleNamespace(available=needed - summary.weights_bytes // 2, total=needed)
    monkeypatch.setattr("psutil.virtual_memory", lambda: memory)
    assert operations.plan_on_machine(summary, []).verdict is Verdict.DOES_NOT_FIT
    gpu = Device("GPU0", "a card", 2 * needed, 2 * needed, shares_memory=False)
    plan = operations.plan_on_machine(summary, [gpu])
    assert plan.verdict is not Verdict.DOES_NOT_FIT
    assert plan.gpu_layers == summary.block_count + 1
    shared = msgspec.structs.replace(gpu, shares_memory=True)
    assert operations.plan_on_machine(summary, [shared]).verdict is Verdict.DOES_NOT_FIT


@pytest.mark.parametrize(
    ("name", "is_gpu"),
    [
        ("libggml-base.so", False),
        ("libggml-cpu.so", False),
        ("libggml-cpu-haswell.so", False),
        ("ggml-blas.dll", False),
        ("libggml-cuda.so", True),
        ("libggml-metal.dylib", True),
        ("ggml-vulkan.dll", True),
    ],
)
def test_a_backend_for_a_gpu_is_told_from_its_file(name: str, is_gpu: bool, tmp_path: Path) -> None:
    (tmp_path / "libggml.so").touch()
    (tmp_path / name).touch()
    assert has_gpu_backend(tmp_path) is is_gpu


def test_without_a_backend_for_it_no_gpu_is_found(empty_engine: BlockingEngine) -> None:
    assert has_gpu_backend() or not empty_engine.find_devices()
