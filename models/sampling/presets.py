"""Named orders, settings as flat values, and the presets by use."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.errors import InputError
from models.sampling.chain import Chain
from models.sampling.dry import Dry
from models.sampling.penalties import LogitBias, Penalties
from models.sampling.selection import Greedy, MirostatV2
from models.sampling.stage import Stage
from models.sampling.temperature import DynamicTemperature, Temperature
from models.sampling.truncation import MinP, TopK, TopNSigma, TopP, Typical, Xtc
from models.sampling.user import User

DEFAULT_ORDER = "llama.cpp"

# llama.cpp: common/common.h, `common_params_sampling::samplers`. temperature-first: the code of the
# top-p paper, and `_get_logits_processor` in transformers (generation/utils.py). Stages that these
# do not know stand where they fit: a user's sampler sees the logits before anything is truncated.
ORDERS: Mapping[str, tuple[str, ...]] = {
    "llama.cpp": (
        "logit-bias",
        "penalties",
        "dry",
        "user",
        "top-n-sigma",
        "top-k",
        "typical",
        "top-p",
        "min-p",
        "xtc",
        "temperature",
        "dynamic-temperature",
    ),
    "temperature-first": (
        "logit-bias",
        "penalties",
        "dry",
        "user",
        "temperature",
        "dynamic-temperature",
        "top-n-sigma",
        "top-k",
        "top-p",
        "min-p",
        "typical",
        "xtc",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every parameter of every stage as a flat value; the defaults leave every stage off.

    `greedy`, or temperature 0, takes the most probable token; mirostat_tau above 0 ends the chain
    with mirostat, which takes the place of all truncation, as in llama.cpp.
    """

    temperature: float = 1.0
    dynamic_temperature_delta: float = 0.0
    dynamic_temperature_exponent: float = 1.0
    greedy: bool = False
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.0
    typical: float = 1.0
    top_n_sigma: float = 0.0
    xtc_probability: float = 0.0
    xtc_threshold: float = 0.1
    min_keep: int = 0
    penalty_last_n: int = 64
    penalty_repeat: float = 1.0
    penalty_frequency: float = 0.0
    penalty_presence: float = 0.0
    dry_multiplier: float = 0.0
    dry_base: float = 1.75
    dry_allowed_length: int = 2
    dry_last_n: int = 64
    dry_breakers: tuple[str, ...] = ("\n", ":", '"', "*")
    mirostat_tau: float = 0.0
    mirostat_eta: float = 0.1
    logit_bias: tuple[tuple[int, float], ...] = ()
    user: tuple[str, ...] = ()

    def chain(self, order: str = DEFAULT_ORDER) -> Chain:
        """The stages that are on, in the order of that name.

        Raises InputError for an unknown order, a value out of range, or mirostat with greedy.
        """
        if order not in ORDERS:
            raise InputError(f'There is no order "{order}": choose {" or ".join(ORDERS)}.')
        greedy = self.greedy or self.temperature == 0
        mirostat = MirostatV2(self.mirostat_tau, self.mirostat_eta) if self.mirostat_tau else None
        if greedy and mirostat:
            raise InputError(
                "Mirostat draws tokens and greedy (or temperature 0) takes the most probable one: "
                "choose one of the two."
            )
        on = self._stages()
        names = [name for name in ORDERS[order] if not (mirostat and name in _TRUNCATION)]
        stages = [stage for name in names for stage in on.get(name, ())]
        if greedy:
            stages.append(Greedy())
        if mirostat:
            stages.append(mirostat)
        return Chain(stages)

    def _stages(self) -> dict[str, list[Stage]]:
        """The stages that are on, by name. Those that are off are built too, to check values."""
        keep = self.min_keep
        temperature = Temperature(self.temperature)
        penalties = Penalties(
            self.penalty_last_n, self.penalty_repeat, self.penalty_frequency, self.penalty_presence
        )
        punishes = penalties != Penalties(self.penalty_last_n) and self.penalty_last_n > 0
        dry = Dry(
            self.dry_multiplier,
            self.dry_base,
            self.dry_allowed_length,
            self.dry_last_n,
            self.dry_breakers,
        )
        dynamic = DynamicTemperature(
            self.temperature, self.dynamic_temperature_delta, self.dynamic_temperature_exponent
        )
        varies = dynamic.delta > 0 and not self.greedy and self.temperature > 0
        xtc = Xtc(self.xtc_probability, self.xtc_threshold, keep)
        all_but_users: tuple[tuple[Stage, bool], ...] = (
            (LogitBias(self.logit_bias), bool(self.logit_bias)),
            (penalties, punishes),
            (dry, dry.multiplier > 0 and dry.last_n > 0),
            (TopNSigma(self.top_n_sigma), self.top_n_sigma > 0),
            (TopK(self.top_k), self.top_k > 0),
            (Typical(self.typical, keep), self.typical < 1),
            (TopP(self.top_p, keep), self.top_p < 1),
            (MinP(self.min_p, keep), self.min_p > 0),
            (xtc, xtc.probability > 0 and xtc.threshold <= 0.5),
            (temperature, self.temperature not in (0, 1) and not varies),
            (dynamic, varies),
        )
        on: dict[str, list[Stage]] = {
            stage.name: [stage] for stage, is_on in all_but_users if is_on
        }
        on[User.name] = [User(file) for file in self.user]
        return on


_TRUNCATION = frozenset(stage.name for stage in (TopK, TopP, MinP, Typical, TopNSigma, Xtc))


@dataclass(frozen=True, slots=True)
class Preset:
    """Settings for one use, and why they are so."""

    id: str
    title: str
    settings: Settings
    reason: str


def _preset(id: str, title: str, reason: str, *, temperature: float, top_p: float) -> Preset:
    settings = Settings(temperature=temperature, top_k=40, top_p=top_p, min_p=0.05)
    return Preset(id, title, settings, reason)


DEFAULT_PRESET = "balanced"

PRESETS: Mapping[str, Preset] = {
    preset.id: preset
    for preset in (
        _preset(
            "technical",
            "Technical writing",
            "Terms should stay the same from line to line: few surprises, some room for phrasing.",
            temperature=0.3,
            top_p=0.8,
        ),
        Preset(
            "facts",
            "Facts",
            Settings(temperature=0.2, greedy=True),
            "One answer is right: always the most probable word, the same on every run.",
        ),
        _preset(
            "faq",
            "FAQ",
            "Answers should sound alike without being copies: a little freedom in the wording.",
            temperature=0.5,
            top_p=0.7,
        ),
        _preset(
            "balanced",
            "Balanced",
            "A start for any text: lively, and it seldom loses the thread.",
            temperature=0.7,
            top_p=0.7,
        ),
        _preset(
            "quiz",
            "Quiz",
            "Questions should differ from one another: the model's own odds, less the unlikely.",
            temperature=1.0,
            top_p=0.9,
        ),
        _preset(
            "story",
            "Story",
            "Surprise is welcome: rarer words get a chance, and the odd ones are still cut off.",
            temperature=1.4,
            top_p=0.9,
        ),
    )
}
