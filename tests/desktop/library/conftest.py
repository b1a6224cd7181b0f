"""A whole window with the library in front, and models small enough to convert at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.library.workspace import LibraryWorkspace
from desktop.window import Window
from tests.converters.random_models import write_random_model
from tests.converters.small_checkpoints import write_mistral
from tests.desktop.conftest import OpenWindow, Wait
from tests.models.conftest import write_gguf

OpenLibrary = Callable[..., tuple[Window, LibraryWorkspace]]


@pytest.fixture
def open_library(open_window: OpenWindow, wait: Wait) -> OpenLibrary:
    """Open a window, go to its library, and wait until it has been read."""

    def open_one() -> tuple[Window, LibraryWorkspace]:
        window = open_window()
        wait(lambda: window.model.state == "ready")
        window.actions["go-library"].trigger()
        library = window.workspaces.built["library"]
        assert isinstance(library, LibraryWorkspace)
        wait(lambda: library.page.models and library.panel.keys.toPlainText())
        wait(lambda: all(row.isVisible() for row in library.page.models.values()))
        return window, library

    return open_one


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small Mistral as Hugging Face lays it out."""
    folder = tmp_path_factory.mktemp("checkpoint") / "Mistral-small"
    folder.mkdir()
    write_mistral(folder)
    return folder


@pytest.fixture(scope="session")
def linked_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model that can be loaded from where it is."""
    return write_gguf(tmp_path_factory.mktemp("linked") / "Tiny-Q4_0.gguf", context=2048)


@pytest.fixture(scope="session")
def random_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model in BF16 with a context of 512 tokens, shorter than the settings ask for."""
    return write_random_model(tmp_path_factory.mktemp("elsewhere") / "Random-BF16.gguf")


@pytest.fixture(scope="session")
def long_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model that takes seconds to convert, so that there is time to stop it."""
    folder = tmp_path_factory.mktemp("long")
    return write_random_model(
        folder / "Long-BF16.gguf", embedding=1024, feed_forward=4096, heads=16, layers=10
    )
