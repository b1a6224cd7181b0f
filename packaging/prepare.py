"""Prepare all that Inkglass needs here: uv, the environment, Qt's libraries, words and a model.

Runs on the system's own Python with nothing but the standard library, with or without make:

    python3 packaging/prepare.py [--gpu cuda|vulkan|metal|none]

A second run on the same processor finds its stamp in `.venv` and needs no network. The choice of a
GPU is kept there. Without one, llama.cpp builds as it does by itself: with Metal on a Mac, else for
the processor.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

if sys.version_info < (3, 11):  # noqa: UP036  (any Python 3 may be asked to run this file)
    for minor in (14, 13, 12, 11):
        newer = shutil.which("python3.%d" % minor)  # noqa: UP031
        if newer and subprocess.call([newer, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(newer, [newer, *sys.argv])
    sys.exit("Inkglass needs Python 3.11 or later; python3 is %d.%d." % sys.version_info[:2])  # noqa: UP031

import system_libraries
import translations

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "inkglass.json"
OWN_UV = ROOT / ".uv"
UV_VERSION = "0.13.9"
OLDEST_UV = (0, 9)  # earlier ones do not know `config-settings-package`
ROOMS = ("desktop", "converters", "models")
SYNC = ("sync", "--locked", "--no-progress", "--compile-bytecode")
GPUS = ("cuda", "vulkan", "metal", "none")
PROCESSOR = Path("/proc/cpuinfo")
INSTRUCTIONS = re.compile(r"\b(?:sse|avx|fma|f16c|bmi|amx|asimd|fphp|i8mm|bf16|sve)\w*")
BUILDS = re.compile(r"\s*(?:Building|Built) llama-cpp-python\b")
GET_COMPILER = "xcode-select --install" if sys.platform == "darwin" else "sudo apt-get install g++"


def main() -> None:
    """Bring the environment up to date; say nothing when it is."""
    parser = argparse.ArgumentParser(description="Prepare the environment of Inkglass in .venv.")
    parser.add_argument(
        "--gpu",
        choices=("", *GPUS),
        default="",
        help="what llama.cpp is built for; kept until it is named anew (none: the processor alone)",
    )
    stamp = read_stamp()
    gpu = parser.parse_args().gpu or stamp.get("gpu", "")
    definitions = list_definitions(gpu)
    inputs = digest_inputs(definitions)
    python = ENVIRONMENT / "bin" / "python"
    is_built = stamp.get("inputs") == inputs and python.exists()
    if not is_built:
        start = time.monotonic()
        build_environment(find_uv(), gpu, definitions)
        say(f"The environment is ready after {time.monotonic() - start:.0f} s.")
    if not (is_built and stamp.get("complete")):  # what is missing is named each time
        warnings = system_libraries.complete(ENVIRONMENT)
        for warning in warnings:
            say(warning)
        made = {"gpu": gpu, "inputs": inputs, "complete": not warnings}
        STAMP.write_text(json.dumps(made) + "\n", encoding="utf-8")
    translations.compile_all(ROOT, ENVIRONMENT)
    subprocess.call([python, "-m", "compileall", "-qq", *ROOMS], cwd=ROOT, stdout=2)
    path = os.pathsep.join([str(OWN_UV / "bin"), os.environ.get("PATH", os.defpath)])
    if subprocess.call(
        [python, "-m", "models.starter"], cwd=ROOT, env={**os.environ, "PATH": path}, stdout=2
    ):
        sys.exit(1)  # it has said why


def say(sentence: str) -> None:
    """Print on stderr, since stdout may be a pipe that waits for the program's own output."""
    print(sentence, file=sys.stderr)


def read_stamp() -> dict[str, Any]:
    """What the last successful run left: `gpu`, `inputs` and whether Qt's libraries are `complete`;
    empty when there is none.
    """
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def digest_inputs(definitions: list[str]) -> str:
    """A hash of everything that the environment is made from, its place included."""
    digest = hashlib.sha256("\n".join([str(ROOT), *SYNC, *definitions, ""]).encode())
    for name in ("pyproject.toml", "uv.lock"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def find_uv() -> str:
    """The uv on PATH when it is recent enough, else our own in `.uv`, installed when missing."""
    present = shutil.which("uv")
    if present and is_recent(present):
        return present
    program = OWN_UV / "bin" / "uv"
    if not (program.exists() and is_recent(str(program))):
        say(f"Installing uv {UV_VERSION} into {OWN_UV.name}/ ...")
        install_uv()
    return str(program)


def is_recent(uv: str) -> bool:
    """Whether this uv starts and understands our pyproject.toml."""
    try:
        answer = subprocess.run([uv, "--version"], capture_output=True, text=True).stdout
    except OSError:
        return False
    version = re.match(r"uv (\d+)\.(\d+)", answer)
    return version is not None and (int(version[1]), int(version[2])) >= OLDEST_UV


def install_uv() -> None:
    """Install uv with pip: in a venv of its own, or beside Debian's pip that came without venv."""
    shutil.rmtree(OWN_UV, ignore_errors=True)
    if not has_module("ensurepip") and not has_module("pip"):
        system_libraries.apt_install(["python3-venv"])
    if has_module("ensurepip"):
        subprocess.call([sys.executable, "-m", "venv", OWN_UV])
        pip = [str(OWN_UV / "bin" / "python"), "-m", "pip", "install"]
    elif has_module("pip"):
        pip = [sys.executable, "-m", "pip", "install", "--target", str(OWN_UV)]
    else:
        sys.exit(
            "python3 can install nothing, since its modules venv and pip are missing: run "
            "`sudo apt-get install python3-venv` (Debian, Ubuntu), or install uv yourself."
        )
    if subprocess.call([*pip, "--quiet", f"uv=={UV_VERSION}"]) != 0:
        shutil.rmtree(OWN_UV, ignore_errors=True)
        sys.exit("uv could not be installed: check the network, or install uv yourself.")


def has_module(name: str) -> bool:
    """Whether this Python could import the module now, even if it was installed a moment ago."""
    importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


def list_definitions(gpu: str) -> list[str]:
    """CMake's definitions for a llama.cpp that runs here, beside those of pyproject.toml."""
    definitions = []
    if gpu in GPUS[:-1]:
        definitions.append(f"GGML_{gpu.upper()}=ON")
    elif gpu == "none" and sys.platform == "darwin":
        definitions.append("GGML_METAL=OFF")  # which is on by default there, and nowhere else
    try:
        instructions = sorted(set(INSTRUCTIONS.findall(PROCESSOR.read_text(errors="replace"))))
    except OSError:
        return definitions  # not Linux
    # uv keeps what it built: a home that went to another processor must not find it.
    processor = hashlib.sha256(" ".join(instructions).encode()).hexdigest()[:16]
    definitions.append(f"INKGLASS_PROCESSOR={processor}")
    left_out = []
    if "amx_int8" in instructions:
        # GCC 12's _tile_loadconfig lets most of its argument be optimized away: SIGILL at work.
        left_out.append("-U__AMX_INT8__")
    if "avx512_fp16" in instructions:
        # ggml's code for it takes 128 numbers at once: a head of 64 goes one by one, by a table.
        left_out.append("-U__AVX512FP16__")
    for language in ("C", "CXX") if left_out else ():
        flags = " ".join([os.environ.get(f"{language}FLAGS", ""), *left_out]).strip()
        definitions.append(f"CMAKE_{language}_FLAGS={flags}")
    return definitions


def build_environment(uv: str, gpu: str, definitions: list[str]) -> None:
    """Make `.venv` what uv.lock says; while llama.cpp is being built, show that time passes.

    All packages are compiled to bytecode, as our own rooms are: else the first start would do it,
    and every one where Python is told to write none (PYTHONDONTWRITEBYTECODE). Compiling takes as
    long as all the rest of a start.

    First from what uv keeps: where an index does not say how long its files may be kept, uv would
    get the source again, and build what it has built already.
    """
    command = [uv, *SYNC]
    if not (ENVIRONMENT / "bin" / "python").exists():
        command += ["--python", sys.executable]
    for definition in definitions:
        command += ["--config-settings-package", f"llama-cpp-python:cmake.define.{definition}"]
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    environment |= {"UV_PROJECT_ENVIRONMENT": ".venv", "UV_PYTHON_DOWNLOADS": "never"}
    for offline in (True, False):
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment | ({"UV_OFFLINE": "1"} if offline else {}),
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        ) as process:
            built = follow(process, quiet=offline)
        if process.returncode == 0:
            return
    if not built and gpu not in {"", "none"}:
        sys.exit(f"llama.cpp could not be built for {gpu}: install what it names, or use GPU=none.")
    if not built:
        sys.exit("llama.cpp could not be built: the reason is above.")
    sys.exit("uv could not make the environment: the reason is above.")


def follow(process: "subprocess.Popen[str]", *, quiet: bool) -> bool:
    """Show uv's messages to the end, and the time while it builds; whether no build stayed undone.

    With `quiet` a build alone is told of. Exits at once when llama.cpp must be built and there is
    no compiler.
    """
    lines: queue.Queue[str | None] = queue.Queue()
    reader = threading.Thread(target=forward_lines, args=(process, lines), daemon=True)
    reader.start()
    terminal = sys.stderr.isatty()
    build_start = None
    while True:
        try:
            line = lines.get(timeout=1 if terminal else 30)
        except queue.Empty:
            if build_start is not None:
                minutes, seconds = divmod(int(time.monotonic() - build_start), 60)
                end = "\r" if terminal else "\n"
                print(f"   llama.cpp: {minutes} min {seconds:02} s", end=end, file=sys.stderr)
            continue
        if line is None:
            return build_start is None
        if line.startswith((" + ", " - ", " ~ ")):
            continue  # the list of all packages
        if not quiet or BUILDS.match(line):
            say(line)
        if "Building llama-cpp-python" in line:
            if not has_compiler():
                process.terminate()
                reader.join()
                sys.exit(f"llama.cpp is built here and needs a C++ compiler: run `{GET_COMPILER}`.")
            build_start = time.monotonic()
            say("   llama.cpp: two to five minutes on two cores, once for this processor")
        elif "Built llama-cpp-python" in line:
            build_start = None


def forward_lines(process: "subprocess.Popen[str]", lines: "queue.Queue[str | None]") -> None:
    """Pass on each line of the process's stderr as it comes; None at the end."""
    for line in process.stderr or ():
        lines.put(line.rstrip("\n"))
    lines.put(None)


def has_compiler() -> bool:
    """Whether a C++ compiler starts (on a bare macOS the name is there, the compiler is not)."""
    for name in (os.environ.get("CXX"), "c++", "g++", "clang++"):
        path = name and shutil.which(name)
        if path and subprocess.run([path, "--version"], capture_output=True).returncode == 0:
            return True
    return False


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
