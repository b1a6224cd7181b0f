"""Checkpoints, and making levels of them."""

from __future__ import annotations

from desktop.errors.template import Written
from desktop.translation import QT_TRANSLATE_NOOP

SENTENCES: tuple[Written, ...] = (
    QT_TRANSLATE_NOOP(
        "Error", "There is no {source}: choose a checkpoint's folder or a .gguf file."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is at {level} already, and no level makes it smaller: choose a larger file, "
        "or the original checkpoint.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "This is a {architecture}, and what can be converted is {known}: look for the model "
        "as GGUF.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The checkpoint is quantized already ({method}), and of such only AWQ can be "
        "converted: get the original model, in BF16 or F16.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "config.json claims {layers} layers and {tokens} tokens, and at most {most_layers} "
        "and {most_tokens} can be converted: check this file.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "config.json gives {name} = {value}, which the GGUF architecture {architecture} "
        "cannot express: this model cannot be converted.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} holds the tensor {tensor}, which {architecture} has no place for: it may be "
        "an adapter or another kind of model, and cannot be converted.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "The checkpoint lacks {count} tensors, {first} first: download the missing files."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} holds {tensor} in the type {type}, and F32, F16 and BF16 can be converted: "
        "get the model in one of these.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} holds {tensor} in the shape {shape}, and by config.json it is {wanted}: the "
        "files do not belong together.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "config.json gives {heads} heads of {size} values over {heads_kv} key-value heads, "
        "which do not divide: check this file.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "config.json describes a mixture of experts (num_local_experts), which cannot be "
        "converted here.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "config.json asks for rope scaling of the type {type}, which cannot be converted for "
        "this architecture.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "config.json asks for rope in sections (mrope_section): this model reads images, and "
        "cannot be converted.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "config.json scales rope by {factor} with low_freq_factor {low} and high_freq_factor "
        "{high}, which is no scaling: check this file.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{tensor} is packed by AWQ in a direction that cannot be turned: get the original "
        "model, in BF16 or F16.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The checkpoint is quantized by AWQ in a way that cannot be converted ({bits} bits, "
        "version {version}, groups of {group}; possible is 4 bits, gemm, groups of a "
        "multiple of {block}, with zero points): get the original model, in BF16 or F16.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "The checkpoint lacks a part of {module} (of {parts}): download it again."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{module} is not packed as AWQ packs groups of {group}: qweight {qweight}, qzeros "
        "{qzeros}, scales {scales}; get the original model, in BF16 or F16.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{folder} is not a folder: give the folder that holds the model's config.json."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{folder} holds a LoRA adapter, not a model: convert it with `inkglass convert "
        "FOLDER --base MODEL`.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{folder} has no config.json, so it is not a Hugging Face checkpoint: give the "
        "folder of a downloaded model.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "config.json does not name the model's architecture (architectures is {value}): get "
        "the whole checkpoint again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The tensor {tensor} is both in {first} and in {second}: keep the files of one model only.",
    ),
    QT_TRANSLATE_NOOP("Error", "{file} lists no tensors (weight_map): download it again."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{file} puts {tensor} into {shard}, which is not the name of a safetensors file in "
        "the folder: download it again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{shard} lacks the tensor {tensor} that {file} puts there: download both again."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{shard} holds the tensor {tensor}, which {file} does not list: download both again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{folder} has only pytorch_model.bin, a format that can run code when it is opened: "
        "get the model as safetensors, or convert it with the safetensors library.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{folder} has only consolidated.safetensors, Mistral's own layout: get the files "
        "named model*.safetensors.",
    ),
    QT_TRANSLATE_NOOP("Error", "{folder} has no model*.safetensors: download the model's weights."),
    QT_TRANSLATE_NOOP(
        "Error", "llama.cpp's library cannot be loaded ({reason}): run `make run` to set it up."
    ),
    QT_TRANSLATE_NOOP("Error", "{path} was moved or replaced while it was written: run again."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is being written by another Inkglass: wait for it, or choose another folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "Something else has meanwhile written {taken}, which was left alone: what was made here "
        "is {kept}.",
    ),
    QT_TRANSLATE_NOOP("Error", "{name} holds no model (a vocabulary only): choose a model file."),
    QT_TRANSLATE_NOOP("Error", "{name} holds no model ({kind}): choose a model file."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{tensor} is stored as {type}, which cannot be read back: get the model at another level.",
    ),
    QT_TRANSLATE_NOOP("Error", "{path} became shorter while it was read: start again."),
    QT_TRANSLATE_NOOP("Error", "{name} is larger than {size}: check the folder."),
    QT_TRANSLATE_NOOP("Error", "{name} is larger than {size}."),
    QT_TRANSLATE_NOOP(
        "Error", "{path} cannot be read ({reason}): check the folder and its permissions."
    ),
    QT_TRANSLATE_NOOP("Error", "{name} is not text in UTF-8: download it again."),
    QT_TRANSLATE_NOOP(
        "Error", "The header of {name} is not valid JSON ({reason}): download it again."
    ),
    QT_TRANSLATE_NOOP(
        "Error", "The header of {name} does not hold a JSON object: download it again."
    ),
    QT_TRANSLATE_NOOP("Error", "{name} is not valid JSON ({reason}): download it again."),
    QT_TRANSLATE_NOOP("Error", "{name} does not hold a JSON object: download it again."),
    QT_TRANSLATE_NOOP(
        "Error", "{name} must be {kind}, and {file} does not give it: check this file."
    ),
    QT_TRANSLATE_NOOP("Error", "{name} must be {kind}, and {file} gives {what}: check this file."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The checkpoint gives {value} for {name}, which is not a usable {kind}: correct the "
        "file of the checkpoint that says so.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "README.md or config.json describes the model in a form that cannot be used "
        "({reason}): correct or remove the README.md.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "The front matter of README.md is not valid YAML: correct it, or remove the file."
    ),
    QT_TRANSLATE_NOOP("Error", "{threads} threads cannot be used: give 1 to {most}."),
    QT_TRANSLATE_NOOP("Error", "An adapter is not quantized to {level}: choose {known}."),
    QT_TRANSLATE_NOOP("Error", "{name} holds values too large for {level}: choose BF16 or F32."),
    (
        "{chunks} chunks measure nothing: give --chunks 1 or more.",
        QT_TRANSLATE_NOOP("Error", "{chunks} chunks measure nothing: choose 1 or more."),
    ),
    (
        "Chunks of {context} tokens cannot be read: give --context {least} to {most}.",
        QT_TRANSLATE_NOOP(
            "Error", "Chunks of {context} tokens cannot be read: choose {least} to {most}."
        ),
    ),
    QT_TRANSLATE_NOOP("Error", "No level is given: name one, like Q4_K_M."),
    (
        (
            "The weights are quantized already ({types}), and again they would lose more "
            "than from the original: convert the original, or give --requantize."
        ),
        QT_TRANSLATE_NOOP(
            "Error",
            "The weights are quantized already ({types}), and again they would lose more "
            "than from the original: convert the original, or allow it below the levels.",
        ),
    ),
    (
        (
            "The weights are quantized already ({types}), and again they would lose more "
            "than from the original: choose {level}, which keeps them, convert the "
            "original, or give --requantize."
        ),
        QT_TRANSLATE_NOOP(
            "Error",
            "The weights are quantized already ({types}), and again they would lose more "
            "than from the original: choose {level}, which keeps them, convert the original, "
            "or allow it below the levels.",
        ),
    ),
    QT_TRANSLATE_NOOP("Error", "There is no level {level} to convert to: choose among {known}."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{tensor} holds {count} values that are not finite numbers, the first in row {row}: "
        "the source is damaged, get it again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{tensor} holds values that are not finite numbers (rows {first} to {last}): the "
        "source is damaged, get it again.",
    ),
    (
        (
            "{tensor} holds values too large for {type} (rows {first} to {last}): choose "
            "BF16 or F32, or give it a type with --tensor-type."
        ),
        QT_TRANSLATE_NOOP(
            "Error",
            "{tensor} holds values too large for {type} (rows {first} to {last}): choose "
            "BF16 or F32.",
        ),
    ),
    QT_TRANSLATE_NOOP("Error", "{name} ends within {tensor}: download it again."),
    QT_TRANSLATE_NOOP("Error", "There is no file {path}: download the missing part."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is cut off or damaged: {tensor} lies at {start} to {end} of {size} bytes of "
        "data; download it again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The header of a safetensors file names one thing twice, so the file is damaged: "
        "download the model again.",
    ),
    QT_TRANSLATE_NOOP("Error", "{name} is damaged: {fault}; download it again."),
    (
        "{path} is the source itself: choose another --output.",
        QT_TRANSLATE_NOOP("Error", "{path} is the source itself: choose another folder."),
    ),
    (
        "{path} is a folder: move it, or choose another --output.",
        QT_TRANSLATE_NOOP(
            "Error", "{path} is a folder: move it, or choose another one for the files."
        ),
    ),
    (
        "{path} is already there: give --force to replace it, or choose another --output.",
        QT_TRANSLATE_NOOP("Error", "{path} is already there: remove it, or choose another folder."),
    ),
    QT_TRANSLATE_NOOP("Error", "{folder} is not a folder: give one to write into."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The conversion needs {needed}, {free} are free in {folder}: make room, choose fewer "
        "or lower levels, or another folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{folder} takes no more ({reason}): make room there, or choose another folder."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{folder} has no tokenizer.model and no tokenizer.json: download the files of the "
        "tokenizer.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{folder} has no tokenizer.model and no tokenizer.json (its tekken.json is Mistral's "
        "own format): download the files of the tokenizer.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "tokenizer.json holds a {kind} model, and BPE and SentencePiece can be converted: "
        "this model cannot.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The model has vocab.json alone, which does not say how text is cut: get it with its "
        "tokenizer.json.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "tokenizer.json cuts text in a way that is not known here ({value}): those of GPT-2, "
        "Llama 3, SmolLM2 and Qwen2 can be converted.",
    ),
    QT_TRANSLATE_NOOP("Error", "tokenizer.json has no list of merges: download it again."),
    QT_TRANSLATE_NOOP("Error", "tokenizer.json has {value} among its merges: download it again."),
    QT_TRANSLATE_NOOP("Error", "The model has vocab.json and no merges.txt: download it too."),
    QT_TRANSLATE_NOOP("Error", "Line {line} of merges.txt is not two pieces: download it again."),
    QT_TRANSLATE_NOOP("Error", "added_tokens in tokenizer.json is not a list: download it again."),
    QT_TRANSLATE_NOOP(
        "Error",
        "tokenizer.json changes text in a way that is not known here ({value}): get the "
        "model with its tokenizer.model.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "tokenizer.json cuts text in a way that is not known here ({value}): get the model "
        "with its tokenizer.model.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name} is not a whole SentencePiece model ({reason}): download it again."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} holds {count} pieces, so it is not the tokenizer of a model: download it again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is not of the kind BPE (its model_type is {kind}), and llama.cpp reads no "
        "other SentencePiece model: this model cannot be converted.",
    ),
    QT_TRANSLATE_NOOP("Error", "tokenizer.json has {value} in a template: download it again."),
    QT_TRANSLATE_NOOP("Error", "The chat template is larger than 1 MiB: download its file again."),
    QT_TRANSLATE_NOOP("Error", "{file} adds a token {token} as {value}: download it again."),
    QT_TRANSLATE_NOOP("Error", "{what} gives {token} the id {number}."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{what} gives {token} the id {number}, and config.json says that the vocabulary has "
        "{size} tokens (vocab_size): the files do not belong together.",
    ),
    QT_TRANSLATE_NOOP("Error", "{what} gives the id {number} to two tokens."),
)
PHRASES: tuple[Written, ...] = (
    QT_TRANSLATE_NOOP("Error", "something unreadable"),
    QT_TRANSLATE_NOOP("Error", "a whole number from 1"),
    QT_TRANSLATE_NOOP("Error", "a number"),
    QT_TRANSLATE_NOOP("Error", "true or false"),
    QT_TRANSLATE_NOOP("Error", "an object"),
    QT_TRANSLATE_NOOP("Error", "its header claims {count} bytes, and the file has {size}"),
    QT_TRANSLATE_NOOP("Error", "its header claims over {size}"),
    QT_TRANSLATE_NOOP("Error", "its header is not JSON"),
    QT_TRANSLATE_NOOP("Error", "it claims to hold {count} tensors"),
    QT_TRANSLATE_NOOP("Error", "the data of {first} and {second} overlap"),
    QT_TRANSLATE_NOOP("Error", "the entry of {tensor} is {value}"),
    QT_TRANSLATE_NOOP("Error", "{tensor} has the shape {shape}"),
    QT_TRANSLATE_NOOP("Error", "{tensor} has {count} bytes of data"),
    QT_TRANSLATE_NOOP("Error", "a piece is empty"),
    QT_TRANSLATE_NOOP("Error", "a field of the kind {kind} at byte {position}"),
    QT_TRANSLATE_NOOP("Error", "it is cut off at byte {position}"),
    QT_TRANSLATE_NOOP("Error", "a number is cut off at byte {position}"),
    QT_TRANSLATE_NOOP("Error", "the list of added tokens"),
)
