"""Llama 2 and 3, and what has its shape: SmolLM2 and many more."""

import functools

from converters.architectures.architecture import Expected
from converters.architectures.decoder import Decoder
from converters.architectures.rope import compute_llama3_factors
from converters.architectures.tensor_edits import interleave_heads, make_constant
from converters.key_list import KeyList
from converters.source import SourceTensor

_DEFAULTS = {
    "vocab_size": 32000,
    "hidden_size": 4096,
    "intermediate_size": 11008,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "max_position_embeddings": 2048,
    "rms_norm_eps": 1e-6,
    "hidden_act": "silu",
}


class Llama(Decoder):
    gguf_name = "llama"
    rope_scalings = ("linear", "yarn", "llama3")
    defaults = _DEFAULTS

    @property
    def states_head_size(self) -> bool:
        return True

    def has_bias(self, matrix: str) -> bool:
        name = "attention_bias" if matrix.startswith("self_attn.") else "mlp_bias"
        return self.config.flag(name, default=False)

    def put_parameters(self, keys: KeyList) -> None:
        self.check_value("hidden_act", "silu")
        super().put_parameters(keys)
        keys.put_integer("llama.vocab_size", self.vocabulary_size)
        keys.put_integer("llama.rope.dimension_count", self.head_size)

    def put_before_vocabulary(self, keys: KeyList) -> None:
        config = self.checkpoint.read_optional("tokenizer_config.json")
        if (adds := config.values.get("add_prefix_space")) is not None:
            keys.put_flag("tokenizer.ggml.add_space_prefix", adds)

    def put_after_vocabulary(self, keys: KeyList) -> None:
        if self.vocabulary_size == 49152:  # upstream's sign of a small Granite; SmolLM2 has it too
            keys.put_flag("tokenizer.ggml.add_bos_token", False)

    def list_layer(self) -> dict[str, Expected]:
        layer = super().list_layer()
        for name, tensor in layer.items():
            for matrix, heads in (("q_proj", self.heads), ("k_proj", self.heads_kv)):
                if name.startswith(f"self_attn.{matrix}."):
                    edit = functools.partial(interleave_heads, heads=heads)
                    layer[name] = tensor._replace(edit=edit)
        return layer

    def list_made(self) -> list[SourceTensor]:
        if self.rope.scaling != "llama3":
            return []
        factors = compute_llama3_factors(self.rope, self.head_size)
        return [make_constant("rope_freqs.weight", factors)]
