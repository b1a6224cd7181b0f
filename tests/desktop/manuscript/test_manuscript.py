"""The manuscript against a plain text, its operations against itself, and undo against time."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.manuscript.text_buffer import encode_utf16
from tests.desktop.manuscript.writing import Desk, make_record, make_steps

LETTERS = st.text(st.sampled_from("ab \n😀😁漢"), max_size=4)
TOKENS = st.lists(
    st.sampled_from(["", "a", " ab", "漢字", "😀", "😁", "b\n"]), min_size=1, max_size=5
)
POINT = st.floats(0, 1)
OTHER = str.maketrans("😀😁", "😁😀")


class Writing(RuleBasedStateMachine):
    """Everything that can happen to a manuscript, in any order, beside an editor's text."""

    @initialize(text=LETTERS)
    def start(self, text: str) -> None:
        self.desk = Desk(text)
        self.manuscript = self.desk.manuscript
        self.pieces: dict[tuple[int, int, int], str] = {}  # what a unit was when it was written

    def place(self, point: float) -> int:
        return round(point * self.manuscript.length)

    def remember(self) -> None:
        for unit in self.desk.units():
            key = unit.generation, unit.first, unit.last
            text = self.manuscript.text_between(unit.start, unit.end)
            assert self.pieces.setdefault(key, text) == text

    @rule(a=POINT, b=POINT, text=LETTERS)
    def edit(self, a: float, b: float, text: str) -> None:
        start, end = sorted((self.place(a), self.place(b)))
        self.desk.type(start, end - start, text)

    @rule(a=POINT, text=st.sampled_from(["a", "漢", "😀", "😁"]))
    def insert(self, a: float, text: str) -> None:
        self.desk.type(self.place(a), 0, text)

    @precondition(lambda self: self.manuscript.length)
    @rule(a=POINT)
    def backspace(self, a: float) -> None:
        self.desk.type(min(self.place(a), self.manuscript.length - 1), 1, "")

    @precondition(lambda self: self.desk.done)
    @rule()
    def undo(self) -> None:
        self.desk.undo()

    @precondition(lambda self: self.desk.undone)
    @rule()
    def redo(self) -> None:
        self.desk.redo()

    @rule(a=POINT, tokens=TOKENS)
    def generate(self, a: float, tokens: list[str]) -> None:
        self.desk.generate(self.place(a), tokens)

    @rule(a=POINT, tokens=TOKENS, alike=st.booleans())
    def another(self, a: float, tokens: list[str], alike: bool) -> None:
        passage = self.manuscript.passage_at(self.place(a))
        if passage is None:
            return
        record, before = make_record(self.manuscript), self.desk.shown
        try:
            change = self.manuscript.begin_another(record, passage.id)
        except ValueError:
            return  # nothing by a model stands there
        self.desk.obey(change)
        if alike:  # but for half a character
            cut = before[2 * change.position : 2 * (change.position + change.removed)]
            tokens = [cut.decode("utf-16-le", "ignore").translate(OTHER)]
        self.desk.stream(record.id, tokens, join=True)

    @rule(a=POINT, tokens=TOKENS)
    def choose(self, a: float, tokens: list[str]) -> None:
        unit = self.manuscript.unit_at(self.place(a))
        if unit is not None:
            record = make_record(self.manuscript)
            self.desk.obey(self.manuscript.begin_choice(record, unit))
            self.desk.stream(record.id, tokens, join=True)

    @rule(a=POINT, b=POINT, tokens=TOKENS)
    def rewrite(self, a: float, b: float, tokens: list[str]) -> None:
        start, end = sorted((self.place(a), self.place(b)))
        record = make_record(self.manuscript, "rewrite")
        self.desk.obey(self.manuscript.replace(record, start, end, make_steps(tokens)))
        self.manuscript.end(record.id, "length")

    @rule(a=POINT, b=POINT, tokens=TOKENS, again=st.booleans())
    def ask(self, a: float, b: float, tokens: list[str], again: bool) -> None:
        start, end = sorted((self.place(a), self.place(b)))
        record, changed = make_record(self.manuscript, "shorten"), self.manuscript.changed
        self.manuscript.ask(record, start, end, again=again)
        change = self.manuscript.write(record.id, make_steps(tokens))
        assert not change.inserted
        self.manuscript.end(record.id, "length")
        assert self.manuscript.changed == changed
        request = self.manuscript.request
        assert request is not None
        assert (request.start, request.end, request.answers[-1]) == (start, end, record.id)
        assert [self.manuscript.step(record.id, i).text for i in range(len(tokens))] == tokens

    @rule()
    def dismiss(self) -> None:
        self.manuscript.dismiss()
        assert self.manuscript.request is None

    @rule(a=POINT, which=POINT)
    def show(self, a: float, which: float) -> None:
        passage = self.manuscript.passage_at(self.place(a))
        if passage is not None:
            versions = self.manuscript.versions(passage.id)
            version = versions[round(which * (len(versions) - 1))]
            self.desk.obey(self.manuscript.show_version(passage.id, version.id))
            shown = self.manuscript.versions(passage.id)
            assert [view.id for view in shown if view.standing] == [version.id]

    @rule(a=POINT)
    def accept(self, a: float) -> None:
        self.manuscript.accept(self.place(a))

    @rule()
    def refuse(self) -> None:
        self.desk.obey(self.manuscript.refuse())

    @invariant()
    def text_is_the_editors(self) -> None:
        assert self.manuscript.text == self.desk.text
        assert self.manuscript.length == len(self.desk.shown) // 2

    @invariant()
    def units_are_in_order_and_whole(self) -> None:
        last = 0
        for unit in self.desk.units():
            assert last <= unit.start < unit.end <= self.manuscript.length
            last = unit.end
        self.remember()

    @invariant()
    def what_is_asked_is_in_the_text(self) -> None:
        request = self.manuscript.request
        if request is not None:
            assert 0 <= request.start <= request.end <= self.manuscript.length

    @invariant()
    def passages_lie_side_by_side(self) -> None:
        page = self.manuscript._page
        last = 0
        for passage in sorted(page.passages.values(), key=lambda p: (p.start, p.end)):
            assert 0 <= passage.start <= passage.end <= self.manuscript.length
            if passage.start < passage.end:
                assert last <= passage.start
                last = passage.end
            assert 0 <= passage.parted_at <= passage.end - passage.start
            for span in passage.spans:
                assert passage.start <= span.start <= span.end <= passage.end
        positions = [mark.position for mark in page.removed.marks]
        assert positions == sorted(positions)
        assert all(0 <= position <= self.manuscript.length for position in positions)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            assert self.desk.replay().encode() == self.manuscript.encode()


TestWriting = Writing.TestCase
TestWriting.settings = settings(max_examples=60, stateful_step_count=25)


@settings(max_examples=150)
@given(st.data())
def test_undo_and_redo_bring_every_unit_back(data: st.DataObject) -> None:
    """Along the whole undo stack, back and forth, the units are those of that moment.

    No character stands there twice, and none is cut, as in an editor: a text that is equal to one
    that was removed at its place is taken for it.
    """
    fresh = itertools.count()

    def make_fresh(text: str) -> str:
        return "".join(chr((0x20000 if c > "\uffff" else 0x4E00) + next(fresh)) for c in text)

    desk = Desk(make_fresh(data.draw(LETTERS)))
    states = [desk.units()]
    for _ in range(data.draw(st.integers(1, 7))):
        places = [len(encode_utf16(desk.text[:i])) // 2 for i in range(len(desk.text) + 1)]
        start = data.draw(st.sampled_from(places))
        depth = len(desk.done)
        if data.draw(st.booleans()):
            desk.generate(start, [make_fresh(token) for token in data.draw(TOKENS)])
        else:
            end = data.draw(st.sampled_from([place for place in places if place >= start]))
            desk.type(start, end - start, make_fresh(data.draw(LETTERS)))
        if len(desk.done) > depth:
            states.append(desk.units())
        else:
            states[-1] = desk.units()
    assert len(states) == len(desk.done) + 1
    for state in states[-2::-1]:
        desk.undo()
        assert desk.units() == state
    for state in states[1:]:
        desk.redo()
        assert desk.units() == state
