"""How Qt's own widgets look: one stylesheet and one QPalette made of the colours of a scheme.

What differs from its kind says so by a dynamic property that is True:

primary, link, bare   QPushButton: the one of a screen; like a link; nothing but an icon
tab                   QPushButton: one of a row of which one is checked
rail                  QToolButton: an entry of the rail
dim, strong           QLabel: quieter, bolder
title, section        QLabel: the head of a page, and of a part of it
good, warning, bad    QLabel: in the colour of that severity
badge, key            QLabel: a level beside a model's name; a key of a shortcut
ground, panel, paper  QFrame: what it is made of
above, below, right   QFrame: a line at that edge
card                  QFrame: a rounded sheet
menu                  a popup that looks like a menu
field                 QPlainTextEdit: to be typed into, or read, inside of a page
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from PySide6.QtGui import QColor, QPalette

from desktop.theme.colours import Palette

IMAGES = ("check", "chevron-down", "chevron-up", "minus")  # icons that the stylesheet refers to

_RULES = Template("""
QMainWindow, QFrame[ground="true"] { background: $ground; }
QFrame[panel="true"] { background: $panel; }
QFrame[paper="true"] { background: $paper; }
QFrame[above="true"] { border: 0 solid $line; border-top-width: 1px; }
QFrame[below="true"] { border: 0 solid $line; border-bottom-width: 1px; }
QFrame[right="true"] { border: 0 solid $line; border-right-width: 1px; }
QFrame[card="true"] { background: $paper; border: 1px solid $line; border-radius: 10px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[page="true"] { background: transparent; }
QSplitter::handle { background: $line; }

QLabel { background: transparent; }
QLabel[dim="true"] { color: $dim; }
QLabel[strong="true"] { font-weight: bold; }
QLabel[title="true"] { font-size: ${title}pt; font-weight: bold; }
QLabel[section="true"] { color: $dim; font-weight: bold; }
QLabel[good="true"] { color: $good; }
QLabel[warning="true"] { color: $warning; }
QLabel[bad="true"] { color: $bad; }
QLabel[badge="true"] {
    color: $ink; background: $paper; border: 1px solid $line; border-radius: 4px;
    padding: 1px 6px; font-weight: bold;
}
QLabel[key="true"] {
    color: $ink; background: $paper; border: 1px solid $line; border-radius: 4px; padding: 1px 6px;
}

QPushButton {
    color: $ink; background: $paper; border: 1px solid $line; border-radius: 7px;
    padding: 6px 13px;
}
QPushButton:hover { background: $panel; border-color: $faint; }
QPushButton:pressed, QPushButton:checked {
    color: $accent; background: $accent_ground; border-color: $accent;
}
QPushButton:focus { border: 2px solid $accent; padding: 5px 12px; }
QPushButton:disabled { color: $faint; background: $panel; border-color: $line; }
QPushButton[primary="true"] {
    color: $on_accent; background: $accent; border-color: $accent; font-weight: bold;
}
QPushButton[primary="true"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[primary="true"]:pressed { background: $accent; }
QPushButton[primary="true"]:focus { border: 2px solid $ink; }
QPushButton[primary="true"]:disabled {
    color: $faint; background: $panel; border: 1px solid $line; padding: 6px 13px;
}
QPushButton[link="true"] {
    color: $accent; background: transparent; border: 2px solid transparent; padding: 2px 4px;
}
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border-color: $accent; }
QPushButton[bare="true"] {
    background: transparent; border: 2px solid transparent; padding: 3px;
}
QPushButton[bare="true"]:hover { background: $accent_ground; }
QPushButton[bare="true"]:focus { border-color: $accent; }
QPushButton[tab="true"] {
    color: $dim; background: transparent; border: 2px solid transparent; padding: 4px 10px;
}
QPushButton[tab="true"]:hover { color: $ink; background: $accent_ground; }
QPushButton[tab="true"]:checked { color: $accent; background: $accent_ground; }
QPushButton[tab="true"]:focus { border-color: $accent; }
QPushButton::menu-indicator {
    image: url("$chevron_down"); width: 14px; height: 14px;
    subcontrol-origin: border; subcontrol-position: right center; right: 9px;
}
QPushButton[menu="true"] { padding-right: 28px; }

QToolButton[rail="true"] {
    color: $dim; background: transparent; border: 2px solid transparent; border-radius: 8px;
    padding: 6px 0 4px 0;
}
QToolButton[rail="true"]:hover { color: $ink; background: $panel; }
QToolButton[rail="true"]:checked { color: $accent; background: $accent_ground; font-weight: bold; }
QToolButton[rail="true"]:focus { border-color: $accent; }

QLineEdit, QAbstractSpinBox, QComboBox {
    color: $ink; background: $paper; border: 1px solid $line; border-radius: 7px; padding: 5px 9px;
    selection-color: $on_accent; selection-background-color: $accent;
}
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $faint; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border: 2px solid $accent; padding: 4px 8px;
}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    color: $faint; background: $panel;
}
QListWidget[rows="true"] { background: transparent; border: 0; outline: 0; }
QListWidget[rows="true"]::item { padding: 5px 6px; border-radius: 6px; color: $ink; }
QListWidget[rows="true"]::item:selected { background: $accent_ground; color: $ink; }
QPlainTextEdit[field="true"] {
    color: $ink; background: $paper; border: 1px solid $line; border-radius: 7px; padding: 3px;
    selection-color: $on_accent; selection-background-color: $accent;
}
QPlainTextEdit[field="true"]:focus { border: 2px solid $accent; padding: 2px; }
QAbstractSpinBox { padding: 3px 0 4px 7px; }
QAbstractSpinBox:focus { padding: 2px 0 3px 6px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
    border: none; background: transparent; padding: 0;
}
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$chevron_down"); width: 14px; height: 14px; }
QComboBox QAbstractItemView {
    color: $ink; background: $paper; border: 1px solid $line; outline: none; padding: 4px;
    selection-color: $ink; selection-background-color: $accent_ground;
}
QComboBox QAbstractItemView::item { padding: 5px 6px; border-radius: 5px; }
QComboBox QAbstractItemView::item:selected { color: $ink; background: $accent_ground; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    border: none; background: transparent; width: 22px;
}
QAbstractSpinBox::up-arrow { image: url("$chevron_up"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$chevron_down"); width: 12px; height: 12px; }

QCheckBox, QRadioButton {
    color: $ink; spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 7px;
}
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: 16px; height: 16px; background: $paper; border: 1px solid $dim; border-radius: 4px;
}
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$check");
}
QRadioButton::indicator:checked {
    width: 8px; height: 8px; border: 5px solid $accent; background: $on_accent;
}
QCheckBox::indicator:indeterminate { border-color: $accent; image: url("$minus"); }

QSlider { min-height: 22px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $line; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -7px 0; border: 2px solid $accent; border-radius: 9px;
    background: $paper;
}
QSlider::handle:horizontal:hover { background: $accent_ground; }
QSlider::handle:horizontal:focus { background: $accent; }
QSlider::sub-page:horizontal:disabled { background: $faint; }
QSlider::handle:horizontal:disabled { border-color: $faint; }

QProgressBar { border: none; border-radius: 2px; background: $line; }
QProgressBar::chunk { border-radius: 2px; background: $accent; }

QMenuBar { color: $ink; background: $ground; padding: 2px 6px; }
QMenuBar::item { padding: 4px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { color: $ink; background: $accent_ground; }
QMenu, QFrame[menu="true"] {
    color: $ink; background: $paper; border: 1px solid $line; padding: 5px;
}
QMenu::item { padding: 5px 26px 5px 10px; border-radius: 5px; }
QMenu::item:selected { color: $ink; background: $accent_ground; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; left: 8px; }
QMenu::indicator:checked { image: url("$check_ink"); }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QToolTip { color: $ink; background: $paper; border: 1px solid $line; padding: 5px 8px; }

QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $line; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $faint; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def make_stylesheet(palette: Palette, *, text_pt: float, images: Mapping[str, str]) -> str:
    """Return the application's stylesheet.

    `text_pt` is the size of the interface's text in points. `images` gives the file of each icon
    of IMAGES in `dim`, `check` excepted, which is in `on_accent`; `check-ink` is the same in `ink`.
    """
    return _RULES.substitute(
        {name: getattr(palette, name) for name in palette.__dataclass_fields__},
        accent_hover=QColor(palette.accent).darker(112).name(),
        title=f"{text_pt * 1.6:g}",
        **{name.replace("-", "_"): path for name, path in images.items()},
    )


def make_qt_palette(palette: Palette) -> QPalette:
    """Return the colours for what no rule of the stylesheet reaches."""
    role = QPalette.ColorRole
    qt = QPalette()
    for target, colour in (
        (role.Window, palette.panel),
        (role.WindowText, palette.ink),
        (role.Base, palette.paper),
        (role.AlternateBase, palette.panel),
        (role.Text, palette.ink),
        (role.Button, palette.paper),
        (role.ButtonText, palette.ink),
        (role.BrightText, palette.bad),
        (role.ToolTipBase, palette.paper),
        (role.ToolTipText, palette.ink),
        (role.PlaceholderText, palette.dim),
        (role.Highlight, palette.accent),
        (role.HighlightedText, palette.on_accent),
        (role.Accent, palette.accent),
        (role.Link, palette.accent),
        (role.LinkVisited, palette.accent),
        (role.Light, palette.paper),
        (role.Midlight, palette.panel),
        (role.Mid, palette.line),
        (role.Dark, palette.faint),
        (role.Shadow, palette.line),
    ):
        qt.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        qt.setColor(QPalette.ColorGroup.Disabled, target, QColor(palette.faint))
    return qt
