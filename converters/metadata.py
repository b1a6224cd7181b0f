"""What a checkpoint says about itself: name, licence, base model, recommended sampling.

The rules that take a name such as Mistral-7B-Instruct-v0.2 apart are those of the package gguf
(`gguf.metadata`), which llama.cpp's converter uses; the files are read here, bounded.
"""

from pathlib import Path

import gguf

from converters.checkpoint import Checkpoint
from converters.json_file import read_text
from converters.key_list import KeyList
from models.errors import InputError
from models.ggml_types import ValueType

MAX_CARD_BYTES = 16 * 2**20
# Names in generation_config.json, and the fields of gguf.Metadata that they fill
_SAMPLING = {
    "sequence": "sampling_sequence",
    "top_k": "sampling_top_k",
    "top_p": "sampling_top_p",
    "min_p": "sampling_min_p",
    "xtc_probability": "sampling_xtc_probability",
    "xtc_threshold": "sampling_xtc_threshold",
    "temperature": "sampling_temp",
    "penalty_last_n": "sampling_penalty_last_n",
    "penalty_repeat": "sampling_penalty_repeat",
    "mirostat": "sampling_mirostat",
    "mirostat_tau": "sampling_mirostat_tau",
    "mirostat_eta": "sampling_mirostat_eta",
}


def put_metadata(keys: KeyList, checkpoint: Checkpoint, parameters: int) -> str:
    """Put the general.* keys of a model of so many `parameters`, and give the model's name.

    Raises InputError for a model card or a generation_config.json that cannot be used.
    """
    generation = checkpoint.read_optional("generation_config.json").values
    card = _read_card(checkpoint.folder)
    try:
        metadata = gguf.Metadata.apply_metadata_heuristic(
            gguf.Metadata(), card, dict(checkpoint.config.values), checkpoint.folder, parameters
        )
        for name, field in _SAMPLING.items():
            if (value := generation.get(name)) is not None:
                setattr(metadata, field, value)
        if metadata.sampling_penalty_repeat is None:
            metadata.sampling_penalty_repeat = generation.get("repetition_penalty")  # type: ignore[assignment]  # checked by put
        metadata.name = str(metadata.name or checkpoint.folder.name)
        if metadata.size_label is None and parameters:
            metadata.size_label = gguf.size_label(parameters, parameters, 0, 0)
        recorder = gguf.GGUFWriter(None, "")
        metadata.set_gguf_meta_model(recorder)
    except Exception as error:  # the rules take the shape of every value for granted
        raise InputError(
            f"README.md or config.json describes the model in a form that cannot be used "
            f"({type(error).__name__}: {error}): correct or remove the README.md."
        ) from None
    keys.put_text("general.type", "model")
    for name, entry in recorder.kv_data[0].items():
        if name == "general.architecture":
            continue
        kind = ValueType(entry.type)
        if kind is ValueType.ARRAY:
            keys.put_list(name, ValueType.STRING, [str(value) for value in entry.value])
        elif kind is ValueType.STRING:  # YAML makes numbers and dates of some values
            keys.put_text(name, str(entry.value))
        else:
            keys.put(name, kind, entry.value)
    return metadata.name


def _read_card(folder: Path) -> dict[str, object]:
    """The front matter of the model card, README.md."""
    path = folder / "README.md"
    if not path.is_file():
        return {}
    read_text(path, MAX_CARD_BYTES)  # its size and encoding, before the other reader
    try:
        return gguf.Metadata.load_model_card(folder)
    except Exception:  # of the YAML library, which is the package's and not ours
        raise InputError(
            "The front matter of README.md is not valid YAML: correct it, or remove the file."
        ) from None
