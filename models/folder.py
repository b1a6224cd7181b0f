"""Where the models, samplers, documents, settings and logs of a user live."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from models.errors import InputError

APPLICATION = "inkglass"
HOME_VARIABLE = "INKGLASS_HOME"


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one user. None is made before something is written into it."""

    models: Path
    samplers: Path
    documents: Path
    settings: Path
    logs: Path
    comparisons: Path


def expand(given: str | os.PathLike[str]) -> Path:
    """Return a path that a person gave, `~` and `~name` written out.

    Raises InputError for an empty one, and where nobody of that name has a home.
    """
    if not os.fspath(given):  # which pathlib would take for the current folder
        raise InputError("The path is empty: give the name of a file or a folder.")
    path = Path(given)
    try:
        return path.expanduser()
    except RuntimeError:
        raise InputError(f"{path.parts[0]} is nobody's home here: check {path}.") from None


def can_be_folder(path: Path) -> bool:
    """Whether a path is a folder, or nothing yet and below one."""
    above = (path, *path.absolute().parents)
    return os.path.isdir(next(place for place in above if os.path.lexists(place)))


def find_folders() -> Folders:
    """Return the folders of this user: under INKGLASS_HOME if set, else the platform's own.

    Raises InputError for an INKGLASS_HOME where no folder can be.
    """
    home = os.environ.get(HOME_VARIABLE)
    if home:
        root = expand(home).absolute()
        if not can_be_folder(root):
            raise InputError(f"{root} is no folder: let {HOME_VARIABLE} name one.")
        return Folders(
            models=root / "models",
            samplers=root / "samplers",
            documents=root / "documents",
            settings=root / "settings",
            logs=root / "logs",
            comparisons=root / "comparisons",
        )
    directories = platformdirs.PlatformDirs(APPLICATION, appauthor=False)
    data = directories.user_data_path
    return Folders(
        models=data / "models",
        samplers=data / "samplers",
        documents=data / "documents",
        settings=directories.user_config_path,
        logs=directories.user_log_path,
        comparisons=data / "comparisons",
    )
