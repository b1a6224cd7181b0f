import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from models.errors import InputError
from models.gguf_file import GgufSummary, summarize
from models.gguf_header import GgufTensor
from models.memory_plan import (
    Verdict,
    choose_gpu_layers,
    plan_memory,
    require_memory,
)

WriteGguf = Callable[..., Path]
GB = 10**9
plan_for_one = partial(plan_memory, sequences=1, batch=512)
choose_for_one = partial(choose_gpu_layers, sequences=1, batch=512)

LOAD = """
import sys
import llama_cpp
llama_cpp.llama_backend_init()
parameters = llama_cpp.llama_model_default_params()
parameters.n_gpu_layers = 0
model = llama_cpp.llama_model_load_from_file(sys.argv[1].encode(), parameters)
for setting in sys.argv[2:]:
    context, sequences, batch = map(int, setting.split("/"))
    parameters = llama_cpp.llama_context_default_params()
    parameters.n_ctx = context
    parameters.n_batch = parameters.n_ubatch = batch
    parameters.n_seq_max = sequences
    parameters.kv_unified = True
    print("loading", setting, file=sys.stderr)
    llama_cpp.llama_free(llama_cpp.llama_init_from_model(model, parameters))
"""


def logged_buffers(path: Path, settings: list[str]) -> list[dict[str, float]]:
    """Load a model in another process; return the buffer sizes (MiB) that libllama logs."""
    log = subprocess.run(
        [sys.executable, "-c", LOAD, str(path), *settings],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    model, *contexts = re.split(r"^loading .*$", log, flags=re.MULTILINE)
    pattern = re.compile(r"(model|output|KV|compute) buffer size = +([\d.]+) MiB")
    shared = {name: float(size) for name, size in pattern.findall(model)}
    return [
        shared | {name: float(size) for name, size in pattern.findall(text)} for text in contexts
    ]


@pytest.mark.slow
@pytest.mark.parametrize("batch", [32, 256, 512])
def test_the_plan_is_what_libllama_allocates_for_the_starter(
    starter_path: Path, batch: int
) -> None:
    """KV cache exact, weights within 2 %, compute within 6 % (the log rounds to 0.01 MiB)."""
    summary = summarize(starter_path)
    settings = [(512, 1), (1000, 1), (2048, 2), (2048, 8), (8192, 1)]
    buffers = logged_buffers(starter_path, [f"{c}/{s}/{batch}" for c, s in settings])
    assert len(buffers) == len(settings)
    for (context, sequences), logged in zip(settings, buffers, strict=True):
        plan = plan_memory(summary, context=context, sequences=sequences, batch=batch)
        assert plan.kv_cache_bytes / 2**20 == pytest.approx(logged["KV"], abs=0.005)
        assert plan.weights_bytes / 2**20 == pytest.approx(logged["model"], rel=0.02)
        allocated = logged["compute"] + logged["output"]
        assert plan.compute_bytes / 2**20 == pytest.approx(allocated, rel=0.06)


@pytest.mark.slow
@pytest.mark.parametrize("batch", [32, 512])
@pytest.mark.parametrize(
    "shape",
    [
        {"embedding": 256, "feed_forward": 4096, "heads": 4, "heads_kv": 2},
        {"embedding": 512, "feed_forward": 512, "heads": 8, "heads_kv": 8, "vocabulary": 9000},
        {"embedding": 512, "feed_forward": 1792, "heads": 8, "heads_kv": 2, "vocabulary": 4000},
    ],
)
def test_the_plan_is_what_libllama_allocates_for_other_shapes(
    tmp_path: Path, write_gguf: WriteGguf, shape: dict[str, int], batch: int
) -> None:
    """A wide feed-forward, a wide vocabulary, and Mistral's proportions: within 15 %."""
    path = write_gguf(tmp_path / "model.gguf", blocks=2, context=32_768, **shape)
    summary = summarize(path)
    settings = [512, 4096, 16_384]
    for context, logged in zip(
        settings, logged_buffers(path, [f"{c}/1/{batch}" for c in settings]), strict=True
    ):
        plan = plan_memory(summary, context=context, sequences=1, batch=batch)
        assert plan.kv_cache_bytes / 2**20 == pytest.approx(logged["KV"], abs=0.005)
        allocated = logged["compute"] + logged["output"]
        assert plan.compute_bytes / 2**20 == pytest.approx(allocated, rel=0.15)


@pytest.fixture(scope="module")
def mistral() -> GgufSummary:
    """Mistral-7B-v0.1 at Q4_K_M as its published file describes it, with one tensor a block."""
    return GgufSummary(
        path=Path("mistral-7b-v0.1.Q4_K_M.gguf"),
        general_type="model",
        architecture="llama",
        name="Mistral",
        licence="apache-2.0",
        tensors=(
            GgufTensor("token_embd.weight", (4096, 32_000), "Q4_K", 0, 73_728_000),
            *(
                GgufTensor(f"blk.{block}.all", (4096, 53_248), "Q4_K", 0, 130_900_000)
                for block in range(32)
            ),
            GgufTensor("output.weight", (4096, 32_000), "Q6_K", 0, 107_520_000),
        ),
        file_size_bytes=4_370_000_000,
        level="Q4_K_M",
        block_count=32,
        context_length=32_768,
        embedding_length=4096,
        feed_forward_length=14_336,
        head_count=32,
        head_counts_kv=(8,) * 32,
        key_length=128,
        value_length=128,
        vocabulary_size=32_000,
        vocabulary_kind="llama",
        has_chat_template=False,
        add_bos=True,
        bos_token_id=1,
        eos_token_id=2,
        pooling_type=0,
        is_causal=True,
    )


def test_a_model_that_fits_says_what_is_left(mistral: GgufSummary) -> None:
    plan = plan_for_one(mistral, context=4096, available_bytes=16 * GB)
    assert plan.kv_cache_bytes == 4096 * 32 * 8 * (128 + 128) * 2
    assert plan.verdict is Verdict.FITS
    assert plan.sentence == "fits, 10.9 GB to spare"
    require_memory(plan)


def test_little_to_spare_is_tight(mistral: GgufSummary) -> None:
    needed = plan_for_one(mistral, context=4096).needed_bytes
    plan = plan_for_one(mistral, context=4096, available_bytes=needed + 1)
    assert plan.verdict is Verdict.TIGHT
    require_memory(plan)


def test_a_context_that_is_too_long_gets_one_that_fits(mistral: GgufSummary) -> None:
    plan = plan_for_one(mistral, context=32_768, available_bytes=6 * GB)
    assert plan.verdict is Verdict.DOES_NOT_FIT
    with pytest.raises(InputError, match=r"needs 8\.9 GB, 6\.0 GB are free \(2\.9 GB too few\)"):
        require_memory(plan)
    proposed = re.search(r"choose a context of ([\d,]+) tokens", plan.sentence)
    assert proposed
    context = int(proposed[1].replace(",", ""))
    fitting = plan_for_one(mistral, context=context, available_bytes=6 * GB)
    assert fitting.verdict is not Verdict.DOES_NOT_FIT
    one_more = plan_for_one(mistral, context=context + 256, available_bytes=6 * GB)
    assert one_more.verdict is Verdict.DOES_NOT_FIT


def test_a_proposed_context_is_not_longer_than_the_trained_one(mistral: GgufSummary) -> None:
    plan = plan_for_one(mistral, context=10**6, available_bytes=64 * GB)
    assert "choose a context of 32,768 tokens" in plan.sentence


def test_weights_that_are_too_large_get_a_lower_level(mistral: GgufSummary) -> None:
    plan = plan_for_one(mistral, context=512, available_bytes=4 * GB)
    assert "choose the level Q3_K_M" in plan.sentence


def test_what_nothing_makes_fit_gets_a_smaller_model(mistral: GgufSummary) -> None:
    tensor = replace(mistral.tensors[0], size_bytes=10**18)
    plan = plan_for_one(replace(mistral, tensors=(tensor,)), context=512, available_bytes=1000)
    assert plan.sentence.endswith("choose a smaller model.")


def test_offload_moves_weights_and_cache(mistral: GgufSummary) -> None:
    none = plan_for_one(mistral, context=4096, available_bytes=16 * GB)
    some = plan_for_one(mistral, context=4096, available_bytes=16 * GB, gpu_layers=17)
    whole = plan_for_one(mistral, context=4096, available_bytes=16 * GB, gpu_layers=99)
    assert none.gpu_bytes == 0
    # 17 layers are the output layer and the last 16 blocks
    assert none.weights_bytes - some.weights_bytes == 107_520_000 + 16 * 130_900_000
    assert some.kv_cache_bytes == none.kv_cache_bytes // 2
    assert whole.gpu_layers == 33
    assert whole.weights_bytes == 73_728_000
    assert whole.kv_cache_bytes == 0


def test_a_tied_embedding_is_copied_to_the_gpu(mistral: GgufSummary) -> None:
    tied = replace(mistral, tensors=mistral.tensors[:-1])
    plan = plan_for_one(tied, context=512, available_bytes=16 * GB, gpu_layers=33)
    assert plan.weights_bytes == 73_728_000
    assert plan.gpu_bytes > 32 * 130_900_000 + 73_728_000


def test_the_chosen_layers_fit_and_one_more_does_not(mistral: GgufSummary) -> None:
    layers = choose_for_one(mistral, context=4096, gpu_available_bytes=3 * GB)
    assert 0 < layers < 33

    def plan(count: int) -> Verdict:
        return plan_for_one(
            mistral,
            context=4096,
            gpu_layers=count,
            available_bytes=64 * GB,
            gpu_available_bytes=3 * GB * 95 // 100,  # what the choice leaves is 5 %
        ).verdict

    assert plan(layers) is not Verdict.DOES_NOT_FIT
    assert plan(layers + 1) is Verdict.DOES_NOT_FIT
    assert choose_for_one(mistral, context=4096, gpu_available_bytes=0) == 0
    assert choose_for_one(mistral, context=4096, gpu_available_bytes=80 * GB) == 33


def test_too_many_gpu_layers_get_a_number_that_fits(mistral: GgufSummary) -> None:
    plan = plan_for_one(
        mistral, context=4096, gpu_layers=33, available_bytes=64 * GB, gpu_available_bytes=3 * GB
    )
    layers = choose_for_one(mistral, context=4096, gpu_available_bytes=3 * GB)
    assert plan.sentence.endswith(f"offload {layers} layers.")


def test_a_choice_leaves_a_twentieth_of_the_gpu_free(mistral: GgufSummary) -> None:
    whole = plan_for_one(mistral, context=4096, available_bytes=16 * GB, gpu_layers=33).gpu_bytes
    enough = -(-whole * 100 // 95)
    assert choose_for_one(mistral, context=4096, gpu_available_bytes=enough) == 33
    assert choose_for_one(mistral, context=4096, gpu_available_bytes=enough - 2) == 32


def test_a_full_gpu_that_is_not_used_does_not_matter(mistral: GgufSummary) -> None:
    plan = plan_for_one(mistral, context=4096, available_bytes=16 * GB, gpu_available_bytes=1000)
    assert plan.sentence == "fits, 10.9 GB to spare"


def test_in_a_shared_memory_both_shares_have_to_fit(mistral: GgufSummary) -> None:
    plan = partial(plan_for_one, mistral, context=4096, gpu_layers=33, gpu_available_bytes=12 * GB)
    own, shared = (plan(available_bytes=16 * GB, shared_memory=flag) for flag in (False, True))
    assert shared.gpu_bytes == own.gpu_bytes
    assert shared.needed_bytes == own.needed_bytes + own.gpu_bytes
    assert plan(available_bytes=shared.needed_bytes, shared_memory=True).verdict is Verdict.TIGHT
    too_little = shared.needed_bytes - 1
    assert plan(available_bytes=too_little, shared_memory=True).verdict is Verdict.DOES_NOT_FIT
    assert plan(available_bytes=too_little).verdict is Verdict.FITS


def test_in_a_shared_memory_the_proposed_context_fits(mistral: GgufSummary) -> None:
    plan = partial(
        plan_for_one,
        mistral,
        gpu_layers=33,
        available_bytes=6 * GB,
        gpu_available_bytes=12 * GB,
        shared_memory=True,
    )
    proposed = re.search(r"choose a context of ([\d,]+) tokens", plan(context=32_768).sentence)
    assert proposed
    context = int(proposed[1].replace(",", ""))
    assert plan(context=context).verdict is not Verdict.DOES_NOT_FIT
    assert plan(context=context + 256).verdict is Verdict.DOES_NOT_FIT
    lower = plan(context=512, available_bytes=4 * GB).sentence
    assert "choose the level Q3_K_M" in lower


@pytest.mark.parametrize("context", [0, -1])
def test_a_context_without_tokens_is_refused(mistral: GgufSummary, context: int) -> None:
    with pytest.raises(InputError, match="at least 1"):
        plan_for_one(mistral, context=context)


def test_the_free_memory_of_this_machine_is_asked_for(tiny_path: Path) -> None:
    assert plan_for_one(summarize(tiny_path), context=512).available_bytes > 0
