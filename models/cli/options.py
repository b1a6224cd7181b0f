"""Options that several commands share: the model, and how the next token is chosen."""

from __future__ import annotations

import argparse

from models.errors import InputError
from models.sampling import (
    DEFAULT_ORDER,
    DEFAULT_PRESET,
    ORDERS,
    PRESETS,
    Chain,
    Settings,
    parse_chain,
)

# option, field of Settings, type, help
SETTINGS: tuple[tuple[str, str, type, str], ...] = (
    ("--temperature", "temperature", float, "0 takes the most probable token; above 1 is wilder"),
    ("--top-k", "top_k", int, "keep the K most probable tokens; 0 is off"),
    ("--top-p", "top_p", float, "keep the most probable tokens that make up P; 1 is off"),
    ("--min-p", "min_p", float, "keep tokens at least P times as probable as the first; 0 is off"),
    ("--typical", "typical", float, "keep tokens of typical surprise that make up P; 1 is off"),
    (
        "--top-n-sigma",
        "top_n_sigma",
        float,
        "keep logits within N deviations of the top; 0 is off",
    ),
    ("--xtc-probability", "xtc_probability", float, "how often the top choices are left out"),
    ("--xtc-threshold", "xtc_threshold", float, "what counts as a top choice for XTC"),
    ("--repeat-penalty", "penalty_repeat", float, "weaken tokens that occurred; 1 is off"),
    ("--frequency-penalty", "penalty_frequency", float, "weaken them by how often; 0 is off"),
    ("--presence-penalty", "penalty_presence", float, "weaken them once; 0 is off"),
    ("--penalty-last-n", "penalty_last_n", int, "how many last tokens the penalties look at"),
    ("--dry-multiplier", "dry_multiplier", float, "weaken what would repeat a passage; 0 is off"),
    ("--dry-base", "dry_base", float, "how fast that grows with the length of the passage"),
    ("--dry-allowed-length", "dry_allowed_length", int, "passages up to this length may repeat"),
    ("--dry-last-n", "dry_last_n", int, "how many last tokens DRY looks at"),
    ("--dynamic-temperature", "dynamic_temperature_delta", float, "temperature may vary by this"),
    ("--mirostat-tau", "mirostat_tau", float, "aim at this surprise in bits; 0 is off"),
    ("--mirostat-eta", "mirostat_eta", float, "how fast mirostat adapts"),
)


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """Add --model, --threads, --context and --gpu-layers."""
    group = parser.add_argument_group("the model")
    group.add_argument(
        "--model",
        metavar="M",
        help="a .gguf file or a name of the library; the starter if left out",
    )
    group.add_argument("--threads", type=int, metavar="N", help="processor threads")
    group.add_argument("--context", type=int, metavar="N", help="tokens the model sees at once")
    group.add_argument("--gpu-layers", type=int, metavar="N", help="layers on the GPU")


def add_sampling_options(parser: argparse.ArgumentParser) -> None:
    """Add a preset and every setting of the chain; what is given wins over the preset."""
    group = parser.add_argument_group("how a token is chosen")
    group.add_argument("--preset", choices=tuple(PRESETS), default=DEFAULT_PRESET)
    for option, field, kind, text in SETTINGS:
        group.add_argument(
            option, dest=field, type=kind, metavar=kind.__name__[0].upper(), help=text
        )
    group.add_argument(
        "--logit-bias",
        action="append",
        default=[],
        metavar="TOKEN=BIAS",
        help="add BIAS to the logit of a token id",
    )
    group.add_argument(
        "--sampler", action="append", default=[], metavar="FILE", help="a sampler of your own"
    )
    group.add_argument(
        "--order", choices=tuple(ORDERS), default=DEFAULT_ORDER, help="the order of the stages"
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
        field: value for _, field, _, _ in SETTINGS if (value := getattr(args, field)) is not None
    }
    if args.chain is not None:
        if given or args.sampler or args.logit_bias:
            raise InputError(
                "--chain is the whole chain: write the other settings into it, or leave it out."
            )
        return parse_chain(args.chain)
    preset = PRESETS[args.preset].settings
    chooses = {"temperature", "dynamic_temperature_delta", "mirostat_tau"} & given.keys()
    settings = Settings(
        **{
            **{name: getattr(preset, name) for name in Settings.__dataclass_fields__},
            **({"greedy": False} if chooses else {}),
            **given,
            "user": tuple(args.sampler),
            "logit_bias": tuple(_read_bias(text) for text in args.logit_bias),
        }
    )
    return settings.chain(args.order)


def _read_bias(text: str) -> tuple[int, float]:
    token, _, bias = text.partition("=")
    try:
        return int(token), float(bias)
    except ValueError:
        raise InputError(
            f'"{text}" is no bias for a token: write --logit-bias TOKEN=BIAS, like 284=-2.5.'
        ) from None
