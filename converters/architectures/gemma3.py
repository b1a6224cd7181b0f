"""Gemma 3: norms that add one, four of them a layer, and a window on five layers of six."""

import dataclasses

from converters.architectures.architecture import Expected
from converters.architectures.decoder import Decoder
from converters.architectures.tensor_edits import add_one
from converters.checkpoint import Checkpoint
from converters.json_file import Settings
from converters.key_list import KeyList

_DEFAULTS = {
    "vocab_size": 262208,
    "hidden_size": 2304,
    "intermediate_size": 9216,
    "num_hidden_layers": 26,
    "num_attention_heads": 8,
    "num_key_value_heads": 4,
    "head_dim": 256,
    "max_position_embeddings": 131072,
    "rms_norm_eps": 1e-6,
    "rope_theta": 1_000_000.0,
    "rope_local_base_freq": 10_000.0,
    "sliding_window": 4096,
    "tie_word_embeddings": True,
}

_NORMS = {
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "post_attention_norm",
    "pre_feedforward_layernorm": "ffn_norm",
    "post_feedforward_layernorm": "post_ffw_norm",
}


class Gemma3(Decoder):
    gguf_name = "gemma3"
    rope_scalings = ("linear",)
    norms = _NORMS
    defaults = _DEFAULTS

    def has_bias(self, matrix: str) -> bool:
        return False

    def put_parameters(self, keys: KeyList) -> None:
        self.check_value("hidden_activation", None, "gelu_pytorch_tanh")
        self.check_value("attn_logit_softcapping", None)
        self.check_value("use_bidirectional_attention", None, False)
        self.check_value("attention_bias", None, False)
        self.check_value("sliding_window_pattern", None, 1, 6)  # llama.cpp knows six alone
        super().put_parameters(keys)
        if cap := self.config.optional_number("final_logit_softcapping"):
            keys.put_number("gemma3.final_logit_softcapping", cap)
        if self.config.values.get("sliding_window_pattern") != 1:
            window = self.config.count("sliding_window")
            keys.put_integer("gemma3.attention.sliding_window", window)

    def put_after_vocabulary(self, keys: KeyList) -> None:
        keys.put_flag("tokenizer.ggml.add_space_prefix", False)

    def list_expected(self) -> dict[str, Expected]:
        return {
            name: tensor._replace(edit=add_one) if name.endswith("norm.weight") else tensor
            for name, tensor in super().list_expected().items()
        }

    def list_layer(self) -> dict[str, Expected]:
        return super().list_layer() | {
            "self_attn.q_norm.weight": Expected("attn_q_norm.weight", (self.head_size,)),
            "self_attn.k_norm.weight": Expected("attn_k_norm.weight", (self.head_size,)),
        }


class Gemma3WithImages(Gemma3):
    """The text part of a Gemma 3 that also reads images; the part that sees is left out.

    Its values are below text_config, its tensors below language_model.
    """

    def __init__(self, checkpoint: Checkpoint) -> None:
        config = checkpoint.config
        values = {**config.values, **config.section("text_config").values}
        text = dataclasses.replace(
            checkpoint,
            config=Settings(values, config.file),
            tensors={
                name.replace("language_model.", "", 1): tensor
                for name, tensor in checkpoint.tensors.items()
            },
        )
        super().__init__(text)

    def is_dropped(self, name: str) -> bool:
        part = name.removeprefix("model.")
        return part.startswith(("vision_tower.", "multi_modal_projector.")) or super().is_dropped(
            name
        )
