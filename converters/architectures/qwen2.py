"""Qwen2 and Qwen2.5: biases on queries, keys and values."""

from converters.architectures.decoder import Decoder
from converters.key_list import KeyList

_DEFAULTS = {
    "vocab_size": 151936,
    "hidden_size": 4096,
    "intermediate_size": 22016,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 32,
    "max_position_embeddings": 32768,
    "rms_norm_eps": 1e-6,
    "hidden_act": "silu",
}


class Qwen2(Decoder):
    gguf_name = "qwen2"
    defaults = _DEFAULTS

    def has_bias(self, matrix: str) -> bool:
        return matrix in ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj")

    def put_parameters(self, keys: KeyList) -> None:
        self.check_value("hidden_act", "silu")
        super().put_parameters(keys)
