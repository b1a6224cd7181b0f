"""The graphics processors that this build of libllama can use."""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass

from models.engine.llama import L

GPU_DEVICE, INTEGRATED_GPU_DEVICE = 1, 2  # ggml-backend.h: ggml_backend_dev_type


@dataclass(frozen=True, slots=True)
class Gpu:
    """A graphics processor that this build can use; sizes in bytes."""

    name: str
    description: str
    free_bytes: int
    total_bytes: int
    shares_memory: bool


def find_gpus() -> list[Gpu]:
    """Return the graphics processors that ggml's backends offer, integrated ones included."""
    lib = L._lib
    lib.ggml_backend_dev_count.restype = ctypes.c_size_t
    lib.ggml_backend_dev_get.restype = ctypes.c_void_p
    lib.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    lib.ggml_backend_dev_memory.argtypes = [ctypes.c_void_p] + 2 * [ctypes.POINTER(ctypes.c_size_t)]
    lib.ggml_backend_dev_memory.restype = None
    for function in (lib.ggml_backend_dev_name, lib.ggml_backend_dev_description):
        function.restype = ctypes.c_char_p
        function.argtypes = [ctypes.c_void_p]
    lib.ggml_backend_dev_type.argtypes = [ctypes.c_void_p]
    gpus = []
    for index in range(lib.ggml_backend_dev_count()):
        device = lib.ggml_backend_dev_get(index)
        kind = lib.ggml_backend_dev_type(device)
        if kind not in (GPU_DEVICE, INTEGRATED_GPU_DEVICE):
            continue
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        lib.ggml_backend_dev_memory(device, ctypes.byref(free), ctypes.byref(total))
        name, description = (
            function(device).decode("utf-8", "replace")
            for function in (lib.ggml_backend_dev_name, lib.ggml_backend_dev_description)
        )
        shares_memory = kind == INTEGRATED_GPU_DEVICE or sys.platform == "darwin"
        gpus.append(Gpu(name, description, free.value, total.value, shares_memory))
    return gpus
