"""Whatever the rooms say went wrong, the window says in its language, with what it can offer."""

import errno
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.errors.words import say
from desktop.manuscript.file import read_document, save_document
from desktop.settings import read_settings, settings_file
from desktop.translation import Translator
from models import operations
from models.engine.blocking import BlockingEngine
from models.engine.client import HUNG, SIGNAL_WORDS, WINDOWS_WORDS, describe_exit
from models.engine.worker import describe_assertion
from models.errors import InputError, JobError
from models.gguf_file import summarize
from models.memory_plan import Verdict, plan_memory
from models.sampling import parse_chain
from tests.desktop.errors.sources import Sources

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SOURCES = Sources(
    exempt=(  # what no button of the window leads to
        "models/cli/",
        "models/adapter_file.py",
        "converters/cli",
        "converters/lora.py",
        "converters/importance.py",
        "converters/importance_dat.py",
        "converters/importance_worker.py",
        "converters/importance_collection.py:measure",
        "converters/quantization_plan.py:_parse_tensor_type",
        "desktop/app.py",
    )
)
ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,}\b")  # two words that are no name
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


@pytest.fixture
def translator() -> Iterator[Translator]:
    there = QApplication.instance()
    translator = Translator(there if isinstance(there, QApplication) else QApplication([]))
    yield translator
    translator.use("en")
    translator.deleteLater()


@pytest.fixture
def japanese(translator: Translator) -> None:
    translator.use("ja")


def without_commands(said: str) -> str:
    return re.sub("`[^`]*`", "", said)


def assert_japanese(said: str) -> None:
    assert JAPANESE.search(said), said
    assert not ENGLISH.search(without_commands(said)), said


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises((InputError, JobError)) as caught:
        work()
    return say(str(caught.value))


@pytest.mark.slow
@pytest.mark.usefixtures("japanese")
def test_every_sentence_of_the_sources_is_said_in_japanese() -> None:
    """A new one needs its template in desktop/errors, and that its translation."""
    told = list(SOURCES.told())
    assert len({one.place for one in told}) > 300  # the sources are read as they should be
    said = {one.sentence: say(one.sentence) for one in told}
    assert [one for one in told if not JAPANESE.search(said[one.sentence])] == []
    assert [one for one in told if ENGLISH.search(without_commands(said[one.sentence]))] == []


def test_the_window_names_no_option_of_the_command_line(translator: Translator) -> None:
    translator.use("en")
    for one in SOURCES.told():
        assert "--" not in without_commands(say(one.sentence)), one


@pytest.mark.usefixtures("japanese")
def test_what_no_template_knows_stays_as_it_is() -> None:
    assert say("Something happened.") == "Something happened."
    assert say("") == ""


@pytest.mark.usefixtures("japanese")
def test_what_was_said_is_not_said_again() -> None:
    said = say("There is no file a.md: check the name.")
    assert said == "a.md というファイルがありません。名前を確かめてください。"
    assert say(said) == said


@pytest.mark.usefixtures("japanese")
def test_names_and_texts_are_left_alone() -> None:
    name = "Permission denied {reason} keys.md"
    assert name in say(f"There is no file {name}: check the name.")


@pytest.mark.usefixtures("japanese")
def test_a_reason_with_a_colon_is_one_place() -> None:
    sentence = (
        "The sampler words.py failed at line 6: NameError: name 'x' is not defined. Mend the file "
        "and continue; the text is kept."
    )
    assert say(sentence).startswith(
        "サンプラー words.py が 6 行目で失敗しました：NameError: name 'x' is not defined。"
    )


@pytest.mark.usefixtures("japanese")
def test_every_death_of_the_engine() -> None:
    words = [*SIGNAL_WORDS.values(), *WINDOWS_WORDS.values(), describe_exit(3, "")]
    words += [describe_exit(-10, ""), describe_exit(-1000, "")]
    words += [describe_assertion("ggml/src/ggml.c:12: GGML_ASSERT(n > 0) failed")]
    words += ["it did not stop within 2 s and was ended"]
    words += [HUNG]
    for reason in words:
        for told in (
            f"The engine ended while it worked: {reason}. Try again, or choose a smaller context "
            "or model.",
            f"The engine ended while it worked: {reason}.",
            f"The comparison ended: {reason}.",
        ):
            said = say(told)
            assert_japanese(said.replace("GGML_ASSERT(n > 0) failed", ""))


@pytest.mark.usefixtures("japanese")
def test_the_words_of_the_system() -> None:
    for number in (
        errno.EACCES,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EIO,
        errno.EISDIR,
        errno.EMFILE,
        errno.ENAMETOOLONG,
        errno.ENOENT,
        errno.ENOSPC,
        errno.ENOTDIR,
        errno.EPERM,
        errno.EROFS,
    ):
        assert_japanese(say(f"a.md cannot be read ({os.strerror(number)}): check its rights."))


@pytest.mark.usefixtures("japanese")
def test_documents(tmp_path: Path) -> None:
    latin = tmp_path / "latin.md"
    latin.write_bytes(b"caf\xe9")
    binary = tmp_path / "binary.md"
    binary.write_bytes(b"a\0b")
    plain = tmp_path / "plain.md"
    plain.write_text("a")
    encoding = read_document(plain).encoding
    for said in (
        refusal(lambda: read_document(tmp_path / "none.md")),
        refusal(lambda: read_document(tmp_path)),
        refusal(lambda: read_document(latin)),
        refusal(lambda: read_document(binary)),
        refusal(lambda: save_document(plain, "\ud800", encoding)),
        refusal(lambda: save_document(tmp_path / "none" / "a.md", "a", encoding)),
    ):
        assert_japanese(said)
    assert str(latin) in refusal(lambda: read_document(latin))


@pytest.mark.usefixtures("japanese")
def test_settings(tmp_path: Path) -> None:
    settings_file(tmp_path).write_text('{"tokens": "many"}')
    assert_japanese(say(read_settings(tmp_path)[1]).replace("Expected `int`, got `str`", ""))
    settings_file(tmp_path).unlink(missing_ok=True)
    settings_file(tmp_path).mkdir()
    assert_japanese(say(read_settings(tmp_path)[1]))


@pytest.mark.usefixtures("japanese")
def test_the_journal(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError) as caught:
        sqlite3.connect(tmp_path / "none" / "journal").execute("select 1")
    assert_japanese(
        say(
            f"The journal in {tmp_path} cannot be written ({caught.value}): make room or check its "
            "rights, and save your document; it is tried again until it works."
        )
    )


@pytest.mark.usefixtures("japanese")
def test_model_files(starter_path: Path, tmp_path: Path) -> None:
    content = starter_path.read_bytes()
    broken = tmp_path / "broken.gguf"
    for length in (0, 3, 100, 5_000, len(content) - 1000):
        broken.write_bytes(content[:length])
        assert_japanese(refusal(lambda: summarize(broken)))
    broken.write_bytes(b"<!doctype html>")
    assert_japanese(refusal(lambda: summarize(broken)))


@pytest.mark.usefixtures("japanese")
def test_a_model_that_does_not_fit(starter_path: Path) -> None:
    summary = summarize(starter_path)
    fitting = plan_memory(summary, context=2048, sequences=9, batch=32, available_bytes=1 << 40)
    for part in range(20):
        plan = plan_memory(
            summary,
            context=2048,
            sequences=9,
            batch=32,
            available_bytes=part * fitting.needed_bytes // 20,
        )
        assert plan.verdict is Verdict.DOES_NOT_FIT
        assert_japanese(say(plan.sentence))
    plan = plan_memory(
        summary,
        context=2048,
        sequences=9,
        batch=256,
        gpu_layers=99,
        available_bytes=1 << 40,
        gpu_available_bytes=1000,
    )
    assert plan.verdict is Verdict.DOES_NOT_FIT
    assert_japanese(say(plan.sentence))


def test_a_prompt_that_is_too_long(engine: BlockingEngine, translator: Translator) -> None:
    def write() -> None:
        list(
            operations.write(
                engine, "word " * 3000, chain=parse_chain("greedy"), seed=0, tokens=8, trim=False
            )
        )

    english = refusal(write)
    assert "in the settings" in english
    assert "--" not in english
    translator.use("ja")
    assert_japanese(refusal(write))
