"""One window a document: the lock and who holds it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.manuscript.lock import DocumentLock

HOLD = """
import sys
from pathlib import Path
from desktop.manuscript.lock import DocumentLock
lock = DocumentLock.for_file(Path(sys.argv[1]), Path(sys.argv[2]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


def test_a_lock_is_held_once_and_given_back(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    first = DocumentLock.for_file(tmp_path / "locks", document)
    second = DocumentLock.for_file(tmp_path / "locks", tmp_path / "." / "a.md")
    other = DocumentLock.for_file(tmp_path / "locks", tmp_path / "b.md")
    assert other.holder is None
    for _ in range(2):
        assert first.acquire()
    assert not second.acquire()
    assert second.holder == os.getpid()
    assert other.acquire()
    other.release()
    first.release()
    first.release()
    assert second.acquire()
    second.release()
    assert not document.exists()


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_is_the_same_document(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "a.md")
    first = DocumentLock.for_file(tmp_path, tmp_path / "a.md")
    assert first.acquire()
    assert not DocumentLock.for_file(tmp_path, tmp_path / "link.md").acquire()
    first.release()


def test_a_lock_vanishes_with_its_process(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path), str(document)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"True\n"
        lock = DocumentLock.for_file(tmp_path, document)
        assert not lock.acquire()
        assert lock.holder == child.pid
        child.kill()
    assert lock.acquire()
    lock.release()
