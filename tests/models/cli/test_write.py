"""`inkglass write`, run as a user runs it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.gguf_header import AGAIN
from tests.conftest import Inkglass, inkglass_path
from tests.models.cli.samplers import put_sampler, touching
from tests.waiting import (
    environment_with_stopped_engine,
    wait_for,
    wait_for_engine,
    wait_for_stopped_engine,
)

WriteGguf = Callable[..., Path]

ORACLE = Path(__file__).parents[1] / "engine" / "libllama_oracle.py"
PROMPT = "The capital of Japan is"
TOLERANCE = 1e-3  # what the command promises; 3e-7 is what is measured, in either way of feeding

STEP = [
    "event",
    "index",
    "token",
    "text",
    "bytes",
    "logprob",
    "rank",
    "probability",
    "entropy",
    "candidates",
    "stages",
]
CANDIDATE = ["token", "text", "bytes", "logit", "logprob", "probability", "removed_by"]
STAGE = ["name", "survivors", "mass"]
FINISHED = [
    "event",
    "reason",
    "tokens",
    "seconds",
    "tokens_per_second",
    "prompt_tokens",
    "prompt_tokens_reused",
]


def read_lines(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture(scope="module")
def written(inkglass: Inkglass) -> list[dict[str, Any]]:
    done = inkglass("write", PROMPT, "--temperature", "0", "--tokens", "8", "--json")
    assert done.returncode == 0
    assert done.stderr == b""
    return read_lines(done.stdout)


@pytest.fixture
def plain_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of the program: nothing of the user's is read."""
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path / "home"))
    return tmp_path


def test_the_starter_names_tokyo_first(written: list[dict[str, Any]]) -> None:
    first = written[1]
    assert first["text"] == " Tokyo"
    assert first["candidates"][0]["text"] == " Tokyo"
    assert bytes.fromhex(first["bytes"]) == b" Tokyo"
    assert first["rank"] == 0


def test_the_json_is_the_contract(written: list[dict[str, Any]]) -> None:
    loaded, *steps, finished = written
    assert loaded["event"] == "loaded"
    assert [step["event"] for step in steps] == ["step"] * 8
    assert [step["index"] for step in steps] == list(range(8))
    for step in steps:
        assert list(step) == STEP
        assert all(list(row) == CANDIDATE for row in step["candidates"])
        assert all(list(row) == STAGE for row in step["stages"])
        logits = [row["logit"] for row in step["candidates"]]
        assert logits == sorted(logits, reverse=True)
        assert step["rank"] == 0
        assert step["token"] == step["candidates"][0]["token"]
    assert list(finished) == FINISHED
    assert finished["event"] == "finished"
    assert (finished["reason"], finished["tokens"]) == ("length", 8)
    assert (finished["prompt_tokens"], finished["prompt_tokens_reused"]) == (5, 0)


@pytest.mark.slow
@pytest.mark.parametrize("fed", ["steps", "whole"])
def test_the_figures_are_those_of_libllama(written: list[dict[str, Any]], fed: str) -> None:
    """Against a log-softmax in float64 in another process, which has none of our code."""
    steps = [line for line in written if line["event"] == "step"]
    asked = {"prompt": PROMPT, "taken": [step["token"] for step in steps]}
    done = subprocess.run(
        [sys.executable, str(ORACLE), written[0]["path"]],
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=True,
    )
    truth = json.loads(done.stdout)[fed]
    assert [step["rank"] for step in steps] == truth["rank"]
    for figure in ("logprob", "entropy"):
        ours = [step[figure] for step in steps]
        assert ours == pytest.approx(truth[figure], abs=TOLERANCE)


def test_the_text_alone_goes_to_stdout(inkglass: Inkglass, written: list[dict[str, Any]]) -> None:
    text = "".join(line["text"] for line in written if line["event"] == "step")
    done = inkglass("write", PROMPT, "--temperature", "0", "--tokens", "8")
    assert done.returncode == 0
    assert done.stdout.decode() == text + "\n"
    assert done.stderr == b""


def test_candidates_on_request(inkglass: Inkglass) -> None:
    done = inkglass("write", PROMPT, "--temperature", "0", "--tokens", "1", "--candidates", "3")
    assert done.returncode == 0
    shown = done.stdout.decode()
    assert "␣Tokyo" in shown
    assert "<others>" in shown
    assert "\x1b" not in shown  # colour is for terminals
    assert "→ ␣Tokyo" in shown
    assert not any(line != line.rstrip() for line in shown.splitlines())


def test_nothing_written_leaves_no_empty_line(inkglass: Inkglass) -> None:
    done = inkglass("write", PROMPT, "--temperature", "0", "--tokens", "1", "--stop", " Tokyo")
    assert done.returncode == 0
    assert done.stdout == b""


def test_the_prompt_from_stdin(inkglass: Inkglass) -> None:
    done = inkglass(
        "write", "-", "--temperature", "0", "--tokens", "1", "--json", stdin=PROMPT.encode()
    )
    assert read_lines(done.stdout)[1]["text"] == " Tokyo"


@pytest.mark.slow
def test_a_seed_is_repeated(inkglass: Inkglass) -> None:
    options = ("--seed", "18446744073709551615", "--tokens", "12", "--temperature", "1.2")
    first, second = (inkglass("write", PROMPT, *options) for _ in range(2))
    assert first.stdout == second.stdout != b""


def test_it_works_beside_a_package_of_the_same_name(inkglass: Inkglass, tmp_path: Path) -> None:
    for name in ("models", "desktop"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('the wrong package')\n")
    (tmp_path / "numpy.py").write_text("raise SystemExit('the wrong numpy')\n")
    done = inkglass("write", PROMPT, "--temperature", "0", "--tokens", "1", cwd=tmp_path)
    assert done.stdout == b" Tokyo\n"
    assert done.returncode == 0


def test_the_options_have_their_say_in_the_chain(inkglass: Inkglass) -> None:
    done = inkglass(
        "write", PROMPT, "--tokens", "1", "--json", "--chain", "top-k 5 > temperature 0.5"
    )
    loaded, step, _ = read_lines(done.stdout)
    assert loaded["chain"] == "top-k 5 > temperature 0.5"
    assert [stage["name"] for stage in step["stages"]] == ["top-k", "temperature"]
    assert step["stages"][0]["survivors"] == 5


def assert_refused(done: subprocess.CompletedProcess[bytes], *, code: int = 2) -> str:
    """One sentence on stderr, with a remedy; nothing on stdout. Returns the sentence."""
    said = done.stderr.decode()
    assert done.returncode == code, said
    assert done.stdout == b""
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert said.rstrip().endswith(".")
    assert ":" in said or ";" in said  # what is wrong: what to do
    return said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--temperature", "-1"], "temperature -1"),
        (["--temperature", "nan"], "--temperature: 'nan' is no number, like 0.7"),
        (["--temperature", "inf"], "temperature inf"),
        (["--top-p", "0"], "top-p 0"),
        (["--top-p", "2"], "top-p 2"),
        (["--top-k", "-3"], "top-k"),
        (["--min-p", "1.5"], "min-p 1.5"),
        (["--chain", "top-k 40 > beam 3"], "beam"),
        (["--chain", "top-k 40 > top-k 20"], "top-k twice"),
        (["--chain", "greedy > top-k 20"], "greedy"),
        (["--chain", "top-k 40", "--top-p", "0.5"], "--chain"),
        (["--logit-bias", "x=1"], "--logit-bias"),
        (["--sampler", "../evil.py"], "samplers folder"),
        (["--sampler", "missing.py"], "missing.py"),
        (["--context", "255"], "256 or more"),
        (["--tokens", "0"], "--tokens 1"),
        (["--tokens", "1000000000000"], "--tokens 1 to 1000000"),
        (["--candidates", "101"], "0 to 100"),
        (["--candidates", "-1"], "0 to 100"),
        (["--seed", "-1"], "2^64"),
        (["--seed", str(1 << 64)], "2^64"),
        (["--stop", ""], "--stop"),
        (["--threads", "0"], "1 to 512"),
        (["--threads", "513"], "1 to 512"),
        (["--context", "0"], "context"),
        (["--gpu-layers", "-1"], "0 or more"),
        (["--model", "no-such-model"], "models list"),
        (["--model", "no/such/file.gguf"], "no/such/file.gguf"),
        (["--model", "mistral-7b-v0.1"], "models get mistral-7b-v0.1"),
    ],
)
def test_a_bad_option_is_refused_before_a_model_is_loaded(
    inkglass: Inkglass, plain_home: Path, options: list[str], words: str
) -> None:
    assert words in assert_refused(inkglass("write", "Once", *options))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--context", "9000"], "8,192"),
        (["--gpu-layers", "5"], "no GPU"),
        (["--logit-bias", "49152=1"], "49152"),
    ],
)
def test_a_bad_option_is_refused_by_the_model(
    inkglass: Inkglass, home_with_starter: Path, options: list[str], words: str
) -> None:
    assert words in inkglass("write", "Once", *options).stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (["write", ""], b"", "empty"),
        (["write", "-"], b"", "empty"),
        (["write", b"abc \xff\xfe"], b"", "not UTF-8 (byte 5)"),
        (["write", "-"], "Über".encode("latin-1"), "not UTF-8 (byte 1)"),
    ],
)
def test_a_bad_prompt_is_refused(
    inkglass: Inkglass,
    plain_home: Path,
    arguments: list[str | bytes],
    stdin: bytes,
    words: str,
) -> None:
    assert words in assert_refused(inkglass(*arguments, stdin=stdin))


def make_file(kind: str, folder: Path, write_gguf: WriteGguf, starter: Path) -> Path:
    """A file that is no model which could continue a text."""
    path = folder / "model.gguf"
    match kind:
        case "directory":
            path.mkdir()
        case "empty":
            path.touch()
        case "text":
            path.write_text("This is a text, and has been renamed.\n" * 20)
        case "truncated":
            with starter.open("rb") as file:
                path.write_bytes(file.read(4_000_000))
        case "counts":
            path.write_bytes(b"GGUF" + (3).to_bytes(4, "little") + b"\xff" * 16)
        case "vocabulary":
            write_gguf(path, with_tensors=False)
        case "embedding":
            write_gguf(path, architecture="bert")
        case "unknown architecture":
            write_gguf(path, architecture="gizmo")
        case "without a norm":
            write_gguf(path)
            whole = path.read_bytes()
            path.write_bytes(whole.replace(b"output_norm.weight", b"output_gnom.weight"))
    return path


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("missing", "model.gguf"),
        ("directory", "folder"),
        ("empty", "empty"),
        ("text", "text file"),
        ("truncated", AGAIN),
        ("counts", AGAIN),
        ("vocabulary", "vocabulary only"),
        ("embedding", "embedding model"),
        ("unknown architecture", "gizmo"),
        ("without a norm", "output_norm"),
    ],
)
def test_a_file_that_is_no_model_is_refused(
    inkglass: Inkglass,
    plain_home: Path,
    write_gguf: WriteGguf,
    starter_path: Path,
    kind: str,
    words: str,
) -> None:
    path = make_file(kind, plain_home, write_gguf, starter_path)
    assert words in assert_refused(inkglass("write", "Once", "--model", str(path)))


def test_too_little_memory_is_told_before_loading(
    inkglass: Inkglass, plain_home: Path, write_gguf: WriteGguf
) -> None:
    """A model whose cache for the context that is asked for is larger than any memory."""
    path = write_gguf(plain_home / "wide.gguf", context=1 << 30)
    done = inkglass("write", "Once", "--model", str(path), "--context", str(1 << 30))
    said = assert_refused(done)
    assert "are free" in said
    assert "choose a context of" in said


@pytest.mark.slow
def test_a_prompt_longer_than_the_context_is_refused_and_trimmed_if_asked(
    inkglass: Inkglass,
) -> None:
    prompt = "one two three four" + " one two three four" * 100
    options = ("write", prompt, "--context", "256", "--temperature", "0", "--tokens", "4")
    said = inkglass(*options)
    assert said.returncode == 2
    assert b"--trim" in said.stderr
    assert said.stderr.count(b"\n") == 1
    done = inkglass(*options, "--trim", "--json")
    assert done.returncode == 0
    trimmed = next(line for line in read_lines(done.stdout) if line["event"] == "trimmed")
    assert trimmed["forgotten"] + trimmed["kept"] > 256 >= trimmed["kept"]
    assert read_lines(done.stdout)[-1]["prompt_tokens"] == trimmed["kept"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["write"],
        ["write", "Once", "--tokens", "many"],
        ["write", "Once", "--preset", "none"],
        ["write", "Once", "--order", "none"],
        ["rewrite"],
    ],
)
def test_an_option_that_cannot_be_read(
    inkglass: Inkglass, plain_home: Path, arguments: list[str]
) -> None:
    assert "--help`" in assert_refused(inkglass(*arguments))


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize("whole_group", [False, True])
def test_ctrl_c_keeps_what_was_written(starter_path: Path, whole_group: bool) -> None:
    """A terminal sends it to the whole group, the engine included."""
    process = subprocess.Popen(
        [inkglass_path(), "write", PROMPT, "--tokens", "2000", "--seed", "11", "--json"],
        bufsize=0,  # `communicate` does not know of what a buffer has read beyond a line
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(6)]
    if whole_group:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == b""
    loaded, *steps, finished = read_lines(b"".join(lines) + rest)
    assert loaded["event"] == "loaded"
    assert (finished["event"], finished["reason"]) == ("finished", "cancelled")
    assert finished["tokens"] == len(steps) >= 5
    assert [step["index"] for step in steps] == list(range(len(steps)))


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_ctrl_c_before_the_model_is_loaded_is_silent(
    starter_path: Path, tmp_path: Path, options: list[str]
) -> None:
    process = subprocess.Popen(
        [inkglass_path(), "write", PROMPT, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=environment_with_stopped_engine(tmp_path),
    )
    engine = wait_for_stopped_engine(process)
    os.killpg(process.pid, signal.SIGINT)
    engine.resume()
    written, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, b"")
    if options:
        (finished,) = read_lines(written)
        assert (finished["event"], finished["reason"]) == ("finished", "cancelled")
        assert finished["tokens"] == finished["prompt_tokens"] == 0
    else:
        assert written in {b"", b"\n"}


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize("delay_s", [0.0, 0.01, 0.1])
def test_ctrl_c_around_the_start_of_the_engine_is_silent(
    starter_path: Path, delay_s: float
) -> None:
    """Whatever it strikes, and whatever was written by then."""
    process = subprocess.Popen(
        [inkglass_path(), "write", PROMPT, "--tokens", "2000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_for_engine(process)
    time.sleep(delay_s)
    os.killpg(process.pid, signal.SIGINT)
    _written, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes as POSIX has them")
@pytest.mark.parametrize("form", ["--json", "--special"])
def test_a_reader_that_leaves_is_no_error(starter_path: Path, form: str) -> None:
    process = subprocess.Popen(
        [inkglass_path(), "write", PROMPT, "--tokens", "200", form],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr is not None
    errors = process.stderr.read()
    process.stderr.close()
    process.wait(60)
    assert errors == b""
    assert process.returncode == 1


@pytest.mark.slow
def test_a_sampler_that_ships_forbids_its_letter(
    inkglass: Inkglass, home_with_starter: Path
) -> None:
    options = ("--seed", "3", "--tokens", "30")
    plain = inkglass("write", PROMPT, *options)
    assert b"e" in plain.stdout
    done = inkglass("write", PROMPT, *options, "--sampler", "without_letter.py")
    assert done.returncode == 0
    assert b"e" not in done.stdout.lower()
    assert len(done.stdout) > 30


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("return logits / 0 if False else 1 // 0", "ZeroDivisionError"),
        ("while True: pass", "did not end"),
    ],
)
def test_a_sampler_that_fails_keeps_the_text_and_shows_its_own_traceback(
    inkglass: Inkglass, home_with_starter: Path, fault: str, words: str
) -> None:
    """After the prompt's five tokens and four more; a loop without end is interrupted."""
    name = put_sampler(
        home_with_starter,
        "def sample(logits, tokens):\n"
        "    if len(tokens) == 9:\n"
        f"        {fault}\n"
        "    return logits\n",
    )
    done = inkglass("write", PROMPT, "--seed", "3", "--sampler", name, "--json")
    assert done.returncode == 1
    steps = [line for line in read_lines(done.stdout) if line["event"] == "step"]
    assert len(steps) == 4
    sentence, *traceback = done.stderr.decode().splitlines()
    assert words in sentence
    assert "mine.py failed at line 3" in sentence
    assert "run it again" in sentence
    assert traceback[0] == "Traceback (most recent call last):"
    assert "mine.py" in traceback[1]
    assert not any("models/" in line for line in traceback)  # none of our own frames


@pytest.mark.slow
def test_a_sampler_that_hides_how_late_it_is_is_named(
    inkglass: Inkglass, home_with_starter: Path
) -> None:
    """It catches what was to end it, and returns after all."""
    name = put_sampler(
        home_with_starter,
        "import time\n"
        "def sample(logits, tokens):\n"
        "    end = time.monotonic() + 3\n"
        "    while time.monotonic() < end:\n"
        "        try:\n"
        "            sum(range(1000))\n"
        "        except BaseException:\n"
        "            pass\n"
        "    return logits\n",
    )
    done = inkglass("write", PROMPT, "--sampler", name, "--tokens", "2")
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "The sampler mine.py failed: it did not end in the two seconds that a sampler has. "
        "Mend the file and run it again: what was written by then stands above.\n"
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_ctrl_c_on_an_engine_that_does_not_stop_is_a_cancel(
    home_with_starter: Path, tmp_path: Path, options: list[str]
) -> None:
    hanging = tmp_path / "hanging"
    name = put_sampler(home_with_starter, touching(hanging, 9, "time.sleep(60)"))
    process = subprocess.Popen(
        [inkglass_path(), "write", PROMPT, "--seed", "3", "--sampler", name, *options],
        bufsize=0,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    shown = process.stdout.read(1)
    wait_for(hanging.exists, process)
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, b"")
    if options:
        loaded, *steps, finished = read_lines(shown + rest)
        assert loaded["event"] == "loaded"
        assert (finished["event"], finished["reason"]) == ("finished", "cancelled")
        assert finished["tokens"] == len(steps) == 4
        assert finished["prompt_tokens"] == 5
    else:
        assert shown + rest
