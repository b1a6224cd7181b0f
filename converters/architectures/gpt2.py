"""GPT-2, from small to XL."""

import functools

from converters.architectures.architecture import Architecture, Edit, Expected
from converters.architectures.tensor_edits import keep, transpose
from converters.key_list import KeyList
from converters.recent_matrices import RecentMatrices

_PREFIX = "transformer."
_KEPT = 2  # matrices: the one that is read, and the one before, while threads are still at it

_DEFAULTS = {
    "vocab_size": 50257,
    "n_positions": 1024,
    "n_embd": 768,
    "n_layer": 12,
    "n_head": 12,
    "activation_function": "gelu_new",
    "layer_norm_epsilon": 1e-5,
}


class GPT2(Architecture):
    gguf_name = "gpt2"
    defaults = _DEFAULTS

    def put_parameters(self, keys: KeyList) -> None:
        self.check_value("activation_function", "gelu_new", "gelu_pytorch_tanh", "gelu")
        self.check_value("scale_attn_weights", None, True)
        self.check_value("scale_attn_by_inverse_layer_idx", None, False)
        keys.put_integer("gpt2.block_count", self.layers)
        keys.put_integer("gpt2.context_length", self.config.count("n_ctx", "n_positions"))
        keys.put_integer("gpt2.embedding_length", self.width)
        keys.put_integer("gpt2.feed_forward_length", 4 * self.width)
        keys.put_integer("gpt2.attention.head_count", self.heads)
        epsilon = self.config.number("layer_norm_epsilon")
        keys.put_number("gpt2.attention.layer_norm_epsilon", epsilon)
        keys.file_type_index = len(keys)

    def is_dropped(self, name: str) -> bool:
        return name.endswith((".attn.bias", ".attn.masked_bias"))

    def list_expected(self) -> dict[str, Expected]:
        width = self.width
        turn = functools.partial(transpose, recent=RecentMatrices(_KEPT))
        embedding = (self.vocabulary_size, width)
        positions = (self.config.count("n_positions"), width)
        expected = {
            "wte.weight": Expected("token_embd.weight", embedding),
            "wpe.weight": Expected("position_embd.weight", positions),
            "ln_f.weight": Expected("output_norm.weight", (width,)),
            "ln_f.bias": Expected("output_norm.bias", (width,)),
        }
        for layer in range(self.layers):
            for name, new in (("ln_1", "attn_norm"), ("ln_2", "ffn_norm")):
                for part in ("weight", "bias"):
                    expected[f"h.{layer}.{name}.{part}"] = Expected(
                        f"blk.{layer}.{new}.{part}", (width,)
                    )
            for name, new, rows, columns in (
                ("attn.c_attn", "attn_qkv", width, 3 * width),
                ("attn.c_proj", "attn_output", width, width),
                ("mlp.c_fc", "ffn_up", width, 4 * width),
                ("mlp.c_proj", "ffn_down", 4 * width, width),
            ):
                parts: tuple[tuple[str, tuple[int, ...], Edit], ...] = (
                    ("weight", (rows, columns), turn),
                    ("bias", (columns,), keep),
                )
                for part, shape, edit in parts:
                    expected[f"h.{layer}.{name}.{part}"] = Expected(
                        f"blk.{layer}.{new}.{part}", shape, edit
                    )
        if any(name.startswith(_PREFIX) for name in self.checkpoint.tensors):
            expected = {_PREFIX + name: tensor for name, tensor in expected.items()}
        if "lm_head.weight" in self.checkpoint.tensors:
            expected["lm_head.weight"] = Expected("output.weight", embedding)
        return expected
