"""The starter model, an engine that has it loaded, and the installed command."""

import contextlib
import os
import signal
import subprocess
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, settings

from models import library
from models.catalogue import STARTER
from models.engine.blocking import BlockingEngine
from models.errors import InputError

ROOT = Path(__file__).parent.parent
CONTEXT = 2048
THREADS = 1  # two would wait for each other where the machine is busy
END_S = 30.0  # what ends by itself after a module has this long to do so

Inkglass = Callable[..., subprocess.CompletedProcess[bytes]]

settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    database=None,
    # a folder for all examples is what these tests want
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("steady")


def pytest_configure() -> None:
    """What the tests and all that they start take over from whoever runs them, made alike."""
    # before libllama is loaded: its threads sleep while they wait, which a busy machine needs
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ["LC_ALL"] = "C.UTF-8"  # windows and the system speak English
    os.environ.pop("LANGUAGE", None)  # Qt would ask it first
    signal.signal(signal.SIGINT, signal.default_int_handler)  # `make test &` ignores Ctrl+C


@pytest.fixture(scope="session")
def starter_path() -> Path:
    """The starter model's file, in the models folder of whoever runs the tests."""
    try:
        return library.find_model(STARTER.id).absolute()
    except InputError as error:
        pytest.fail(f"The tests need the starter model: run `make test`. {error}", pytrace=False)


@pytest.fixture(scope="module", autouse=True)
def _nothing_left() -> Iterator[None]:
    """No module leaves a child process or a thread behind."""
    before = {thread.ident for thread in threading.enumerate()}
    yield
    deadline = time.monotonic() + END_S
    while True:
        threads = [t.name for t in threading.enumerate() if t.ident not in before]
        children = psutil.Process().children(recursive=True)
        if not threads and not children:
            return
        if time.monotonic() > deadline:
            left = [str(child) for child in children]
            for child in children:  # the next modules did not start them
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()
            psutil.wait_procs(children, timeout=END_S)
            pytest.fail(f"left behind: threads {threads}, processes {left}")
        time.sleep(0.02)


@pytest.fixture(scope="module")
def engine(starter_path: Path) -> Iterator[BlockingEngine]:
    """An engine process with the starter loaded."""
    with BlockingEngine() as engine:
        engine.load(starter_path, context=CONTEXT, threads=THREADS)
        yield engine


@pytest.fixture
def home_with_starter(starter_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the program, as INKGLASS_HOME, that has the starter model and nothing else."""
    home = tmp_path / "home"
    (home / "models").mkdir(parents=True)
    (home / "models" / starter_path.name).symlink_to(starter_path)
    monkeypatch.setenv("INKGLASS_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def inkglass() -> Inkglass:
    """Run the installed command as a user does; stdin is empty, stdout and stderr are bytes."""

    def run(
        *arguments: str | bytes, stdin: bytes = b"", cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [inkglass_path(), *arguments],
            input=stdin,
            capture_output=True,
            cwd=cwd,
            env=environment_without_display() | environment,
            timeout=120,
            check=False,
        )

    return run


def environment_without_display() -> dict[str, str]:
    """The environment of this process as a terminal without a display has it."""
    display = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return {name: value for name, value in os.environ.items() if name not in display}


def inkglass_path() -> Path:
    """The command that the environment's installation made."""
    return Path(sysconfig.get_path("scripts")) / "inkglass"
