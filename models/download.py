"""Downloads a file of a model hub: resumable, and checked against its SHA-256.

The hub's own library tells the commit and the hash; the bytes come by HTTP range requests, since
that library cannot resume inside of a file. This is the one module of the program that opens a
connection, and it does so only when the user asks for a model.
"""

import contextlib
import errno
import hashlib
import http.client
import json
import os
import shutil
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from models.errors import Cancelled, InputError, JobError
from models.size import format_size

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

CHUNK_BYTES = 256 * 1024
TIMEOUT_S = 30.0
ATTEMPTS = 5  # in a row that brought nothing
RESERVE_BYTES = 100_000_000  # disk space that is left free
REPORT_INTERVAL_S = 0.1
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is. The rate is that of this run, in bytes a second."""

    received_bytes: int
    total_bytes: int
    bytes_per_second: float


@dataclass(frozen=True, slots=True)
class _RemoteFile:
    repository: str
    name: str
    url: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class _Sidecar:
    """What a partial file is part of; it lies beside that file."""

    etag: str
    size: int
    sha256: str


def download_file(
    *,
    repository: str,
    file_name: str,
    folder: Path,
    on_progress: Callable[[Progress], None] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Download one file of a hub repository into `folder`; return its path.

    What arrived stays in NAME.part, with NAME.part.json beside it, and the next call goes on from
    there. Raises InputError for a full disk or a file that needs an access right, JobError if the
    hub cannot be reached, another process is fetching this file, or the bytes are not those that
    the hub promised, Cancelled on request.
    """
    remote = _look_up(repository, file_name)
    path = folder / Path(file_name).name
    part = path.with_name(path.name + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(part.with_name(part.name + ".lock"), path.name):
            _Transfer(remote, part, on_progress, is_cancelled).run()
            part.replace(path)
            _sidecar_path(part).unlink(missing_ok=True)
            _sync_folder(folder)
    except OSError as error:
        if error.errno in DISK_FULL:
            raise InputError(
                f"The disk became full while {path.name} was written to {folder}: make room, then "
                "get the model again; what arrived is kept."
            ) from error
        raise JobError(
            f"{path} could not be written ({error.strerror or error}): make room or check its "
            "folder, then get the model again; what arrived is kept."
        ) from error
    return path


def _look_up(repository: str, file_name: str) -> _RemoteFile:
    """Ask the hub for the newest commit, and for the size and hash of the file in it."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_XET", "1")
    os.environ.setdefault("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")
    # slow to import, and reads those settings once
    from huggingface_hub import HfApi
    from huggingface_hub.errors import (
        GatedRepoError,
        HfHubHTTPError,
        OfflineModeIsEnabled,
        RepositoryNotFoundError,
    )

    api = HfApi(endpoint=os.environ.get("HF_ENDPOINT"), token=_token() or False)
    try:
        info = api.model_info(repository, files_metadata=True, timeout=TIMEOUT_S)
    except OfflineModeIsEnabled:
        raise InputError(
            f"{repository} was not asked, because HF_HUB_OFFLINE is set: unset it to download."
        ) from None
    except GatedRepoError:
        raise _access_refused(repository) from None
    except RepositoryNotFoundError:  # the hub says the same of what is private
        raise JobError(
            f"The hub has no repository {repository} that may be read without an access token: "
            "check its name, or set HF_TOKEN."
        ) from None
    except HfHubHTTPError as error:
        status = error.response.status_code
        if status in (401, 403):
            raise _access_refused(repository) from None
        raise JobError(f"The hub answered {status} about {repository}: try again later.") from error
    except Exception as error:  # its HTTP library changes between versions, and so do its errors
        raise _unreachable(repository, error) from error
    for sibling in info.siblings or []:
        if sibling.rfilename == file_name and sibling.lfs and sibling.lfs.size and info.sha:
            quoted = urllib.parse.quote(file_name)
            url = f"{api.endpoint.rstrip('/')}/{repository}/resolve/{info.sha}/{quoted}"
            return _RemoteFile(repository, file_name, url, sibling.lfs.size, sibling.lfs.sha256)
    raise JobError(f"{repository} has no file {file_name}: look at the repository's page.")


class _ConnectionLostError(Exception):
    """What the network did, told apart from what the disk did: both raise OSError."""


class _Transfer:
    """Brings one file into its partial file, over as many connections as it takes."""

    def __init__(
        self,
        remote: _RemoteFile,
        part: Path,
        on_progress: Callable[[Progress], None] | None,
        is_cancelled: Callable[[], bool],
    ) -> None:
        self.remote = remote
        self.part = part
        self.on_progress = on_progress
        self.is_cancelled = is_cancelled
        self.received = 0
        self.hash = hashlib.sha256()
        self.sidecar: _Sidecar | None = None  # as it is on the disk
        self.started_at = time.monotonic()
        self.received_before = 0
        self.reported_at = 0.0

    def run(self) -> None:
        self.resume()
        self.check_disk()
        self.received_before = self.received
        failures = 0
        while self.received < self.remote.size:
            before = self.received
            try:
                self.fetch()
                error: Exception | None = None
            except urllib.error.HTTPError as refusal:
                with refusal:  # it holds the connection
                    self.explain(refusal)
                error = refusal
            except _ConnectionLostError as lost:
                error = lost
            failures = 0 if self.received > before else failures + 1
            if failures == ATTEMPTS:
                raise _unreachable(self.remote.repository, error) from error
            if self.received < self.remote.size:
                self.pause(0.2 * 2**failures)
        self.report(is_last=True)
        if self.hash.hexdigest() != self.remote.sha256:
            self.discard()
            raise JobError(
                f"{self.remote.name} arrived with other bytes than the hub promised (its SHA-256 "
                "differs): nothing was kept; get the model again."
            )

    def resume(self) -> None:
        """Take over what an earlier run left, if it is part of the same file."""
        try:
            sidecar = _Sidecar(**json.loads(_sidecar_path(self.part).read_text(encoding="utf-8")))
            same = (sidecar.size, sidecar.sha256) == (self.remote.size, self.remote.sha256)
            if same and self.part.stat().st_size <= self.remote.size:
                with self.part.open("rb") as file:
                    while chunk := file.read(CHUNK_BYTES):
                        self.stop_if_cancelled()
                        self.hash.update(chunk)
                        self.received += len(chunk)
                self.sidecar = sidecar
                return
        except (FileNotFoundError, ValueError, TypeError):
            pass
        self.discard()

    def discard(self) -> None:
        self.part.unlink(missing_ok=True)
        _sidecar_path(self.part).unlink(missing_ok=True)
        self.received = 0
        self.hash = hashlib.sha256()
        self.sidecar = None

    def check_disk(self) -> None:
        needed = self.remote.size - self.received + RESERVE_BYTES
        free = shutil.disk_usage(self.part.parent).free
        if free < needed:
            raise InputError(
                f"{self.remote.name} needs {format_size(needed)} of disk space, and "
                f"{format_size(free)} are free in {self.part.parent}: make room, choose a lower "
                "level, or set INKGLASS_HOME to a folder on another disk."
            )

    def fetch(self) -> None:
        """Read one response to its end, or to where the connection is lost."""
        request = urllib.request.Request(self.remote.url, headers={"Accept-Encoding": "identity"})
        if token := _token():  # not for the storage that the hub redirects to
            request.add_unredirected_header("Authorization", f"Bearer {token}")
        if self.received and self.sidecar and self.sidecar.etag:
            request.add_header("Range", f"bytes={self.received}-")
            request.add_header("If-Range", self.sidecar.etag)
        with _network():
            response = urllib.request.urlopen(request, timeout=TIMEOUT_S)
        with response:
            if response.status != 206:
                self.discard()  # the whole file, from its beginning: it has changed, or no ranges
            elif not response.headers.get("Content-Range", "").startswith(
                f"bytes {self.received}-"
            ):
                self.discard()  # a piece of unknown place: the next request asks for the whole
                raise _ConnectionLostError("the server sent another part than was asked for")
            self.begin(response.headers.get("ETag", ""))
            with self.part.open("ab") as file:
                try:
                    while self.received < self.remote.size:
                        with _network():
                            wanted = min(CHUNK_BYTES, self.remote.size - self.received)
                            chunk = response.read(wanted)
                        if not chunk:
                            break
                        file.write(chunk)
                        self.hash.update(chunk)
                        self.received += len(chunk)
                        self.report()
                        self.stop_if_cancelled()
                finally:
                    file.flush()
                    os.fsync(file.fileno())

    def begin(self, etag: str) -> None:
        if etag.startswith("W/"):  # a weak one cannot be resumed by (RFC 9110, 13.1.5)
            etag = ""
        sidecar = _Sidecar(etag, self.remote.size, self.remote.sha256)
        if sidecar != self.sidecar:  # a disk that is full would leave an empty one
            _sidecar_path(self.part).write_text(json.dumps(asdict(sidecar)), encoding="utf-8")
            self.sidecar = sidecar

    def explain(self, refusal: urllib.error.HTTPError) -> None:
        """Raise for an answer that trying again does not change."""
        if refusal.code in (401, 403):
            raise _access_refused(self.remote.repository) from None
        if refusal.code == 416:  # no such range: what is here does not belong to this file
            self.discard()
        elif refusal.code < 500 and refusal.code != 429:
            raise JobError(
                f"The hub answered {refusal.code} for {self.remote.name}: look at the page of "
                f"{self.remote.repository}, and try again later."
            ) from None

    def stop_if_cancelled(self) -> None:
        if self.is_cancelled():
            raise Cancelled

    def pause(self, duration_s: float) -> None:
        end = time.monotonic() + duration_s
        while time.monotonic() < end:
            self.stop_if_cancelled()
            time.sleep(0.05)

    def report(self, *, is_last: bool = False) -> None:
        now = time.monotonic()
        if self.on_progress and (is_last or now - self.reported_at >= REPORT_INTERVAL_S):
            self.reported_at = now
            rate = (self.received - self.received_before) / max(now - self.started_at, 1e-9)
            self.on_progress(Progress(self.received, self.remote.size, max(rate, 0.0)))


@contextlib.contextmanager
def _network() -> Iterator[None]:
    try:
        yield
    except urllib.error.HTTPError:
        raise  # an answer
    except (OSError, http.client.HTTPException) as error:
        raise _ConnectionLostError(str(error)) from error


@contextlib.contextmanager
def _locked(path: Path, name: str) -> Iterator[None]:
    """Hold the lock file at `path`; the system frees it when a process dies, so none is stale."""
    while True:
        file = path.open("ab")
        try:
            if sys.platform == "win32":
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            file.close()
            raise JobError(
                f"{name} is being fetched by another Inkglass: wait until it has finished, or end "
                "it; what arrived is kept."
            ) from None
        except OSError:
            file.close()
            raise
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                break
        file.close()  # its holder removed it meanwhile
    try:
        yield
    finally:
        if sys.platform == "win32":  # which removes no open file, and none that another opened
            file.close()
            with contextlib.suppress(OSError):
                path.unlink()
        else:
            path.unlink(missing_ok=True)
            file.close()


def _token() -> str | None:
    return os.environ.get("HF_TOKEN")


def _sidecar_path(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _sync_folder(folder: Path) -> None:
    """Make a rename durable. Windows cannot open a folder, and needs it not."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _access_refused(repository: str) -> InputError:
    return InputError(
        f"The hub gives {repository} only to people who accepted its terms: accept them on the "
        "repository's page, then set HF_TOKEN to an access token of your account."
    )


def _unreachable(repository: str, error: Exception | None) -> JobError:
    return JobError(
        f"{repository} could not be downloaded ({error or 'the connection was lost'}): check the "
        "network, then get the model again; what arrived is kept."
    )
