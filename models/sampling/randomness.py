"""Random numbers that are looked up, not consumed.

The number of step 17 is a function of (seed, 17): it can be drawn again without steps 0 to 16, and
branches do not disturb each other.
"""

_MASK = (1 << 64) - 1
_GAMMA = 0x9E3779B97F4A7C15  # 2**64 divided by the golden ratio, odd

DRAW_STREAM = 0
XTC_STREAM = 1


def _mix(state: int) -> int:
    state &= _MASK
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
    return state ^ (state >> 31)


def uniform(seed: int, index: int, stream: int) -> float:
    """The `index`-th number of `stream` under `seed`, uniform over [0, 1) in steps of 2**-53.

    SplitMix64 (Steele, Lea and Flood 2014, "Fast Splittable Pseudorandom Number Generators"; the
    finaliser is David Stafford's Mix13): output `index` of the generator that starts at the state
    which `seed` and `stream` mix to. `seed` counts modulo 2**64.
    """
    start = _mix(seed + _GAMMA * (stream + 1))
    return (_mix(start + _GAMMA * (index + 1)) >> 11) * 2.0**-53
