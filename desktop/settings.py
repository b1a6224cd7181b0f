"""What the window remembers from one start to the next, as one JSON file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from models.file_replacement import replace_file

MOST_RECENT = 10
USUAL_FONT, SMALLEST_FONT, LARGEST_FONT = 17, 8, 72  # pixels
_Size = Annotated[int, msgspec.Meta(ge=SMALLEST_FONT, le=LARGEST_FONT)]
_Count = Annotated[int, msgspec.Meta(ge=1)]
_Layers = Annotated[int, msgspec.Meta(ge=-1)]


class Settings(msgspec.Struct, kw_only=True):
    """The choices of the person; the defaults are those of a first start.

    recipe      the chain in its notation; empty: the preset's, and without one no stage at all
    model       a file or a name of the library; None: the starter
    tokens      the length of a continuation
    special     BOS and the like
    everything  all settings are shown, not only the simple ones
    heat        the model's text is tinted by how sure it was
    font_size   of the document, in pixels
    candidates  how many are shown of a token
    threads, context, gpu_layers   None: chosen for this machine
    recent      documents, the last one first
    geometry    of the window, as Qt writes it, in base64
    panel_width of the panel beside the page, in pixels
    """

    language: Literal["system", "en", "ja"] = "system"
    scheme: Literal["system", "light", "dark"] = "system"
    model: str | None = None
    preset: str = "balanced"
    recipe: str = ""
    tokens: _Count = 48
    special: bool = True
    everything: bool = False
    heat: bool = True
    font_size: _Size = USUAL_FONT
    candidates: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20
    threads: _Count | None = None
    context: _Count | None = None
    gpu_layers: _Layers | None = None
    recent: Annotated[list[str], msgspec.Meta(max_length=MOST_RECENT)] = []
    geometry: str = ""
    panel_width: _Count = 358
    first_run_done: bool = False

    def remember_document(self, path: Path) -> None:
        """Put a document at the head of the recent ones."""
        others = [name for name in self.recent if name != str(path)]
        self.recent = [str(path), *others][:MOST_RECENT]

    def forget_document(self, path: Path) -> None:
        """Take a document out of the recent ones, as when it is gone."""
        self.recent = [name for name in self.recent if name != str(path)]


def settings_file(folder: Path) -> Path:
    """The settings' file in the folder of the settings."""
    return folder / "settings.json"


def read_settings(folder: Path) -> tuple[Settings, str]:
    """Return the settings of a folder, and one sentence when they could not be read (else "").

    A file that is broken is kept aside as settings.broken.json, and the defaults are returned. A
    field that is unknown, as from a later version, is passed over.
    """
    path = settings_file(folder)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings), ""
    except FileNotFoundError:
        return Settings(), ""
    except OSError as error:
        return Settings(), (
            f"The settings in {path} cannot be read ({error.strerror}), so the defaults are used: "
            "check the rights of the file."
        )
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        aside = path.with_name("settings.broken.json")
        try:
            path.replace(aside)
        except OSError:
            aside = path
        reason = str(error).rstrip(".")
        return Settings(), (
            f"The settings could not be read ({reason}), so the defaults are used: "
            f"the old ones are kept in {aside}."
        )


def write_settings(folder: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    data = msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n"
    replace_file(settings_file(folder), data)
