"""What a level costs: the figures of upstream's tool, what is remembered, and bad input."""

import json
import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from converters.comparison import Compared, Comparing, Comparison, compare
from converters.comparison_export import export_comparison
from converters.comparison_recommendation import recommend, round_agreement
from converters.comparison_rows import Detail, Row, Text
from converters.divergence import Scorer, Spool
from converters.samples import SAMPLES, read_sample
from models.errors import Cancelled, InputError
from models.gguf_file import summarize
from models.gguf_header import Array, read_header
from tests.conftest import Inkglass
from tests.converters.make_comparison_goldens import (
    CHUNKS,
    CONTEXT,
    FIGURES,
    GOLDEN,
    LEVELS,
    write_ladder,
)
from tests.converters.random_models import write_random_model


@pytest.fixture(scope="session")
def ladder(starter_path: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The starter at a few levels, made by the converter."""
    assert starter_path.exists()
    return write_ladder(tmp_path_factory.mktemp("ladder"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def run(ladder: dict[str, Path], *levels: str, depth: float = 24.0) -> list[object]:
    files = [ladder[level] for level in levels]
    return list(
        compare(
            ladder["Q8_0"],
            files,
            read_sample("english"),
            context=CONTEXT,
            chunks=CHUNKS,
            threads=1,
            depth=depth,
        )
    )


@pytest.mark.slow
@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("depth", [16.0, 24.0])
def test_the_figures_are_upstreams(ladder: dict[str, Path], depth: float, tmp_path: Path) -> None:
    events = run(ladder, *LEVELS[1:], depth=depth)
    result = events[-1]
    assert isinstance(result, Comparison)
    goldens = json.loads(GOLDEN.read_text(encoding="utf-8"))
    for detail in result.levels:
        golden, row = goldens[detail.row.level], detail.row
        assert math.isclose(row.perplexity, golden["perplexity"], rel_tol=1e-3)
        assert math.isclose(row.perplexity_error, golden["perplexity_error"], rel_tol=1e-3)
        # Cut off at upstream's depth the figures are upstream's. Ours is deeper: its sums hold
        # tokens that upstream's leave out, so they are within 1e-3 nats, not 1e-3 of upstream's.
        tolerance = {"rel_tol": 1e-3} if depth == 16 else {"abs_tol": 1e-3}
        for figure in FIGURES.keys() - {"perplexity", "perplexity_error"}:
            assert math.isclose(getattr(row, figure), golden[figure], **tolerance), figure
        assert row.bytes == ladder[row.level].stat().st_size
        assert row.peak_memory_bytes > row.bytes
    assert [event.done for event in events if isinstance(event, Comparing)] == [
        n for model in range(3) for n in range(model * CHUNKS, (model + 1) * CHUNKS + 1)
    ]
    again = run(ladder, *LEVELS[1:], depth=depth)
    assert [event.remembered for event in again if isinstance(event, Compared)] == [True] * 3
    remembered = again[-1]
    assert isinstance(remembered, Comparison)
    assert (remembered.text, remembered.levels) == (result.text, result.levels)
    for suffix in (".md", ".html", ".json"):
        export_comparison(result, tmp_path / f"report{suffix}")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 3
    assert "http" not in page
    data = json.loads((tmp_path / "report.json").read_bytes())
    assert len(data["details"]) == 3


@pytest.mark.slow
@pytest.mark.usefixtures("home")
def test_a_cancel_keeps_the_rows_that_are_done(
    ladder: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    events = compare(
        ladder["Q8_0"],
        [ladder["Q4_K_M"], ladder["Q2_K"]],
        read_sample("japanese"),
        context=64,
        chunks=4,
        threads=1,
        stopped=lambda: len(done) == 2,
    )
    with pytest.raises(Cancelled):
        done.extend(event.detail.row.level for event in events if isinstance(event, Compared))
    assert done == ["Q8_0", "Q4_K_M"]

    def read_two(*, again: bool = False) -> list[object]:
        files = ladder["Q8_0"], [ladder["Q4_K_M"]]
        text = read_sample("japanese")
        return list(compare(*files, text, context=64, chunks=4, threads=1, again=again))

    with monkeypatch.context() as patch:  # nothing is read: no memory is asked for
        patch.setattr("converters.comparison._find_room", lambda *_: pytest.fail("asked"))
        again = read_two()
    assert [event.remembered for event in again if isinstance(event, Compared)] == [True, True]
    anew = read_two(again=True)
    assert [event.remembered for event in anew if isinstance(event, Compared)] == [False, False]
    assert not any(isinstance(event, Comparing) for event in again)
    result = again[-1]
    assert isinstance(result, Comparison)
    units = result.text.units()
    whole = b"".join(result.text.pieces).decode("utf-8", "ignore")
    assert "".join(unit.text for unit in units) == whole
    places = [place for unit in units for place in unit.scored]
    assert places == list(range(len(result.levels[0].divergence)))


@pytest.mark.usefixtures("home")
def test_bad_input(ladder: dict[str, Path], tmp_path: Path) -> None:
    other = write_random_model(tmp_path / "other.gguf")
    reference, level, text = ladder["Q8_0"], ladder["Q2_K"], "lamp " * 4000
    copy = tmp_path / "copy.gguf"
    copy.hardlink_to(reference)
    with pytest.raises(InputError, match="is the reference itself"):
        list(compare(reference, [copy], text))
    with pytest.raises(InputError, match="are the same"):
        list(compare(reference, [level, level], text))
    with pytest.raises(InputError, match="too coarse to measure others by"):
        next(compare(level, [reference], text))
    with pytest.raises(InputError, match="two chunks of 512"):
        list(compare(reference, [level], "A short text."))
    with pytest.raises(InputError, match="compare levels of one model"):
        next(compare(reference, [other], text))
    tokens = read_header(level).metadata["tokenizer.ggml.tokens"]
    assert isinstance(tokens, Array)
    data = bytearray(level.read_bytes())
    data[tokens.place[-1]] ^= 1  # the last byte of the last token
    other.write_bytes(data)
    with pytest.raises(InputError, match="other tokens than"):
        next(compare(reference, [other], text))
    data = bytearray(level.read_bytes())
    data[-(1 << 20) :] = b"\xff" * (1 << 20)
    other.write_bytes(data)
    with pytest.raises(InputError, match="damaged"):
        list(compare(reference, [other], text, context=64, chunks=2, threads=1))
    for factor in (100, 1e6):  # of all logits: predictions that are numbers, and huge
        other.write_bytes(scale_logits(level, factor))
        with pytest.raises(InputError, match="damaged"):
            list(compare(reference, [other], text, context=64, chunks=2, threads=1))
    with pytest.raises(InputError, match="--chunks 2"):
        next(compare(reference, [level], text, chunks=1))
    with pytest.raises(InputError, match="--context 32"):
        next(compare(reference, [level], text, context=8))


def scale_logits(path: Path, factor: float) -> bytes:
    """Return a model's file with its last norm, and so its logits, times a factor."""
    header = read_header(path)
    norm = next(tensor for tensor in header.tensors if tensor.name == "output_norm.weight")
    data = bytearray(path.read_bytes())
    place = slice(norm.offset, norm.offset + norm.size_bytes)
    data[place] = (np.frombuffer(data[place], "<f4") * np.float32(factor)).tobytes()
    return bytes(data)


@pytest.mark.usefixtures("home")
def test_the_text_is_shown_without_bos(tmp_path: Path) -> None:
    files = [write_random_model(tmp_path / f"{type}.gguf", stored=type) for type in ("F32", "BF16")]
    result = list(compare(files[0], files[1:], "lamp " * 40, context=32, chunks=2, threads=1))[-1]
    assert isinstance(result, Comparison)
    shown = "".join(unit.text for unit in result.text.units())
    assert shown.startswith("▁lamp▁lamp")  # spaces as the random vocabulary has them


def test_bad_input_of_the_command(
    inkglass: Inkglass, ladder: dict[str, Path], tmp_path: Path
) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Füße".encode("latin-1") * 100)
    own = tmp_path / "own.md"
    own.write_text("Mine.")
    files = (str(ladder["Q8_0"]), str(ladder["Q2_K"]))
    for arguments, words in (
        ((*files, "--text", str(latin)), "not UTF-8"),
        ((*files, "--text", str(tmp_path / "none.txt")), "cannot be read"),
        ((*files, "--export", str(tmp_path / "a.pdf")), ".html"),
        ((*files, "--text=~/own.md", "--export", str(own)), "is what is read"),
        ((files[0], str(tmp_path / "none.gguf")), "none.gguf"),
    ):
        environment = {"INKGLASS_HOME": str(tmp_path / "home"), "HOME": str(tmp_path)}
        done = inkglass("compare", *arguments, **environment)
        assert done.returncode == 2, arguments
        assert done.stdout == b""
        assert words in done.stderr.decode()
        assert done.stderr.count(b"\n") == 1


def test_divergence_in_float64() -> None:
    rng = np.random.default_rng(5)
    base = [rng.normal(0, 3, 1000).astype(np.float32) for _ in range(20)]
    other = [row + rng.normal(0, 0.2, 1000).astype(np.float32) for row in base]
    targets = rng.integers(0, 1000, 20).astype(np.int32)
    spool, scorer = Spool.allocate(20, 1000), Scorer(2)
    kept = scorer.keep(base, targets, spool, 0)
    scores = scorer.compare(other, targets, spool, 0)
    scorer.close()
    assert scores.divergence is not None
    for row in range(20):
        p, q = (_log_softmax(rows[row].astype(np.float64)) for rows in (base, other))
        assert math.isclose(kept.nll[row], -p[targets[row]], rel_tol=1e-5)
        assert math.isclose(scores.nll[row], -q[targets[row]], rel_tol=1e-5)
        assert scores.top[row] == other[row].argmax()
        exact = float((np.exp(p) * (p - q)).sum())
        assert math.isclose(scores.divergence[row], exact, abs_tol=1e-4)


def _log_softmax(logits: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    shifted = logits - logits.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()))


def detail(level: str, size: int, agreement: float, divergence: float) -> Detail:
    row = Row(
        file=f"{level}.gguf",
        level=level,
        bytes=size,
        bits_per_weight=4.0,
        perplexity=10.0,
        perplexity_error=0.1,
        kl_mean=divergence,
        kl_median=divergence,
        kl_p99=divergence,
        kl_max=divergence,
        top1_agreement=agreement,
        delta_p_rms=0.0,
        prompt_tokens_per_second=1.0,
        decode_tokens_per_second=1.0,
        peak_memory_bytes=1,
    )
    return Detail(row, [], [], [], [], [])


def test_the_recommendation_names_its_reason(starter_path: Path) -> None:
    summaries = [summarize(starter_path)] * 4
    details = [
        detail("F16", 1000, 1.0, 0.0),
        detail("Q5_K_M", 350, 0.97, 0.01),
        detail("Q4_K_M", 300, 0.96, 0.02),
        detail("Q3_K_M", 250, 0.89, 0.05),
    ]
    found = recommend(summaries, details)
    assert found is not None
    assert (found.level, found.next_level) == ("Q4_K_M", "Q3_K_M")
    assert found.sentence.startswith("Q4_K_M: 0.3 of the size, top token agrees 96.0%, fits with")
    assert found.sentence.endswith("Q3_K_M saves 50 bytes and diverges 2.5 times as much.")
    worse = recommend(summaries[:2], [details[0], details[3]])
    assert worse is not None
    assert not worse.agrees
    assert worse.next_level is None
    assert worse.sentence.endswith("to spare; no level that fits agrees on 90%.")
    near = recommend(summaries[:2], [details[0], detail("Q3_K_M", 250, 0.8997, 0.05)])
    assert near is not None
    assert "agrees 89.9%," in near.sentence
    assert round_agreement(0.85686) == 0.857
    equal = recommend(summaries, [details[0], detail("Q6_K", 400, 1.0, -4e-7), *details[2:]])
    assert equal is not None
    assert equal.level == "Q4_K_M"
    equal = recommend(summaries[:3], [details[0], detail("Q6_K", 400, 1.0, -4e-7), details[3]])
    assert equal is not None
    assert equal.sentence.endswith("; Q3_K_M saves 150 bytes.")
    assert recommend(summaries[:2], [details[0], detail("F32", 2000, 1.0, 0.0)]) is None


def test_a_token_that_shares_a_character_is_in_its_unit() -> None:
    pieces = ["灯".encode()[:1], "灯".encode()[1:], b" a", b"b"]
    units = Text(pieces, context=4, first=1, chunks=1, left_out=0).units()
    assert [(unit.text, unit.scored) for unit in units] == [("灯", (0,)), (" a", (1,)), ("b", (2,))]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_of_a_useful_size(name: str) -> None:
    assert 8_000 <= len(read_sample(name).encode()) <= 20_000
