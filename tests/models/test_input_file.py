"""What a person names as input is read to its end, and never waited for in vain."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.errors import InputError
from models.input_file import read_input


def test_a_file_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * (1 << 20))
    assert len(read_input(path, 1, "split it")) == 1 << 20
    path.write_bytes(b"x" * ((1 << 20) + 1))
    with pytest.raises(InputError, match=r"has more than 1 MB: split it\.$"):
        read_input(path, 1, "split it")
    with pytest.raises(FileNotFoundError):
        read_input(tmp_path / "none", 1, "")
    with pytest.raises((IsADirectoryError, PermissionError)):
        read_input(tmp_path, 1, "")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes as POSIX has them")
def test_pipes_and_devices(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more than 1 MB"):
        read_input(Path("/dev/zero"), 1, "give another")
    os.mkfifo(tmp_path / "pipe")
    assert read_input(tmp_path / "pipe", 1, "") == b""
    reading, writing = os.pipe()
    late = f"import os, time; time.sleep(0.3); os.write({writing}, b'late')"
    with subprocess.Popen([sys.executable, "-c", late], pass_fds=[writing]):
        os.close(writing)
        assert read_input(Path(f"/dev/fd/{reading}"), 1, "") == b"late"  # `inkglass ask <(...)`
    os.close(reading)
