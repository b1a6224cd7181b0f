"""What the import contracts in pyproject.toml cannot say."""

import ast
import sys
from pathlib import Path

import grimp

ROOT = Path(__file__).parent.parent


def test_sampling_imports_numpy_alone() -> None:
    """The contract lists what is forbidden; this is the list of what is allowed."""
    graph = grimp.build_graph("models", include_external_packages=True, cache_dir=None)
    sampling = {"models.sampling", *graph.find_descendants("models.sampling")}
    imported = {
        name for module in sampling for name in graph.find_modules_directly_imported_by(module)
    }
    assert "numpy" in imported
    assert imported - sampling - sys.stdlib_module_names == {"numpy", "models.errors"}


def test_llama_cpp_is_named_where_it_is_looked_for_or_loaded() -> None:
    """An import by name at run time does not show in the import graph."""
    rooms = {
        file.relative_to(ROOT).as_posix()
        for package in ("converters", "desktop", "models")
        for file in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.partition(".")[0] == "llama_cpp"
    }
    engine = {"models/engine/backends.py", "models/engine/llama.py"}
    assert rooms == engine | {"converters/ggml.py"}
