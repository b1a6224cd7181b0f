"""What is shown of a comparison."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QApplication, QLabel

from converters.comparison import Comparison
from converters.comparison_recommendation import Recommendation
from converters.comparison_rows import Detail, Row, Text
from desktop.quantization.results import Results
from desktop.theme.theme import Theme

ROW = Row(
    file="model.gguf",
    level="Q4_K_M",
    bytes=600,
    bits_per_weight=4.8,
    perplexity=12.0,
    perplexity_error=0.5,
    kl_mean=0.1,
    kl_median=0.1,
    kl_p99=0.2,
    kl_max=0.3,
    top1_agreement=0.9,
    delta_p_rms=0.1,
    prompt_tokens_per_second=100.0,
    decode_tokens_per_second=10.0,
    peak_memory_bytes=1000,
)


def detail(row: Row) -> Detail:
    values = [0.5, 0.5]
    return Detail(row, values, values, [1, 1], values, [b" a", b" b"])


def test_one_of_two_files_with_one_name_is_recommended(application: QApplication) -> None:
    reference = msgspec.structs.replace(ROW, file="whole.gguf", level="F16", bytes=1000)
    other = msgspec.structs.replace(ROW, top1_agreement=0.8, bytes=700)
    advice = Recommendation(
        file=ROW.file,
        level="Q4_K_M model.gguf",
        size_ratio=0.6,
        top1_agreement=ROW.top1_agreement,
        spare_bytes=10,
        agrees=True,
        next_level=None,
        saved_bytes=0,
        divergence_ratio=None,
    )
    text = Text([b" a"] * 4, context=4, first=2, chunks=1, left_out=0)
    levels = (detail(other), detail(ROW))
    results = Results(Theme())
    results.show_comparison(Comparison(text, detail(reference), levels, advice))
    assert [point.marked for point in results.chart._points] == [True, False]  # by their sizes
    strong = [label for label in results._table.findChildren(QLabel) if label.property("strong")]
    assert "600 bytes" in [label.text() for label in strong]
    assert "700 bytes" not in [label.text() for label in strong]
