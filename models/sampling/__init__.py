"""Sampling as explicit data: a chain is an ordered list of stages, and a decision records it all.

A stage is a frozen dataclass of parameters; bound to a vocabulary it is a pure function from
candidates to candidates. Each agrees with llama.cpp's own sampler of that name.
"""

from models.sampling.candidates import Candidates
from models.sampling.chain import BoundChain, Chain
from models.sampling.choice import MOST_SHOWN, Choice
from models.sampling.dry import Dry
from models.sampling.notation import (
    STAGES,
    format_chain,
    format_stage,
    parse_chain,
    stage_from_values,
    stage_values,
)
from models.sampling.penalties import LogitBias, Penalties
from models.sampling.presets import (
    DEFAULT_ORDER,
    DEFAULT_PRESET,
    ORDERS,
    PRESETS,
    Preset,
    Settings,
)
from models.sampling.randomness import uniform
from models.sampling.selection import Greedy, MirostatV2
from models.sampling.stage import Moment, Stage, Vocabulary
from models.sampling.temperature import DynamicTemperature, Temperature
from models.sampling.trace import Candidate, Decision, StageOutcome
from models.sampling.truncation import MinP, TopK, TopNSigma, TopP, Typical, Xtc
from models.sampling.user import SamplerInterrupt, SamplerTimeout, User, describe_failure

__all__ = [
    "DEFAULT_ORDER",
    "DEFAULT_PRESET",
    "MOST_SHOWN",
    "ORDERS",
    "PRESETS",
    "STAGES",
    "BoundChain",
    "Candidate",
    "Candidates",
    "Chain",
    "Choice",
    "Decision",
    "Dry",
    "DynamicTemperature",
    "Greedy",
    "LogitBias",
    "MinP",
    "MirostatV2",
    "Moment",
    "Penalties",
    "Preset",
    "SamplerInterrupt",
    "SamplerTimeout",
    "Settings",
    "Stage",
    "StageOutcome",
    "Temperature",
    "TopK",
    "TopNSigma",
    "TopP",
    "Typical",
    "User",
    "Vocabulary",
    "Xtc",
    "describe_failure",
    "format_chain",
    "format_stage",
    "parse_chain",
    "stage_from_values",
    "stage_values",
    "uniform",
]
