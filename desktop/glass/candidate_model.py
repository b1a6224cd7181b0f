"""The candidates' rows as a list model: what is drawn, hovered and read aloud."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.glass.candidate_rows import Row
from desktop.glass.figures import format_number
from desktop.glass.lettering import plain_tooltip
from desktop.glass.token_text import space_bytes
from desktop.shell.figures import format_percent, format_percent_number
from models.engine.protocol import Candidate

Index = QModelIndex | QPersistentModelIndex


class CandidateModel(QAbstractListModel):
    """Rows for the delegate, sentences for tooltips and the screen reader."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self.other: int | None = None

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows. The same number of rows changes them in place, which is cheap."""
        if len(rows) == len(self.rows):
            self.rows = rows
            self._changed()
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def set_other(self, token: int | None) -> None:
        """Mark the row that other settings would choose."""
        self.other = token
        self._changed()

    def is_other(self, row: Row) -> bool:
        """Whether other settings would choose this row."""
        return row.candidate is not None and row.candidate.token == self.other

    def title(self, row: Row) -> str:
        """Return the name of a row as it is drawn."""
        return row.name if row.candidate is not None else self.tr("<others>")

    def figure(self, row: Row) -> str:
        """Return what stands at the right of a row: a percentage, or the stage that removed it."""
        if row.removed_by is not None:
            return row.removed_by
        if row.after is None:
            return "–"
        return format_percent(row.before if row.removed else row.after)

    def rank_words(self, row: Row) -> str:
        """Return the words above a row that is listed only because it was chosen."""
        return self.tr("rank {rank}").format(rank=f"{row.rank:,}")

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._describe_exactly(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._say(row)
        return None

    def _changed(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def _say(self, row: Row) -> str:
        """Return the row as a sentence for the screen reader."""
        says = [
            self._spoken_name(row),
            self.tr("{percent} percent by the model").format(
                percent=format_percent_number(row.before)
            ),
        ]
        if row.removed_by is not None:
            says.append(self.tr("removed by {stage}").format(stage=row.removed_by))
        elif row.removed:
            says.append(self.tr("removed by the chain"))
        elif row.after is not None:
            after = self.tr("{percent} percent after the chain")
            says.insert(1, after.format(percent=format_percent_number(row.after)))
        if row.apart:
            says.append(self.rank_words(row))
        if row.in_text:
            says.append(self.tr("in the text"))
        if self.is_other(row):
            says.append(self.tr("these settings would choose it"))
        return ", ".join(says)

    def _spoken_name(self, row: Row) -> str:
        if row.candidate is None:
            return self.tr("everything else")
        if row.candidate.text:
            return row.candidate.text.strip() or row.name
        return self.tr("bytes {bytes}").format(bytes=row.name)

    def _describe_exactly(self, row: Row) -> str:
        lines = [self.title(row)]
        lines.append(self.tr("{percent} by the model").format(percent=format_percent(row.before)))
        if row.removed_by is not None:
            lines.append(self.tr("Removed by {stage}").format(stage=row.removed_by))
        elif row.removed:
            lines.append(self.tr("Removed by the chain"))
        elif row.after is None:
            lines.append(self.tr("Not listed under these settings"))
        else:
            lines.append(
                self.tr("{percent} after the chain").format(percent=format_percent(row.after))
            )
        if row.candidate is not None:
            lines += self._describe_token(row, row.candidate)
        if row.in_text:
            lines.append(self.tr("It stands in the text."))
        if self.is_other(row):
            lines.append(self.tr("These settings would choose it."))
        return "\n".join(lines)

    def _describe_token(self, row: Row, candidate: Candidate) -> list[str]:
        return [
            self.tr("Logit {logit}, log-probability {logprob}").format(
                logit=format_number(candidate.logit, 3), logprob=format_number(candidate.logprob, 4)
            ),
            self.tr("Token {token}, bytes {bytes}, rank {rank}").format(
                token=candidate.token,
                bytes=space_bytes(candidate.bytes) or "–",
                rank=row.rank,
            ),
        ]
