"""A Hugging Face checkpoint: a folder with config.json, safetensors and a tokenizer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from converters.json_file import Settings, read_object, read_optional_object, shorten
from converters.safetensors import StoredTensor, read_shard
from models.errors import InputError

INDEX = "model.safetensors.index.json"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint whose files were found and whose tensors are listed; no data was read."""

    folder: Path
    config: Settings
    architecture: str
    """The class in transformers, such as MistralForCausalLM."""
    tensors: Mapping[str, StoredTensor]
    """By the checkpoint's names; shard by shard, and by name within one."""
    _files: dict[str, Settings] = field(default_factory=dict, repr=False)

    def read_optional(self, file: str) -> Settings:
        """The values of a JSON file of the folder; none if there is no such file."""
        if file not in self._files:
            self._files[file] = Settings(read_optional_object(self.folder / file), file)
        return self._files[file]


def open_checkpoint(folder: Path) -> Checkpoint:
    """List the checkpoint in `folder`. Raises InputError, and nothing else."""
    try:
        folder = folder.resolve()
        if not folder.is_dir():
            raise InputError(
                f"{folder} is not a folder: give the folder that holds the model's config.json."
            )
        if not (folder / "config.json").is_file():
            if (folder / "adapter_config.json").is_file():
                raise InputError(
                    f"{folder} holds a LoRA adapter, not a model: convert it with `inkglass "
                    "convert FOLDER --base MODEL`."
                )
            raise InputError(
                f"{folder} has no config.json, so it is not a Hugging Face checkpoint: give the "
                "folder of a downloaded model."
            )
        config = Settings(read_object(folder / "config.json"), "config.json")
        return Checkpoint(folder, config, read_architecture(config), _list_tensors(folder))
    except OSError as error:
        raise InputError(f"{folder} cannot be read ({error.strerror}).") from None


def read_architecture(config: Settings) -> str:
    """Return the class in transformers that config.json names. Raises InputError."""
    match config.values.get("architectures"):
        case [str(name), *_] if name.isidentifier():
            return name
        case found:
            raise InputError(
                f"config.json does not name the model's architecture (architectures is "
                f"{shorten(found)}): get the whole checkpoint again."
            )


def _list_tensors(folder: Path) -> dict[str, StoredTensor]:
    shards = _read_index(folder)
    if shards is None:
        names = sorted(p.name for p in folder.glob("model*.safetensors") if p.is_file())
        if not names:
            raise _no_safetensors(folder)
    else:
        names = sorted(set(shards.values()))
    tensors: dict[str, StoredTensor] = {}
    for name in names:
        for key, tensor in read_shard(folder / name).items():
            if key in tensors:
                raise InputError(
                    f"The tensor {shorten(key)} is both in {tensors[key].shard.name} and in "
                    f"{name}: keep the files of one model only."
                )
            tensors[key] = tensor
    if shards is not None:
        _compare_with_index(tensors, shards)
    return tensors


def _read_index(folder: Path) -> dict[str, str] | None:
    """The file that holds each tensor, if the folder has an index."""
    if not (folder / INDEX).is_file():
        return None
    shards = read_object(folder / INDEX).get("weight_map")
    if not isinstance(shards, dict) or not shards:
        raise InputError(f"{INDEX} lists no tensors (weight_map): download it again.")
    for tensor, shard in shards.items():
        plain = isinstance(shard, str) and shard.endswith(".safetensors") and shard.isprintable()
        if not plain or Path(shard).name != shard or "\\" in shard or ":" in shard:
            raise InputError(
                f"{INDEX} puts {shorten(tensor)} into {shorten(shard)}, which is not the name of "
                "a safetensors file in the folder: download it again."
            )
    return shards


def _compare_with_index(tensors: Mapping[str, StoredTensor], shards: Mapping[str, str]) -> None:
    for name, shard in shards.items():
        if name not in tensors or tensors[name].shard.name != shard:
            raise InputError(
                f"{shard} lacks the tensor {shorten(name)} that {INDEX} puts there: download "
                "both again."
            )
    for name, tensor in tensors.items():
        if name not in shards:
            raise InputError(
                f"{tensor.shard.name} holds the tensor {shorten(name)}, which {INDEX} does not "
                "list: download both again."
            )


def _no_safetensors(folder: Path) -> InputError:
    if any(folder.glob("pytorch_model*.bin")):
        return InputError(
            f"{folder} has only pytorch_model.bin, a format that can run code when it is opened: "
            "get the model as safetensors, or convert it with the safetensors library."
        )
    if any(folder.glob("consolidated*.safetensors")):
        return InputError(
            f"{folder} has only consolidated.safetensors, Mistral's own layout: get the files "
            "named model*.safetensors."
        )
    return InputError(f"{folder} has no model*.safetensors: download the model's weights.")
