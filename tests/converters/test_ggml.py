import gguf
import numpy as np
import pytest

from converters.ggml import Ggml
from models.quantization_levels import WRITABLE_TYPES

VALUES = np.random.default_rng(5).standard_normal((3, 512), np.float32)


@pytest.mark.parametrize("name", WRITABLE_TYPES)
def test_values_come_back_as_the_gguf_package_reads_them(name: str) -> None:
    ggml = Ggml()
    data = ggml.quantize(name, VALUES)
    expected = gguf.quants.dequantize(data, gguf.GGMLQuantizationType[name])
    np.testing.assert_allclose(ggml.dequantize(name, data), expected, rtol=1e-6, atol=1e-6)
    assert np.abs(expected - VALUES).mean() < 0.3  # Q2_K's error is 0.2 of the spread
    assert ggml.is_valid(name, data)


@pytest.mark.parametrize("name", ["F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0"])
def test_bytes_are_those_of_the_gguf_package(name: str) -> None:
    expected = gguf.quants.quantize(VALUES, gguf.GGMLQuantizationType[name])
    assert Ggml().quantize(name, VALUES).tobytes() == expected.tobytes()


def test_what_weighs_more_is_nearer() -> None:
    ggml = Ggml()
    weights = np.ones(512, np.float32)
    weights[::4] = 1000
    errors = [
        np.square(ggml.dequantize("Q4_K", ggml.quantize("Q4_K", VALUES, given)) - VALUES)[:, ::4]
        for given in (None, weights)
    ]
    assert errors[1].mean() < errors[0].mean()


def test_rows_of_another_array_are_read_as_they_are_seen() -> None:
    ggml = Ggml()
    seen = np.asfortranarray(VALUES)[::-1]
    assert (ggml.quantize("Q8_0", seen) == ggml.quantize("Q8_0", VALUES)[::-1]).all()


@pytest.mark.parametrize("name", ["F32", "F16", "BF16", "Q8_0", "Q4_K"])
def test_what_is_no_number_is_not_valid(name: str) -> None:
    ggml = Ggml()
    data = ggml.quantize(name, VALUES)
    blocks = data.reshape(-1)
    blocks[:4] = (0, 0, 0xC0, 0x7F) if name == "F32" else (0xC0, 0x7F, 0xC0, 0x7F)
    assert not ggml.is_valid(name, data)


def test_what_would_end_the_process_is_refused() -> None:
    with pytest.raises(ValueError, match="rows of 33 do not divide"):
        Ggml().quantize("Q8_0", np.ones((2, 33), np.float32))
    with pytest.raises(ValueError, match="weights for rows"):
        Ggml().quantize("Q4_K", VALUES, np.ones(511, np.float32))
    with pytest.raises(KeyError):
        Ggml().dequantize("I32", np.zeros((1, 4), np.uint8))
