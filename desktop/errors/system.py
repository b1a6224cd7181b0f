"""What the system and SQLite say."""

from __future__ import annotations

from desktop.errors.template import Written
from desktop.translation import QT_TRANSLATE_NOOP

PHRASES: tuple[Written, ...] = (
    QT_TRANSLATE_NOOP("Error", "Permission denied"),
    QT_TRANSLATE_NOOP("Error", "Operation not permitted"),
    QT_TRANSLATE_NOOP("Error", "No such file or directory"),
    QT_TRANSLATE_NOOP("Error", "File exists"),
    QT_TRANSLATE_NOOP("Error", "Is a directory"),
    QT_TRANSLATE_NOOP("Error", "Not a directory"),
    QT_TRANSLATE_NOOP("Error", "No space left on device"),
    QT_TRANSLATE_NOOP("Error", "Disk quota exceeded"),
    QT_TRANSLATE_NOOP("Error", "File too large"),
    QT_TRANSLATE_NOOP("Error", "File name too long"),
    QT_TRANSLATE_NOOP("Error", "Read-only file system"),
    QT_TRANSLATE_NOOP("Error", "Input/output error"),
    QT_TRANSLATE_NOOP("Error", "Too many open files"),
    QT_TRANSLATE_NOOP("Error", "Too many levels of symbolic links"),
    QT_TRANSLATE_NOOP("Error", "Device or resource busy"),
    QT_TRANSLATE_NOOP("Error", "No such device"),
    QT_TRANSLATE_NOOP("Error", "Stale file handle"),
    QT_TRANSLATE_NOOP("Error", "Cannot allocate memory"),
    QT_TRANSLATE_NOOP("Error", "Connection refused"),
    QT_TRANSLATE_NOOP("Error", "Connection reset by peer"),
    QT_TRANSLATE_NOOP("Error", "Network is unreachable"),
    QT_TRANSLATE_NOOP("Error", "Name or service not known"),
    QT_TRANSLATE_NOOP("Error", "Temporary failure in name resolution"),
    QT_TRANSLATE_NOOP("Error", "timed out"),
    QT_TRANSLATE_NOOP("Error", "The read operation timed out"),
    QT_TRANSLATE_NOOP("Error", "<urlopen error {reason}>"),
    QT_TRANSLATE_NOOP("Error", "[Errno {number}] {reason}: {path}"),
    QT_TRANSLATE_NOOP("Error", "[Errno {number}] {reason}"),
    QT_TRANSLATE_NOOP("Error", "database or disk is full"),
    QT_TRANSLATE_NOOP("Error", "disk I/O error"),
    QT_TRANSLATE_NOOP("Error", "unable to open database file"),
    QT_TRANSLATE_NOOP("Error", "attempt to write a readonly database"),
    QT_TRANSLATE_NOOP("Error", "database is locked"),
    QT_TRANSLATE_NOOP("Error", "the connection was lost"),
    QT_TRANSLATE_NOOP("Error", "the server sent another part than was asked for"),
    QT_TRANSLATE_NOOP("Error", "nested too deeply"),
)
