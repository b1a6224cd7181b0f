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

    Raises InputError where nobody of that name has a home.
    """
    path = Path(given)
    try:
        return path.expanduser()
    except RuntimeError:
        raise InputError(f"{path.parts[0]} is nobody's home here: check {path}.") from None


def find_folders() -> Folders:
    """Return the folders of this user: under INKGLASS_HOME if set, else the platform's own."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        root = expand(home).absolute()
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
