"""Which of ggml's backends this build has, told from its files: nothing native is loaded."""

import importlib.util
import re
from pathlib import Path

_BACKEND = re.compile(r"(?:lib)?ggml-(?!base\b|cpu\b|blas\b)\w+[-.\w]*\.(?:so|dylib|dll)")


def has_gpu_backend(folder: Path | None = None) -> bool:
    """Whether `folder` has a backend beside the processor's; left out, llama_cpp's libraries."""
    if folder is None:
        found = importlib.util.find_spec("llama_cpp")
        if found is None or found.origin is None:
            return False
        folder = Path(found.origin).parent / "lib"
    return any(_BACKEND.fullmatch(path.name) for path in folder.glob("*ggml-*"))
