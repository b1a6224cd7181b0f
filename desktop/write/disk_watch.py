"""One file on the disk, watched for what other programs do to it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

WATCH_MS = 300  # a program that saves may touch the file several times


class DiskWatch(QObject):
    """Watches a file and its folder, for a program that replaces a file ends the watch of the old.

    `touched` follows what may have changed the file; who hears it looks, and calls `watch` again.
    """

    touched = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._watcher = QFileSystemWatcher(self)
        self._settled = QTimer(self, singleShot=True, interval=WATCH_MS)
        self._settled.timeout.connect(self.touched)
        self._watcher.fileChanged.connect(lambda _path: self._settled.start())
        self._watcher.directoryChanged.connect(lambda _path: self._follow_folder())

    def watch(self, path: Path | None) -> None:
        """Watch this file in place of the one before; None watches nothing."""
        self._path = path
        if watched := self._watcher.files() + self._watcher.directories():
            self._watcher.removePaths(watched)
        if path is not None and (there := [str(p) for p in (path, path.parent) if p.exists()]):
            self._watcher.addPaths(there)

    def _follow_folder(self) -> None:
        """Something came or went: perhaps the file whose watch has ended."""
        if self._path is not None and str(self._path) not in self._watcher.files():
            self._settled.start()
