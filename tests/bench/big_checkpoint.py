"""A checkpoint of Mistral-7B's shape with random weights, for benchmarks at its size.

`python -m tests.bench.big_checkpoint FOLDER [--part 0.1]` writes it: 14.5 GB, or a part of that
with fewer layers. The vocabulary is Mistral-7B-v0.1's own.
"""

import argparse
import json
import math
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from converters.checkpoint import INDEX
from models.catalogue import MISTRAL_7B
from tests.converters.make_goldens import read_mistral_tokenizer
from tests.converters.small_checkpoints import (
    Shapes,
    decoder_shapes,
    sizes,
    write_json,
    write_mistral_settings,
)

SHARD_BYTES = 5_000_000_000  # as the published checkpoints are cut
SIGMA = 0.02
SUPPLY_VALUES = 2**24 - 3  # drawn once and repeated; odd, so that no two rows are alike


def write_big_mistral(folder: Path, *, part: float = 1.0) -> int:
    """Write the checkpoint with so much of the layers; return its bytes of weights.

    The weights are BF16, normal with sigma 0.02 as trained ones nearly are; the norms are ones.
    """
    shape = MISTRAL_7B.architecture
    folder.mkdir(parents=True)
    config = write_mistral_settings(
        folder,
        read_mistral_tokenizer(),
        hidden_size=shape.embedding,
        intermediate_size=shape.feed_forward,
        num_attention_heads=shape.heads,
        num_key_value_heads=shape.heads_kv,
        num_hidden_layers=max(1, round(shape.blocks * part)),
    )
    shapes = decoder_shapes(sizes(config), shape.embedding // shape.heads, tied=False)
    supply = draw_weights(SUPPLY_VALUES)
    shards = list(cut_shards(shapes, SHARD_BYTES * part))
    files = {}
    for number, shard in enumerate(shards, 1):
        file = f"model-{number:05}-of-{len(shards):05}.safetensors"
        write_shard(folder / file, shard, supply)
        files.update(dict.fromkeys(shard, file))
    total = sum(map(size_bytes, shapes.values()))
    write_json(folder / INDEX, {"metadata": {"total_size": total}, "weight_map": files})
    return total


def draw_weights(count: int) -> npt.NDArray[np.uint16]:
    """Return BF16 values: normal numbers, their lower bits cut off."""
    values = np.random.default_rng(11).standard_normal(count, np.float32) * np.float32(SIGMA)
    return (values.view(np.uint32) >> np.uint32(16)).astype(np.uint16)


def cut_shards(shapes: Shapes, most_bytes: float) -> Iterator[Shapes]:
    shard: Shapes = {}
    for name, shape in shapes.items():
        if shard and sum(map(size_bytes, shard.values())) + size_bytes(shape) > most_bytes:
            yield shard
            shard = {}
        shard[name] = shape
    yield shard


def size_bytes(shape: tuple[int, ...]) -> int:
    return 2 * math.prod(shape)


def write_shard(path: Path, shapes: Shapes, supply: npt.NDArray[np.uint16]) -> None:
    """Write a safetensors file; each tensor goes on in `supply` where the one before ended."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    position = 0
    for name, shape in shapes.items():
        end = position + size_bytes(shape)
        header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": [position, end]}
        position = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    at = 0
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for shape in shapes.values():
            left = math.prod(shape)
            if len(shape) == 1:
                file.write(np.full(left, 0x3F80, np.uint16).data)  # one
                continue
            while left:
                values = supply[at : at + left]
                file.write(values.data)
                left -= values.size
                at = (at + values.size) % supply.size


def main() -> None:
    parser = argparse.ArgumentParser(prog="big_checkpoint", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", type=float, default=1.0, help="how much of the layers (1)")
    args = parser.parse_args()
    start = time.perf_counter()
    total = write_big_mistral(args.folder, part=args.part)
    print(f"{total:,} bytes of weights in {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
