"""What Llama, Mistral, Qwen2 and Gemma 3 have in common: attention, then a gated feed-forward."""

from abc import abstractmethod

from converters.architectures.architecture import Architecture, Expected
from converters.architectures.rope import put_rope, read_rope
from converters.checkpoint import Checkpoint
from converters.key_list import KeyList
from models.errors import InputError

# The norms of a layer, by their names in the checkpoint
_NORMS = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm"}


class Decoder(Architecture):
    """A decoder whose tensors are named model.layers.N.self_attn, mlp and *_layernorm."""

    rope_scalings: tuple[str, ...] = ("linear", "yarn")
    norms = _NORMS

    def __init__(self, checkpoint: Checkpoint) -> None:
        super().__init__(checkpoint)
        config = self.config
        self.feed_forward = config.count("intermediate_size")
        self.head_size = config.count("head_dim", default=self.width // self.heads)
        if self.heads % self.heads_kv or self.head_size % 2:
            raise InputError(
                f"config.json gives {self.heads:,} heads of {self.head_size:,} values over "
                f"{self.heads_kv:,} key-value heads, which do not divide: check this file."
            )
        self.rope = read_rope(config, self.rope_scalings)
        if config.optional_count("num_local_experts", "num_experts") is not None:
            raise InputError(
                "config.json describes a mixture of experts (num_local_experts), which cannot be "
                "converted here."
            )

    @property
    def heads_kv(self) -> int:
        return self.config.count("num_key_value_heads", default=self.heads)

    @property
    def states_head_size(self) -> bool:
        """Whether the keys name the size of a head, even where it is width / heads."""
        return self.config.optional_count("head_dim") is not None

    def put_parameters(self, keys: KeyList) -> None:
        prefix, config = self.gguf_name, self.config
        keys.put_integer(f"{prefix}.block_count", self.layers)
        keys.put_integer(f"{prefix}.context_length", config.count("max_position_embeddings"))
        keys.put_integer(f"{prefix}.embedding_length", self.width)
        keys.put_integer(f"{prefix}.feed_forward_length", self.feed_forward)
        keys.put_integer(f"{prefix}.attention.head_count", self.heads)
        keys.put_integer(f"{prefix}.attention.head_count_kv", self.heads_kv)
        put_rope(keys, prefix, self.rope)
        epsilon = config.number("rms_norm_eps")
        keys.put_number(f"{prefix}.attention.layer_norm_rms_epsilon", epsilon)
        if self.states_head_size:
            keys.put_integer(f"{prefix}.attention.key_length", self.head_size)
            keys.put_integer(f"{prefix}.attention.value_length", self.head_size)
        keys.file_type_index = len(keys)

    def list_expected(self) -> dict[str, Expected]:
        embedding = (self.vocabulary_size, self.width)
        expected = {
            "model.embed_tokens.weight": Expected("token_embd.weight", embedding),
            "model.norm.weight": Expected("output_norm.weight", (self.width,)),
        }
        is_tied = self.config.flag("tie_word_embeddings", default=False)
        if not is_tied or "lm_head.weight" in self.checkpoint.tensors:
            expected["lm_head.weight"] = Expected("output.weight", embedding)
        for layer in range(self.layers):
            for name, tensor in self.list_layer().items():
                expected[f"model.layers.{layer}.{name}"] = tensor._replace(
                    name=f"blk.{layer}.{tensor.name}"
                )
        return expected

    def list_layer(self) -> dict[str, Expected]:
        """The tensors of one layer, by their names in it."""
        queries, keys = self.heads * self.head_size, self.heads_kv * self.head_size
        matrices = {
            "self_attn.q_proj": ("attn_q", queries, self.width),
            "self_attn.k_proj": ("attn_k", keys, self.width),
            "self_attn.v_proj": ("attn_v", keys, self.width),
            "self_attn.o_proj": ("attn_output", self.width, queries),
            "mlp.gate_proj": ("ffn_gate", self.feed_forward, self.width),
            "mlp.up_proj": ("ffn_up", self.feed_forward, self.width),
            "mlp.down_proj": ("ffn_down", self.width, self.feed_forward),
        }
        layer = {
            f"{name}.weight": Expected(f"{new}.weight", (self.width,))
            for name, new in self.norms.items()
        }
        for name, (new, rows, columns) in matrices.items():
            layer[f"{name}.weight"] = Expected(f"{new}.weight", (rows, columns))
            if self.has_bias(name):
                layer[f"{name}.bias"] = Expected(f"{new}.bias", (rows,))
        return layer

    @abstractmethod
    def has_bias(self, matrix: str) -> bool:
        """Whether the matrix of that name in a layer has a bias."""
