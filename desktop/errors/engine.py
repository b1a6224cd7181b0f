"""The engine, its model and the memory."""

from __future__ import annotations

from desktop.errors.template import Written
from desktop.translation import QT_TRANSLATE_NOOP

SENTENCES: tuple[Written, ...] = (
    (
        (
            "The engine ended while it worked: {reason}. Try again, or choose a smaller context "
            "or model."
        ),
        QT_TRANSLATE_NOOP("Error", "The engine ended while it worked: {reason}."),
    ),
    QT_TRANSLATE_NOOP("Error", "The engine ended while it worked: {reason}."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The samplers folder {folder} could not be made ({reason}): make room there, or check the "
        "rights.",
    ),
    QT_TRANSLATE_NOOP("Error", "The engine was closed."),
    QT_TRANSLATE_NOOP("Error", "The engine failed in a way it should not ({reason})."),
    QT_TRANSLATE_NOOP("Error", "Cancelled."),
    (
        "Memory ran out: choose a smaller --context or model.",
        QT_TRANSLATE_NOOP(
            "Error", "Memory ran out: choose a smaller context in the settings, or a smaller model."
        ),
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "This build of llama.cpp lays out its tensors in a way that is not known here: run "
        "`make run` to set up the one that is.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The model computes what is not a number before {name}: its file is damaged, or the "
        "weights are too coarse; get it again, or at a higher level.",
    ),
    (
        (
            "This is a base model, it has no chat template: leave --chat out to continue "
            "the text, or choose a chat model."
        ),
        QT_TRANSLATE_NOOP(
            "Error", "This is a base model, it has no chat template: choose a chat model."
        ),
    ),
    (
        "The model's chat template cannot be used ({reason}): continue the text without --chat.",
        QT_TRANSLATE_NOOP(
            "Error", "The model's chat template cannot be used ({reason}): choose another model."
        ),
    ),
    (
        (
            "The model's chat template makes {count} characters of {given}: continue the "
            "text without --chat."
        ),
        QT_TRANSLATE_NOOP(
            "Error",
            "The model's chat template makes {count} characters of {given}: choose another model.",
        ),
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{name} is no longer in {folder}: put it back, or load another model."
    ),
    QT_TRANSLATE_NOOP("Error", "A generation needs a branch, and 1 to {most} tokens."),
    QT_TRANSLATE_NOOP("Error", "A stop text is empty: give the text to stop at, or none."),
    (
        "A stop text is empty: give the text to stop at, or leave --stop out.",
        QT_TRANSLATE_NOOP("Error", "A stop text is empty: give the text to stop at, or none."),
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{count} continuations at once are too many: this model was opened for {most}."
    ),
    QT_TRANSLATE_NOOP(
        "Error", "The text has {count} characters: it cannot be scored from {first} on."
    ),
    QT_TRANSLATE_NOOP("Error", "The text is empty: give the text to be scored."),
    QT_TRANSLATE_NOOP(
        "Error", "The logits of this step are no longer kept: continue from it again."
    ),
    QT_TRANSLATE_NOOP("Error", "No model is loaded: load one first."),
    QT_TRANSLATE_NOOP(
        "Error",
        "Token {token} is not in this model's vocabulary of {size}: give ids that this "
        "model's tokenizer made.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "This model cannot be told of the text that follows by tokens of its vocabulary: "
        "leave that text out.",
    ),
    (
        (
            "{branches} continuations of {tokens} tokens after {prompt} of prompt need a "
            "context of {needed}, and it has {size}: choose fewer, shorter ones, or a "
            "larger --context."
        ),
        QT_TRANSLATE_NOOP(
            "Error",
            "{branches} continuations of {tokens} tokens after {prompt} of prompt need a "
            "context of {needed}, and it has {size}: choose fewer, shorter ones, or a larger "
            "context in the settings.",
        ),
    ),
    QT_TRANSLATE_NOOP(
        "Error", "The prompt has {prompt} tokens and the context holds {size}: {remedy}."
    ),
    (
        (
            "The prompt has {prompt} tokens and the context holds {size}: {remedy}, or "
            "allow --trim to let the model forget the oldest part."
        ),
        QT_TRANSLATE_NOOP(
            "Error", "The prompt has {prompt} tokens and the context holds {size}: {remedy}."
        ),
    ),
    QT_TRANSLATE_NOOP("Error", "llama-cpp-python is not installed: run `make run` to set it up."),
    QT_TRANSLATE_NOOP(
        "Error",
        "llama.cpp cannot load {name} ({reason}): get the file again, or choose a model that "
        "llama-cpp-python {version} knows.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "llama.cpp cannot load the adapter {name} ({reason}): choose one that was made for "
        "this model.",
    ),
    QT_TRANSLATE_NOOP("Error", "The tokenizer of this model gave no answer: try another model."),
    (
        "llama.cpp cannot open a context of {size} tokens ({reason}): choose a smaller --context.",
        QT_TRANSLATE_NOOP(
            "Error",
            "llama.cpp cannot open a context of {size} tokens ({reason}): choose a smaller "
            "one in the settings.",
        ),
    ),
    (
        "The context is full: choose a larger --context or a shorter text.",
        QT_TRANSLATE_NOOP(
            "Error", "The context is full: choose a larger one in the settings, or a shorter text."
        ),
    ),
    QT_TRANSLATE_NOOP("Error", "llama.cpp failed to evaluate the text (code {code}): see the log."),
    QT_TRANSLATE_NOOP("Error", "llama.cpp kept no logits for this position: see the log."),
    QT_TRANSLATE_NOOP(
        "Error",
        "This model's vocabulary changes the text, so its tokens cannot be laid over it: "
        "choose another model.",
    ),
    QT_TRANSLATE_NOOP("Error", "The prompt is empty: give the text to be continued."),
    QT_TRANSLATE_NOOP("Error", "This session was opened for {opened} branches, not {count}."),
    QT_TRANSLATE_NOOP("Error", "{name} is nobody's home here: check {path}."),
    QT_TRANSLATE_NOOP("Error", "A context of {context} tokens holds nothing: give at least 1."),
    QT_TRANSLATE_NOOP("Error", "A context of {context} tokens is too small: give {least} or more."),
    QT_TRANSLATE_NOOP(
        "Error",
        "A context of {context} tokens is more than {name} was trained for: choose at most {most}.",
    ),
    QT_TRANSLATE_NOOP("Error", "The engine cannot work with {threads} threads: give 1 to {most}."),
    QT_TRANSLATE_NOOP("Error", "{layers} layers cannot be on the GPU: give 0 or more."),
    (
        (
            "This build of Inkglass uses no GPU: leave --gpu-layers out, or build it for "
            "one as the README says."
        ),
        QT_TRANSLATE_NOOP(
            "Error",
            "This build of Inkglass uses no GPU: set the GPU layers to 0 in the settings, or "
            "build it for a GPU as the README says.",
        ),
    ),
    (
        "{tokens} tokens cannot be written: give --tokens 1 to {most}.",
        QT_TRANSLATE_NOOP("Error", "{tokens} tokens cannot be written: choose 1 to {most}."),
    ),
    QT_TRANSLATE_NOOP("Error", "{seed} is not a seed: give a whole number from 0 to 2^64 - 1."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The text has {count} tokens, and the context of {context} has no room for it, the "
        "chat template and {tokens} more: shorten it, or load the model with a larger context.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The text has {count} tokens, and the context of {context} has no room for it and "
        "{tokens} more: shorten it, or load the model with a larger context.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "{name} with a context of {context} tokens needs {needed}, {free} are free "
        "({missing} too few): {remedy}.",
    ),
    (
        (
            "{layers} layers of {name} need {needed} of GPU memory, {free} are free: "
            "offload {fitting} layers."
        ),
        QT_TRANSLATE_NOOP(
            "Error",
            "{layers} layers of {name} need {needed} of GPU memory, {free} are free: set the "
            "GPU layers to {fitting} in the settings.",
        ),
    ),
)
PHRASES: tuple[Written, ...] = (
    QT_TRANSLATE_NOOP("Error", "it touched memory that is not its own (SIGSEGV)"),
    QT_TRANSLATE_NOOP("Error", "the native library gave up (SIGABRT)"),
    QT_TRANSLATE_NOOP(
        "Error", "it was built for another processor (SIGILL): run `make clean`, then `make run`"
    ),
    QT_TRANSLATE_NOOP(
        "Error", "it was killed from outside, mostly because memory ran out (SIGKILL)"
    ),
    QT_TRANSLATE_NOOP(
        "Error", "a mapped model file shrank or its disk failed (SIGBUS): get the file again"
    ),
    QT_TRANSLATE_NOOP("Error", "it was asked to end (SIGTERM): try again"),
    QT_TRANSLATE_NOOP("Error", "it touched memory that is not its own (access violation)"),
    QT_TRANSLATE_NOOP("Error", "it was built for another processor (illegal instruction)"),
    QT_TRANSLATE_NOOP("Error", "the native library gave up (fail fast)"),
    QT_TRANSLATE_NOOP("Error", "the native library gave up: {words}"),
    QT_TRANSLATE_NOOP("Error", "it was ended by signal {number}"),
    QT_TRANSLATE_NOOP("Error", "it was ended by {signal}"),
    QT_TRANSLATE_NOOP("Error", "it ended with code {code}"),
    QT_TRANSLATE_NOOP("Error", "it did not stop within {seconds} s and was ended"),
    QT_TRANSLATE_NOOP(
        "Error", "a sampler or a chat template did not end: mend it, or write without it"
    ),
    (
        "choose --context {wanted}",
        QT_TRANSLATE_NOOP("Error", "choose a context of {wanted} in the settings"),
    ),
    QT_TRANSLATE_NOOP("Error", "shorten it (the model was trained for {longest})"),
    QT_TRANSLATE_NOOP("Error", "it gave no reason"),
    QT_TRANSLATE_NOOP("Error", "choose a context of {tokens} tokens or close other programs"),
    QT_TRANSLATE_NOOP("Error", "choose a context of {tokens} tokens"),
    QT_TRANSLATE_NOOP("Error", "choose the level {level} or close other programs"),
    QT_TRANSLATE_NOOP("Error", "choose the level {level}"),
    QT_TRANSLATE_NOOP("Error", "close other programs"),
    QT_TRANSLATE_NOOP("Error", "choose a smaller model"),
)
