"""One class for each architecture that can be converted, found by its name in transformers.

Keys and tensors are those of llama.cpp's converter at the release of llama-cpp-python 0.3.36, in
its order and byte by byte (tests/converters/goldens). Where they differ, on purpose:

- A checkpoint that AWQ packed is taken, its weights as Q4_1; there, it is refused.
- The masks in GPT-2's published files are dropped; there, they end the conversion with an error.
- Gemma's 1 + weight is summed in float32; there, in F16 for norms that are stored so.
- A SentencePiece vocabulary with only tokenizer.json keeps its merge order in the scores, its bytes
  and unknown token score 0, and <unk> has its own type; there, all score -1000.
- A special token given as an object counts as its content when a template names it, ids below zero
  or beyond the vocabulary are left out, and numbers and dates of the model card become text.
- Names of chat templates are in the order of the files; there, in that of a set.
- The keys for filling in the middle, which upstream gives CodeLlama alone, are not written.
"""

from collections.abc import Mapping
from pathlib import Path

from converters.architectures.architecture import Architecture
from converters.architectures.gemma3 import Gemma3, Gemma3WithImages
from converters.architectures.gpt2 import GPT2
from converters.architectures.llama import Llama
from converters.architectures.mistral import Mistral
from converters.architectures.qwen2 import Qwen2
from converters.awq import unpack_awq
from converters.checkpoint import Checkpoint, open_checkpoint
from converters.json_file import shorten
from converters.key_list import KeyList
from converters.metadata import put_metadata
from converters.source import ModelSource
from converters.vocabulary import put_vocabulary, read_vocabulary
from models.errors import InputError

ARCHITECTURES: Mapping[str, type[Architecture]] = {
    "Gemma3ForCausalLM": Gemma3,
    "Gemma3ForConditionalGeneration": Gemma3WithImages,
    "GPT2LMHeadModel": GPT2,
    "LlamaForCausalLM": Llama,
    "MistralForCausalLM": Mistral,
    "Qwen2ForCausalLM": Qwen2,
}


def open_model(folder: Path) -> ModelSource:
    """Open the Hugging Face checkpoint in `folder` as the source of a conversion.

    Everything but the data of the tensors is read and checked. Raises InputError, and nothing else,
    for a folder that is not a whole checkpoint of a known architecture.
    """
    return describe_model(open_checkpoint(folder))


def describe_model(checkpoint: Checkpoint) -> ModelSource:
    """Give the metadata and the tensors that the checkpoint has in GGUF. Raises InputError."""
    kind = ARCHITECTURES.get(checkpoint.architecture)
    if kind is None:
        raise InputError(
            f"This is a {shorten(checkpoint.architecture)}, and what can be converted is "
            f"{', '.join(sorted(ARCHITECTURES))}: look for the model as GGUF."
        )
    quantization = checkpoint.config.section("quantization_config")
    method = quantization.values.get("quant_method")
    if method == "awq":
        checkpoint = unpack_awq(checkpoint)
    elif quantization.values:
        raise InputError(
            f"The checkpoint is quantized already ({shorten(method)}), and of such only AWQ can be "
            "converted: get the original model, in BF16 or F16."
        )
    architecture = kind(checkpoint)
    tensors = architecture.take_tensors()
    keys = KeyList()
    keys.put_text("general.architecture", architecture.gguf_name)
    parameters = sum(tensor.rows * tensor.columns for tensor in tensors)
    name = put_metadata(keys, checkpoint, parameters)
    architecture.put_parameters(keys)
    keys.quantization_version_index = len(keys)
    architecture.put_before_vocabulary(keys)
    vocabulary = read_vocabulary(checkpoint, architecture.vocabulary_size)
    put_vocabulary(keys, checkpoint, vocabulary)
    architecture.put_after_vocabulary(keys)
    return ModelSource(
        name=name,
        architecture=architecture.gguf_name,
        keys=keys.items(),
        file_type_index=keys.file_type_index,
        quantization_version_index=keys.quantization_version_index,
        tensors=tensors,
        layers=architecture.layers,
        heads=architecture.heads,
        heads_kv=architecture.heads_kv,
        experts=0,
    )
