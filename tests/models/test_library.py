import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from models import library
from models.errors import InputError, JobError
from models.gguf_header import ModelFileError

WriteGguf = Callable[..., Path]


@pytest.fixture
def folder(home: Path) -> Path:
    path = home / "models"
    path.mkdir(parents=True)
    return path


def test_an_empty_library_lists_nothing(home: Path) -> None:
    assert library.list_models() == []
    assert not home.exists()


def test_the_list_holds_kept_linked_and_unusable_files(
    folder: Path, tmp_path: Path, write_gguf: WriteGguf
) -> None:
    kept = write_gguf(folder / "b.gguf")
    linked = write_gguf(tmp_path / "a.gguf")
    (folder / "c.gguf").write_bytes(b"no model")
    (folder / "d.gguf.part").write_bytes(b"half")
    library.add_link(path=linked)
    models = library.list_models()
    assert [(model.path, model.is_link) for model in models] == [
        (linked, True),
        (kept, False),
        (folder / "c.gguf", False),
    ]
    assert models[1].summary is not None
    assert models[1].summary.name == "Tiny"
    assert models[2].summary is None
    assert "is a text file" in models[2].problem


def test_a_link_whose_file_went_away_is_listed_as_such(
    folder: Path, tmp_path: Path, write_gguf: WriteGguf
) -> None:
    linked = write_gguf(tmp_path / "a.gguf")
    library.add_link(path=linked)
    linked.unlink()
    (model,) = library.list_models()
    assert "There is no file" in model.problem
    assert library.remove_model(name_or_path=linked) == (linked, False)
    assert library.list_models() == []


@pytest.mark.parametrize(
    "name",
    ["tiny-model.Q4_0.gguf", "TINY-MODEL.q4_0", "tiny-model.Q4_0"],
)
def test_a_model_is_found_by_its_name(folder: Path, write_gguf: WriteGguf, name: str) -> None:
    path = write_gguf(folder / "tiny-model.Q4_0.gguf")
    assert library.find_model(name) == path


def test_nothing_that_opens_connections_is_loaded_before_it_is_asked_for() -> None:
    code = (
        "import sys, models.library, models.cli.library, models.memory_plan\n"
        "print(*{'ssl', 'http.client', 'urllib.request', 'huggingface_hub'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_a_model_is_found_by_its_path(tmp_path: Path, home: Path, write_gguf: WriteGguf) -> None:
    path = write_gguf(tmp_path / "elsewhere.gguf")
    assert library.find_model(path) == path
    assert library.find_model(str(path)) == path


def test_a_home_folder_in_a_path_is_expanded(
    tmp_path: Path, home: Path, write_gguf: WriteGguf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    path = write_gguf(tmp_path / "mine.gguf")
    assert library.find_model("~/mine.gguf") == path


def test_of_several_levels_the_default_comes_first_and_then_the_largest(
    folder: Path, write_gguf: WriteGguf
) -> None:
    small = write_gguf(folder / "mistral-7b-v0.1.Q2_K.gguf")
    large = write_gguf(folder / "Mistral-7B-v0.1-Q8_0.gguf", vocabulary=400)
    write_gguf(folder / "mistral-7b-v0.1-tuned.gguf", vocabulary=900)  # another model
    assert library.find_model("mistral-7b-v0.1") == large
    assert library.find_model("mistral-7b-v0.1.Q2_K") == small
    default = write_gguf(folder / "mistral-7b-v0.1.Q4_K_M.gguf")
    assert library.find_model("Mistral-7B-v0.1") == default


@pytest.mark.parametrize("rest", ["-finetuned-F16", "-instruct.Q8_0", "-base", "-F16.imatrix"])
def test_another_model_whose_name_begins_alike_is_left_alone(
    folder: Path, write_gguf: WriteGguf, rest: str
) -> None:
    path = write_gguf(folder / f"mistral-7b-v0.1{rest}.gguf")
    with pytest.raises(InputError, match="is not on this machine"):
        library.find_model("Mistral-7B-v0.1")
    with pytest.raises(InputError, match="is not on this machine"):
        library.remove_model(name_or_path="mistral-7b-v0.1")
    assert path.exists()


def test_of_a_catalogue_model_at_several_levels_none_is_removed_unnamed(
    folder: Path, write_gguf: WriteGguf
) -> None:
    small = write_gguf(folder / "mistral-7b-v0.1.Q2_K.gguf")
    large = write_gguf(folder / "mistral-7b-v0.1.Q8_0.gguf")
    with pytest.raises(InputError) as caught:
        library.remove_model(name_or_path="mistral-7b-v0.1")
    assert str(caught.value) == (
        f"mistral-7b-v0.1 names 2 files: give one of the paths {small}, {large}."
    )
    assert library.remove_model(name_or_path="mistral-7b-v0.1.Q2_K") == (small, True)
    assert library.remove_model(name_or_path="mistral-7b-v0.1") == (large, True)


def test_two_files_of_one_name_are_told_apart_by_their_paths(
    folder: Path, tmp_path: Path, write_gguf: WriteGguf
) -> None:
    kept, linked = write_gguf(folder / "mine.gguf"), write_gguf(tmp_path / "mine.gguf")
    library.add_link(path=linked)
    for use in (library.find_model, lambda name: library.remove_model(name_or_path=name)):
        with pytest.raises(InputError, match=f"^mine names 2 files: .*{linked}"):
            use("mine")
    assert library.find_model(linked) == linked
    assert library.find_model(kept) == kept
    assert library.remove_model(name_or_path=kept) == (kept, True)
    assert library.find_model("mine") == linked


def test_a_linked_model_is_found_by_its_name(
    folder: Path, tmp_path: Path, write_gguf: WriteGguf
) -> None:
    path = write_gguf(tmp_path / "gpt2-xl.Q4_K_M.gguf")
    library.add_link(path=path)
    assert library.find_model("gpt2-xl") == path
    assert library.find_model("GPT-2-XL") == path


def test_a_known_model_that_is_not_here_says_how_to_get_it(home: Path) -> None:
    with pytest.raises(InputError) as caught:
        library.find_model("Mistral-7B-v0.1")
    assert str(caught.value) == (
        "Mistral-7B-v0.1 is not on this machine: get it with `inkglass models get mistral-7b-v0.1 "
        "--level Q4_K_M` (4.4 GB), or give the path of a .gguf file."
    )
    with pytest.raises(InputError, match=r"get smollm2-135m-instruct` \(98 MB\)"):
        library.find_model("smollm2-135m-instruct")


def test_a_mistyped_name_gets_the_nearest_ones(home: Path) -> None:
    with pytest.raises(InputError, match=r"did you mean mistral-7b-v0\.1"):
        library.find_model("mistral-7b-v01")
    with pytest.raises(InputError, match="There is no model 'zzz' here"):
        library.find_model("zzz")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "", "~nobody-of-that-name/x"])
def test_an_impossible_name_is_refused(home: Path, name: str) -> None:
    with pytest.raises(InputError):
        library.inspect_model(name_or_path=name)


def test_a_path_that_is_no_model_is_explained(home: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="There is no file"):
        library.inspect_model(name_or_path=tmp_path / "nothing.gguf")
    with pytest.raises(ModelFileError, match="is a folder"):
        library.inspect_model(name_or_path=tmp_path)


def test_only_a_usable_model_can_be_linked(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.gguf").write_bytes(b"no model")
    with pytest.raises(ModelFileError):
        library.add_link(path=tmp_path / "a.gguf")
    assert library.list_models() == []


def test_a_model_is_linked_once_and_a_kept_one_not_at_all(
    folder: Path, tmp_path: Path, write_gguf: WriteGguf
) -> None:
    linked, kept = write_gguf(tmp_path / "a.gguf"), write_gguf(folder / "b.gguf")
    for path in (linked, linked, kept):
        library.add_link(path=path)
    assert [model.is_link for model in library.list_models()] == [True, False]


def test_removing_deletes_a_kept_file_and_forgets_a_linked_one(
    folder: Path, tmp_path: Path, write_gguf: WriteGguf
) -> None:
    linked, kept = write_gguf(tmp_path / "a.gguf"), write_gguf(folder / "b.gguf")
    library.add_link(path=linked)
    assert library.remove_model(name_or_path="a") == (linked, False)
    assert library.remove_model(name_or_path="b") == (kept, True)
    assert linked.exists()
    assert not kept.exists()
    assert library.list_models() == []


def test_nothing_outside_of_the_models_folder_is_deleted(
    home: Path, tmp_path: Path, write_gguf: WriteGguf
) -> None:
    path = write_gguf(tmp_path / "a.gguf")
    with pytest.raises(InputError, match="is not in the models folder"):
        library.remove_model(name_or_path=path)
    assert path.exists()


def test_threads_that_change_the_links_lose_none(
    folder: Path, tmp_path: Path, write_gguf: WriteGguf
) -> None:
    old, new = ([tmp_path / f"{name}{n}.gguf" for n in range(8)] for name in ("old", "new"))
    for path in (*old, *new):
        write_gguf(path)
    for path in old:
        library.add_link(path=path)
    together = threading.Barrier(16)

    def change(path: Path) -> None:
        together.wait()
        if path in old:
            library.remove_model(name_or_path=path)
        else:
            library.add_link(path=path)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(change, [*old, *new]))
    assert [model.path for model in library.list_models()] == new
    assert [path.name for path in folder.iterdir()] == [library.LINKS_FILE]


def test_a_folder_that_cannot_be_changed_is_one_sentence(
    home: Path, tmp_path: Path, write_gguf: WriteGguf
) -> None:
    home.mkdir()
    (home / "models").touch()
    with pytest.raises(JobError, match=r"models cannot be read or changed \(File exists\)"):
        library.add_link(path=write_gguf(tmp_path / "a.gguf"))


def test_a_list_that_cannot_be_written_leaves_the_old_one_alone(
    folder: Path, tmp_path: Path, write_gguf: WriteGguf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    first, second = write_gguf(tmp_path / "a.gguf"), write_gguf(tmp_path / "b.gguf")
    library.add_link(path=first)
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        library.add_link(path=second)
    assert [model.path for model in library.list_models()] == [first]
    assert [path.name for path in folder.iterdir()] == [library.LINKS_FILE]


def test_damaged_links_are_one_sentence(folder: Path) -> None:
    for content in ("{", "{}", "[1]"):
        (folder / library.LINKS_FILE).write_text(content)
        with pytest.raises(InputError, match="is damaged: delete it"):
            library.list_models()


def test_an_unknown_model_or_level_cannot_be_fetched(home: Path) -> None:
    with pytest.raises(InputError, match="no model 'x' in the catalogue"):
        library.get_model(model_id="x")
    with pytest.raises(InputError, match=r"choose Q2_K \(3\.1 GB\) or"):
        library.get_model(model_id="mistral-7b-v0.1", level="Q9")


def test_a_model_that_is_here_is_not_fetched_again(folder: Path, write_gguf: WriteGguf) -> None:
    path = write_gguf(folder / "mistral-7b-v0.1.Q5_K_M.gguf")
    assert library.get_model(model_id="mistral-7b-v0.1", level="q5_k_m") == path
