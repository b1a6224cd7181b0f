"""Mistral 7B, v0.1 to v0.3: a Llama to GGUF, which has no place for the sliding window."""

from converters.architectures.llama import Llama

_DEFAULTS = {
    "vocab_size": 32000,
    "hidden_size": 4096,
    "intermediate_size": 14336,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "max_position_embeddings": 131072,
    "rms_norm_eps": 1e-6,
    "hidden_act": "silu",
}


class Mistral(Llama):
    defaults = _DEFAULTS

    @property
    def states_head_size(self) -> bool:
        return self.config.optional_count("head_dim") is not None

    def has_bias(self, matrix: str) -> bool:
        return False
