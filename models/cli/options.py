"""Options that several commands share: the model, and how the next token is chosen."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import InputError
from models.folder import expand
from models.sampling import (
    DEFAULT_ORDER,
    DEFAULT_PRESET,
    ORDERS,
    PRESETS,
    Chain,
    Settings,
    parse_chain,
)

if TYPE_CHECKING:
    from models.adapter_file import Adapter
    from models.engine.blocking import BlockingEngine
    from models.operations import OpenedModel

# option, field of Settings, type, what the help calls it, help
SETTINGS: tuple[tuple[str, str, type, str, str], ...] = (
    (
        "--temperature",
        "temperature",
        float,
        "T",
        "0 takes the most probable token; above 1 is wild",
    ),
    ("--top-k", "top_k", int, "K", "keep the K most probable tokens; 0 is off"),
    ("--top-p", "top_p", float, "P", "keep the most probable tokens that make up P; 1 is off"),
    ("--min-p", "min_p", float, "P", "keep tokens at least P times as probable as the first"),
    (
        "--typical",
        "typical",
        float,
        "P",
        "keep tokens of typical surprise that make up P; 1 is off",
    ),
    ("--top-n-sigma", "top_n_sigma", float, "N", "keep logits within N deviations of the top"),
    ("--xtc-probability", "xtc_probability", float, "P", "how often the top choices are left out"),
    ("--xtc-threshold", "xtc_threshold", float, "P", "what counts as a top choice for XTC"),
    ("--repeat-penalty", "penalty_repeat", float, "R", "weaken tokens that occurred; 1 is off"),
    ("--frequency-penalty", "penalty_frequency", float, "F", "weaken them by how often; 0 is off"),
    ("--presence-penalty", "penalty_presence", float, "F", "weaken them once; 0 is off"),
    ("--penalty-last-n", "penalty_last_n", int, "N", "look at the last N tokens for penalties"),
    ("--dry-multiplier", "dry_multiplier", float, "M", "weaken what would repeat a passage"),
    ("--dry-base", "dry_base", float, "B", "how fast that grows with the length of the passage"),
    ("--dry-allowed-length", "dry_allowed_length", int, "N", "passages of N tokens may repeat"),
    ("--dry-last-n", "dry_last_n", int, "N", "look at the last N tokens for repeated passages"),
    ("--dynamic-temperature", "dynamic_temperature_delta", float, "D", "T varies by up to D"),
    ("--mirostat-tau", "mirostat_tau", float, "S", "aim at a surprise of S bits; 0 is off"),
    ("--mirostat-eta", "mirostat_eta", float, "E", "how fast mirostat adapts"),
)
# An option that does nothing without one of these.
NEEDS = {
    "--xtc-threshold": ("--xtc-probability",),
    "--penalty-last-n": ("--repeat-penalty", "--frequency-penalty", "--presence-penalty"),
    "--dry-base": ("--dry-multiplier",),
    "--dry-allowed-length": ("--dry-multiplier",),
    "--dry-last-n": ("--dry-multiplier",),
    "--mirostat-eta": ("--mirostat-tau",),
}


def add_model_options(parser: argparse.ArgumentParser, *, several: bool = False) -> None:
    """Add --model, which may be repeated for `several`, and what goes with it.

    That is --adapter (for one model only), --threads, --context and --gpu-layers.
    """
    group = parser.add_argument_group("the model")
    group.add_argument(
        "--model",
        action="append" if several else "store",
        metavar="M",
        help="a .gguf file or a name of the library; the starter if left out"
        + ("; may be given several times" if several else ""),
    )
    if not several:
        group.add_argument(
            "--adapter",
            action="append",
            default=[],
            dest="adapters",
            metavar="FILE=SCALE",
            help="a LoRA adapter in GGUF for the model, and how strongly it counts (1); may be "
            "given several times",
        )
    group.add_argument("--threads", type=int, metavar="N", help="processor threads (one a core)")
    group.add_argument(
        "--context",
        type=int,
        metavar="N",
        help="tokens the model sees at once, in steps of 256 (4096, or what it was trained for)",
    )
    group.add_argument(
        "--gpu-layers", type=int, metavar="N", help="layers on the GPU (as many as fit)"
    )


def open_chosen_model(
    engine: BlockingEngine, args: argparse.Namespace, on_progress: Callable[[float], None]
) -> OpenedModel:
    """Open the model that the options name, as `operations.open_model`."""
    from models import operations

    return operations.open_model(
        engine,
        model=args.model,
        context=args.context,
        threads=args.threads,
        gpu_layers=args.gpu_layers,
        adapters=[read_adapter(text) for text in args.adapters],
        on_progress=on_progress,
    )


def find_model_files(args: argparse.Namespace) -> list[Path]:
    """Return the files that the options name: the model and its adapters. Raises InputError."""
    from models import library

    models = [] if args.model is None else [library.find_model(args.model)]
    return models + [read_adapter(text).path for text in args.adapters]


def read_adapter(text: str) -> Adapter:
    """Return the adapter that FILE or FILE=SCALE names. Raises InputError."""
    from models import library
    from models.adapter_file import Adapter

    file, separator, scale = text.rpartition("=")
    if not separator or expand(text).is_file():  # a name with "=" in it
        return Adapter(library.find_model(text))
    try:
        number = float(scale)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InputError(
            f'"{scale}" is not a scale for the adapter {file}: write --adapter FILE=SCALE, like '
            "letters.gguf=0.5."
        )
    return Adapter(library.find_model(file), number)


def add_sampling_options(parser: argparse.ArgumentParser) -> None:
    """Add a preset and every setting of the chain; what is given wins over the preset."""
    group = parser.add_argument_group("how a token is chosen")
    group.add_argument(
        "--preset", choices=tuple(PRESETS), help=f"settings for one use ({DEFAULT_PRESET})"
    )
    for option, field, kind, letter, text in SETTINGS:
        default = f" ({getattr(Settings(), field)})" if option in NEEDS else ""
        group.add_argument(option, dest=field, type=kind, metavar=letter, help=text + default)
    group.add_argument(
        "--logit-bias",
        action="append",
        default=[],
        metavar="TOKEN=BIAS",
        help="add BIAS to the logit of a token id",
    )
    group.add_argument(
        "--sampler",
        action="append",
        default=[],
        metavar="NAME",
        help="a sampler of your own, in the samplers folder",
    )
    group.add_argument(
        "--order", choices=tuple(ORDERS), help=f"the order of the stages ({DEFAULT_ORDER})"
    )
    group.add_argument(
        "--chain",
        metavar="TEXT",
        help="the whole chain, in place of all this: 'top-k 40 > top-p 0.9 > temperature 0.7'",
    )


def read_chain(args: argparse.Namespace) -> Chain:
    """Return the chain that the options ask for.

    Raises InputError for a value out of range, an unknown stage, or one that is named twice.
    """
    given = {
        option: (field, value)
        for option, field, *_ in SETTINGS
        if (value := getattr(args, field)) is not None
    }
    if args.chain is not None:
        if given or args.sampler or args.logit_bias or args.preset or args.order:
            raise InputError(
                "--chain is the whole chain: write the other settings into it, or leave it out."
            )
        return parse_chain(args.chain)
    for option in given:
        if option in NEEDS and given.keys().isdisjoint(NEEDS[option]):
            raise InputError(f"{option} does nothing alone: give {' or '.join(NEEDS[option])} too.")
    preset = PRESETS[args.preset or DEFAULT_PRESET].settings
    chooses = {"--temperature", "--dynamic-temperature", "--mirostat-tau"} & given.keys()
    settings = replace(
        preset,
        greedy=preset.greedy and not chooses,
        user=tuple(_find_sampler(name) for name in args.sampler),
        logit_bias=tuple(_read_bias(text) for text in args.logit_bias),
        **dict(given.values()),
    )
    if settings.xtc_probability and (settings.greedy or settings.temperature == 0):
        raise InputError(
            "XTC leaves the top choices out and greedy (or temperature 0) takes the first: "
            "choose one of the two."
        )
    return settings.chain(args.order or DEFAULT_ORDER)


def _find_sampler(name: str) -> str:
    from models.operations import find_sampler  # the engine with it, which other options do without

    return find_sampler(name)


def _read_bias(text: str) -> tuple[int, float]:
    token, _, bias = text.partition("=")
    try:
        return int(token), float(bias)
    except ValueError:
        raise InputError(
            f'"{text}" is no bias for a token: write --logit-bias TOKEN=BIAS, like 284=-2.5.'
        ) from None
