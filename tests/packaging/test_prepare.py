import importlib.util
import json
import runpy
import sys
from pathlib import Path

import prepare
import pytest

SCRIPT = prepare.__file__


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source tree with an environment whose stamp is fresh, and nothing installed."""
    for name in ("pyproject.toml", "uv.lock"):
        (tmp_path / name).write_text(name)
    python = tmp_path / ".venv" / "bin" / "python"
    write_program(python, "exit 0")
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(prepare, "STAMP", tmp_path / ".venv" / "inkglass.json")
    monkeypatch.setattr(prepare, "OWN_UV", tmp_path / ".uv")
    monkeypatch.setattr(sys, "argv", ["prepare.py"])
    monkeypatch.setattr(prepare, "PROCESSOR", tmp_path / "cpuinfo")
    inputs = prepare.digest_inputs(prepare.list_definitions("vulkan"))
    stamp = {"gpu": "vulkan", "inputs": inputs, "complete": True}
    prepare.STAMP.write_text(json.dumps(stamp))
    return tmp_path


@pytest.fixture
def builds(tree: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The GPUs that an environment was built for: a real build takes minutes."""
    gpus: list[str] = []
    monkeypatch.setattr(prepare, "find_uv", lambda: "uv")
    monkeypatch.setattr(prepare, "build_environment", lambda uv, gpu, _: gpus.append(gpu))
    monkeypatch.setattr("system_libraries.complete", lambda environment: [])
    return gpus


def test_a_fresh_environment_is_left_alone(builds: list[str]) -> None:
    prepare.main()
    assert builds == []


def test_a_lack_is_named_each_time_until_it_is_mended(
    builds: list[str],
    tree: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tree / "uv.lock").write_text("changed")
    lacks = ["Inkglass's window needs libxkb: install it."]
    monkeypatch.setattr("system_libraries.complete", lambda environment: list(lacks))
    for _ in range(2):
        prepare.main()
        assert lacks[0] in capsys.readouterr().err
    lacks.clear()
    prepare.main()
    lacks.append("It is not looked for any more.")
    prepare.main()
    assert capsys.readouterr().err == ""
    assert builds == ["vulkan"]


@pytest.mark.parametrize("name", ["pyproject.toml", "uv.lock"])
def test_a_change_builds_once_and_keeps_the_gpu(builds: list[str], tree: Path, name: str) -> None:
    (tree / name).write_text("changed")
    prepare.main()
    prepare.main()
    assert builds == ["vulkan"]


def test_another_gpu_builds_and_is_kept(builds: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["prepare.py", "--gpu", "none"])
    prepare.main()
    monkeypatch.setattr(sys, "argv", ["prepare.py", "--gpu", ""])
    prepare.main()
    assert builds == ["none"]
    assert prepare.read_stamp()["gpu"] == "none"


@pytest.mark.parametrize("text", ["", "{", "[]", "\0"])
def test_a_broken_stamp_builds_anew(builds: list[str], text: str) -> None:
    prepare.STAMP.write_text(text)
    prepare.main()
    assert builds == [""]  # no choice is known any more


def test_a_lost_python_builds_anew(builds: list[str], tree: Path) -> None:
    (tree / ".venv" / "bin" / "python").unlink()
    with pytest.raises(FileNotFoundError):  # the build that would have brought it is not real
        prepare.main()
    assert builds == ["vulkan"]


def test_an_old_python_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or later; python3 is 3\.10\.$"):
        runpy.run_path(SCRIPT, run_name="__main__")


def write_program(path: Path, *lines: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("answer", "recent"),
    [("uv 0.13.9", True), ("uv 1.0.0 (x)", True), ("uv 0.8.24", False), ("", False), ("v2", False)],
)
def test_is_recent(tmp_path: Path, answer: str, recent: bool) -> None:
    assert prepare.is_recent(write_program(tmp_path / "uv", f"echo '{answer}'")) is recent


def test_a_uv_that_does_not_start_is_not_recent(tmp_path: Path) -> None:
    assert not prepare.is_recent(str(tmp_path / "uv"))


@pytest.mark.parametrize(
    ("failing", "gpu", "sentence"),
    [
        (["echo '   Building llama-cpp-python==0'"], "cuda", "could not be built for cuda.*none"),
        (["echo '   Building llama-cpp-python==0'"], "none", "llama.cpp could not be built"),
        (["echo '   Building llama-cpp-python==0'"], "", "llama.cpp could not be built: "),
        (["echo 'error: no network'"], "none", "could not make the environment"),
    ],
)
def test_a_failed_build_says_what_failed(
    tree: Path, monkeypatch: pytest.MonkeyPatch, failing: list[str], gpu: str, sentence: str
) -> None:
    monkeypatch.setattr(prepare, "has_compiler", lambda: True)
    uv = write_program(tree / "uv", "exec 1>&2", *failing, "exit 2")
    with pytest.raises(SystemExit, match=sentence):
        prepare.build_environment(uv, gpu, [])


def test_what_uv_keeps_is_taken_first(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    runs = tree / "runs"
    log = f'echo "$UV_OFFLINE" >> {runs}'
    fails = 'test -z "$UV_OFFLINE" || { echo "error: not kept" >&2; exit 2; }'
    prepare.build_environment(write_program(tree / "uv", log, fails), "none", [])
    assert runs.read_text() == "1\n\n"
    assert "error" not in capfd.readouterr().err
    runs.unlink()
    prepare.build_environment(write_program(tree / "uv", log), "none", [])
    assert runs.read_text() == "1\n"


def test_a_missing_compiler_stops_the_build_at_once(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "has_compiler", lambda: False)
    uv = write_program(tree / "uv", "echo 'Building llama-cpp-python==0' >&2", "exec sleep 60")
    with pytest.raises(SystemExit, match="needs a C\\+\\+ compiler: run `"):
        prepare.build_environment(uv, "none", [])


@pytest.mark.parametrize(
    ("platform", "gpu", "definition"),
    [
        ("linux", "cuda", "GGML_CUDA=ON"),
        ("darwin", "metal", "GGML_METAL=ON"),
        ("darwin", "none", "GGML_METAL=OFF"),  # llama.cpp's default is on
        ("darwin", "", ""),
        ("linux", "none", ""),
        ("linux", "", ""),
    ],
)
def test_the_gpu_becomes_a_definition_for_the_build(
    tree: Path, monkeypatch: pytest.MonkeyPatch, platform: str, gpu: str, definition: str
) -> None:
    uv = write_program(tree / "uv", f'echo "$@" > {tree}/arguments')
    monkeypatch.setattr(sys, "platform", platform)
    prepare.build_environment(uv, gpu, prepare.list_definitions(gpu))
    arguments = (tree / "arguments").read_text().split()
    assert arguments[:2] == ["sync", "--locked"]
    assert "--compile-bytecode" in arguments
    if definition:
        assert arguments[-1] == f"llama-cpp-python:cmake.define.{definition}"
    else:
        assert "--config-settings-package" not in arguments


def test_what_was_built_for_another_processor_is_built_anew(builds: list[str], tree: Path) -> None:
    for flags, count in (("sse2 avx2 fma ibpb", 1), ("fma avx2 sse2 ibrs", 1), ("sse2 avx2", 2)):
        prepare.PROCESSOR.write_text(f"flags\t\t: {flags}\n" * 2)
        prepare.main()
        assert len(builds) == count, flags


@pytest.mark.parametrize(
    ("instructions", "left_out"),
    [
        ("avx2", ""),
        ("avx2 amx_tile amx_int8", " -U__AMX_INT8__"),
        ("avx512f avx512_fp16", " -U__AVX512FP16__"),
        ("amx_int8 avx512_fp16", " -U__AMX_INT8__ -U__AVX512FP16__"),
    ],
)
def test_what_llama_cpp_uses_badly_is_left_out(
    tree: Path, monkeypatch: pytest.MonkeyPatch, instructions: str, left_out: str
) -> None:
    monkeypatch.setenv("CXXFLAGS", "-g")
    monkeypatch.delenv("CFLAGS", raising=False)
    prepare.PROCESSOR.write_text(f"flags : {instructions}\n")
    flags = [d for d in prepare.list_definitions("none") if "_FLAGS=" in d]
    expected = [f"CMAKE_C_FLAGS={left_out.strip()}", f"CMAKE_CXX_FLAGS=-g{left_out}"]
    assert flags == (expected if left_out else [])


def test_a_compiler_that_is_only_a_name_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On macOS without its command line tools, `c++` is there and fails."""
    write_program(tmp_path / "c++", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CXX", raising=False)
    assert not prepare.has_compiler()
    write_program(tmp_path / "c++", "exit 0")
    assert prepare.has_compiler()


def test_stdout_is_left_to_the_program(
    builds: list[str], tree: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """`make run ARGS='write ... --json'` in a pipe must give the program's output alone."""
    (tree / ".venv" / "bin" / "python").unlink()
    program = f'echo the starter model; echo "$@" >> {tree}/arguments'
    write_program(tree / ".venv" / "bin" / "python", program)
    (tree / "uv.lock").write_text("changed")
    prepare.main()
    printed = capfd.readouterr()
    assert printed.out == ""
    assert "The environment is ready" in printed.err
    assert "the starter model" in printed.err
    compiling, _starter = (tree / "arguments").read_text().splitlines()
    assert compiling.startswith("-m compileall")
    assert compiling.endswith("desktop converters models")


@pytest.mark.parametrize("module", ["numpy", "PySide6", "msgspec", "desktop.window", "models.size"])
def test_what_the_window_loads_is_compiled(module: str) -> None:
    """By set-up: compiling it at the start would take as long as all the rest of the start."""
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.cached is not None
    assert Path(spec.cached).exists()


def test_an_unknown_gpu_is_bad_input(monkeypatch: pytest.MonkeyPatch, tree: Path) -> None:
    monkeypatch.setattr(sys, "argv", ["prepare.py", "--gpu", "abacus"])
    with pytest.raises(SystemExit, match="2"):
        prepare.main()


def test_a_missing_starter_fails(builds: list[str], tree: Path) -> None:
    (tree / ".venv" / "bin" / "python").unlink()
    write_program(tree / ".venv" / "bin" / "python", "exit 1")
    with pytest.raises(SystemExit, match="1"):
        prepare.main()
