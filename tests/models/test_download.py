import errno
import hashlib
import http.client
import http.server
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import download
from models.download import Progress, download_file
from models.errors import Cancelled, InputError, JobError

REPOSITORY = "someone/Tiny-GGUF"
FILE = "tiny.Q4_0.gguf"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
CONTENT = bytes(i * i % 251 for i in range(3_000_000))


class Hub(http.server.ThreadingHTTPServer):
    """The few routes of a model hub, with the faults that a test sets."""

    daemon_threads = False  # closing it waits for every answer

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Routes)
        self.content = CONTENT
        self.sha256 = hashlib.sha256(CONTENT).hexdigest()
        self.etag = '"first"'
        self.cuts: list[int] = []  # bytes of the body after which a connection is cut, one each
        self.file_status = 0
        self.api_status = 0
        self.api_error = ""
        self.ignores_ranges = False
        self.redirects = False
        self.answers_206_without_range = 0  # so many times
        self.requests: list[tuple[str, str | None, str | None]] = []  # path, range, authorization

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def ranges(self) -> list[str | None]:
        return [ranges for path, ranges, _ in self.requests if "/resolve/" in path]


class Routes(http.server.BaseHTTPRequestHandler):
    server: Hub

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        hub, path = self.server, self.path.partition("?")[0]
        hub.requests.append((path, self.headers.get("Range"), self.headers.get("Authorization")))
        if path == f"/api/models/{REPOSITORY}":
            if hub.api_status:
                self.answer(hub.api_status, X_Error_Code=hub.api_error)
                return
            lfs = {"size": len(hub.content), "sha256": hub.sha256, "pointerSize": 130}
            sibling = {"rfilename": FILE, "size": len(hub.content), "blobId": "1", "lfs": lfs}
            info = {"id": REPOSITORY, "modelId": REPOSITORY, "sha": COMMIT, "siblings": [sibling]}
            self.answer(200, json.dumps(info).encode(), Content_Type="application/json")
        elif path == f"/{REPOSITORY}/resolve/{COMMIT}/{FILE}" and hub.redirects:
            self.answer(302, Location=f"http://localhost:{hub.server_port}/storage/{FILE}")
        elif path in {f"/{REPOSITORY}/resolve/{COMMIT}/{FILE}", f"/storage/{FILE}"}:
            self.send_file()
        else:
            self.answer(404)

    def send_file(self) -> None:
        hub = self.server
        if hub.file_status:
            self.answer(hub.file_status)
            return
        start = 0
        asked = self.headers.get("Range")
        if asked and not hub.ignores_ranges and self.headers.get("If-Range") == hub.etag:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
        if hub.answers_206_without_range:
            hub.answers_206_without_range -= 1
            self.answer(206, hub.content[:1000])
            return
        body = hub.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("ETag", hub.etag)
        self.send_header("Content-Length", str(len(body)))
        if start:
            total = len(hub.content)
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        self.end_headers()
        self.wfile.write(body[: hub.cuts.pop(0)] if hub.cuts else body)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    server = Hub()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setenv("HF_ENDPOINT", server.address)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.delenv("HF_TOKEN", raising=False)
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def get(folder: Path, **options: object) -> Path:
    return download_file(repository=REPOSITORY, file_name=FILE, folder=folder, **options)  # type: ignore[arg-type]


def cancel_after(received_bytes: int) -> dict[str, object]:
    """Return options that cancel a download once so many bytes have arrived."""
    seen: list[int] = []
    return {
        "on_progress": lambda progress: seen.append(progress.received_bytes),
        "is_cancelled": lambda: bool(seen) and seen[-1] >= received_bytes,
    }


@pytest.fixture
def report_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "REPORT_INTERVAL_S", 0.0)


def test_a_file_arrives_whole_and_alone(hub: Hub, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "models"
    path = get(folder)
    assert path == folder / FILE
    assert path.read_bytes() == CONTENT
    assert list(folder.iterdir()) == [path]
    assert hub.ranges == [None]


def test_progress_ends_at_the_whole(hub: Hub, tmp_path: Path, report_always: None) -> None:
    reports: list[Progress] = []
    get(tmp_path, on_progress=reports.append)
    received = [report.received_bytes for report in reports]
    assert received == sorted(received)
    assert received[-1] == reports[-1].total_bytes == len(CONTENT)
    assert reports[-1].bytes_per_second > 0


def test_a_cut_connection_is_resumed_where_it_broke(hub: Hub, tmp_path: Path) -> None:
    hub.cuts = [1_000_000, 500_000]
    assert get(tmp_path).read_bytes() == CONTENT
    assert hub.ranges == [None, "bytes=1000000-", "bytes=1500000-"]


def test_a_connection_that_always_breaks_is_given_up(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "ATTEMPTS", 2)
    hub.cuts = [700_000] + [0] * 9
    with pytest.raises(JobError, match="what arrived is kept"):
        get(tmp_path)
    assert (tmp_path / f"{FILE}.part").read_bytes() == CONTENT[:700_000]
    hub.cuts = []
    assert get(tmp_path).read_bytes() == CONTENT
    assert hub.ranges[-1] == "bytes=700000-"


def test_a_cancelled_download_goes_on_later(hub: Hub, tmp_path: Path, report_always: None) -> None:
    with pytest.raises(Cancelled):
        get(tmp_path, **cancel_after(1_000_000))
    assert not (tmp_path / FILE).exists()
    kept = (tmp_path / f"{FILE}.part").stat().st_size
    assert 1_000_000 <= kept < len(CONTENT)
    assert get(tmp_path).read_bytes() == CONTENT
    assert hub.ranges == [None, f"bytes={kept}-"]


def test_a_changed_etag_begins_anew(hub: Hub, tmp_path: Path, report_always: None) -> None:
    with pytest.raises(Cancelled):
        get(tmp_path, **cancel_after(1_000_000))
    hub.etag = '"second"'
    assert get(tmp_path).read_bytes() == CONTENT


def test_another_file_of_the_same_name_begins_anew(
    hub: Hub, tmp_path: Path, report_always: None
) -> None:
    with pytest.raises(Cancelled):
        get(tmp_path, **cancel_after(1_000_000))
    hub.content = CONTENT[::-1]
    hub.sha256 = hashlib.sha256(hub.content).hexdigest()
    assert get(tmp_path).read_bytes() == hub.content
    assert hub.ranges[-1] is None


def test_a_server_without_ranges_begins_anew(hub: Hub, tmp_path: Path, report_always: None) -> None:
    with pytest.raises(Cancelled):
        get(tmp_path, **cancel_after(1_000_000))
    hub.ignores_ranges = True
    assert get(tmp_path).read_bytes() == CONTENT


def test_a_part_of_unknown_place_begins_anew(hub: Hub, tmp_path: Path, report_always: None) -> None:
    with pytest.raises(Cancelled):
        get(tmp_path, **cancel_after(1_000_000))
    hub.answers_206_without_range = 2
    assert get(tmp_path).read_bytes() == CONTENT
    assert hub.ranges[-2:] == [None, None]


def test_two_downloads_of_one_file_do_not_meet(
    hub: Hub, tmp_path: Path, report_always: None
) -> None:
    refusals: list[str] = []

    def get_again(_: Progress) -> None:
        if not refusals:
            with pytest.raises(JobError) as caught:
                get(tmp_path)
            refusals.append(str(caught.value))

    assert get(tmp_path, on_progress=get_again).read_bytes() == CONTENT
    assert "is being fetched by another Inkglass" in refusals[0]
    assert list(tmp_path.iterdir()) == [tmp_path / FILE]


def test_the_lock_that_a_crash_left_is_taken_over(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / f"{FILE}.part.lock").touch()
    get(tmp_path)
    assert list(tmp_path.iterdir()) == [tmp_path / FILE]


def test_a_disk_that_becomes_full_keeps_what_arrived(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    hub.cuts = [1_000_000]
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", refuse)
        with pytest.raises(InputError, match=f"disk became full while {FILE} was written"):
            get(tmp_path)
    assert len(hub.ranges) == 1  # not taken for a lost connection
    assert (tmp_path / f"{FILE}.part").read_bytes() == CONTENT[:1_000_000]
    assert get(tmp_path).read_bytes() == CONTENT
    assert hub.ranges[-1] == "bytes=1000000-"


def test_a_lost_route_is_not_taken_for_a_fault_of_the_disk(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plain OSError, neither a ConnectionError nor a TimeoutError."""
    errors = [OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH))]
    read = http.client.HTTPResponse.read

    def read_or_fail(response: http.client.HTTPResponse, amount: int | None = None) -> bytes:
        if amount == download.CHUNK_BYTES and errors:
            raise errors.pop()
        return read(response, amount)

    monkeypatch.setattr(http.client.HTTPResponse, "read", read_or_fail)
    assert get(tmp_path).read_bytes() == CONTENT
    assert not errors


def test_a_damaged_sidecar_begins_anew(hub: Hub, tmp_path: Path, report_always: None) -> None:
    with pytest.raises(Cancelled):
        get(tmp_path, **cancel_after(1_000_000))
    (tmp_path / f"{FILE}.part.json").write_text("{")
    assert get(tmp_path).read_bytes() == CONTENT
    assert hub.ranges[-1] is None


def test_a_partial_file_that_was_changed_fails_the_hash(
    hub: Hub, tmp_path: Path, report_always: None
) -> None:
    with pytest.raises(Cancelled):
        get(tmp_path, **cancel_after(1_000_000))
    part = tmp_path / f"{FILE}.part"
    part.write_bytes(bytes(part.stat().st_size))
    with pytest.raises(JobError, match="SHA-256"):
        get(tmp_path)


def test_a_wrong_hash_keeps_nothing(hub: Hub, tmp_path: Path) -> None:
    hub.sha256 = "0" * 64
    with pytest.raises(JobError, match=r"SHA-256\s*differs"):
        get(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_repository_is_named(hub: Hub, tmp_path: Path) -> None:
    hub.api_status, hub.api_error = 404, "RepoNotFound"
    with pytest.raises(JobError, match=f"no repository {REPOSITORY}"):
        get(tmp_path)


def test_a_missing_file_is_named(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(JobError, match=f"{REPOSITORY} has no file other.gguf"):
        download_file(repository=REPOSITORY, file_name="other.gguf", folder=tmp_path)


def test_a_gated_repository_says_what_to_do(hub: Hub, tmp_path: Path) -> None:
    hub.api_status, hub.api_error = 403, "GatedRepo"
    with pytest.raises(InputError, match="accept them on the repository's page"):
        get(tmp_path)


@pytest.mark.parametrize("status", [401, 403])
def test_a_file_that_needs_an_access_right_says_what_to_do(
    hub: Hub, tmp_path: Path, status: int
) -> None:
    hub.file_status = status
    with pytest.raises(InputError, match="HF_TOKEN"):
        get(tmp_path)
    assert len(hub.ranges) == 1  # asking again would change nothing


def test_a_file_that_went_away_is_named(hub: Hub, tmp_path: Path) -> None:
    hub.file_status = 404
    with pytest.raises(JobError, match=f"answered 404 for {FILE}"):
        get(tmp_path)


def test_a_server_error_is_tried_again(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "ATTEMPTS", 2)
    hub.file_status = 503
    with pytest.raises(JobError, match="503"):
        get(tmp_path)
    assert len(hub.ranges) == 2


def test_a_token_is_sent_to_the_hub_and_not_to_its_storage(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    hub.redirects = True
    assert get(tmp_path).read_bytes() == CONTENT
    authorizations = {path: authorization for path, _, authorization in hub.requests}
    assert authorizations[f"/{REPOSITORY}/resolve/{COMMIT}/{FILE}"] == "Bearer hf_secret"
    assert authorizations[f"/storage/{FILE}"] is None


def test_no_token_is_sent_unasked(hub: Hub, tmp_path: Path) -> None:
    get(tmp_path)
    assert {authorization for _, _, authorization in hub.requests} == {None}


def test_a_full_disk_is_found_out_first(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "RESERVE_BYTES", 10**18)
    with pytest.raises(InputError, match=r"needs 1,000,000,000\.0 GB of disk space"):
        get(tmp_path)
    assert hub.ranges == []


def test_a_hub_that_cannot_be_reached_is_one_sentence(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(JobError, match="check the network"):
        get(tmp_path)


def test_a_folder_that_cannot_be_made_is_one_sentence(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(JobError, match="could not be written"):
        get(tmp_path / "file" / "models")
