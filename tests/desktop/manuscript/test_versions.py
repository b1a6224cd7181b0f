"""Passages, their versions and proposals, as a person meets them."""

from __future__ import annotations

import math

import pytest

from desktop.manuscript.passages import Change
from models.errors import InputError, JobError
from tests.desktop.manuscript.writing import Desk, make_record, make_steps, words


def standing_of(desk: Desk, passage: int) -> int:
    """The id of the version in the text."""
    return next(v.id for v in desk.manuscript.versions(passage) if v.standing)


def test_a_character_of_several_tokens_is_one_unit() -> None:
    desk = Desk("It says ")
    generation = desk.generate(8, ["", "", "京", " and", "", ""])
    kyo, rest = desk.units()
    assert (kyo.start, kyo.end, kyo.first, kyo.last) == (8, 9, 0, 2)
    assert kyo.probability == pytest.approx(math.exp(-0.25 - 0.5 - 0.75), abs=1e-6)
    assert (rest.first, rest.last) == (3, 3)
    assert desk.manuscript.length == 13
    trace = desk.manuscript.trace(generation)
    assert trace["token"].tolist() == [1000, 1001, 1002, 1003, 1004, 1005]
    assert trace["entropy"].tolist() == [1.5] * 6


def test_units_are_found_by_place_and_by_neighbour() -> None:
    desk = Desk("😀 ")
    desk.generate(3, ["a", "bc", "d"])
    first, second, third = desk.units()
    assert desk.manuscript.unit_at(2) is None
    assert desk.manuscript.unit_at(5) == second
    assert desk.manuscript.units_between(4, 5) == [second]
    assert desk.manuscript.neighbour(second, 1) == third
    assert desk.manuscript.neighbour(second, -1) == first
    assert desk.manuscript.neighbour(first, -1) is None
    assert desk.manuscript.neighbour(third, 1) is None


def test_line_ends_of_a_model_are_those_of_the_editor() -> None:
    desk = Desk()
    desk.generate(0, ["a\r\n", "b\u2029", "c\r"])
    assert desk.manuscript.text == "a\nb\nc\n" == desk.text


def test_an_edit_drops_the_unit_that_it_touches_and_shifts_the_rest() -> None:
    desk = Desk()
    desk.generate(0, ["one", " two", " three"])
    desk.type(5, 1, "o")
    assert words(desk) == ["one", " three"]
    desk.type(0, 0, "zero ")
    assert words(desk) == ["one", " three"]
    assert desk.manuscript.text == "zero one too three"
    desk.undo()
    desk.undo()
    assert words(desk) == ["one", " two", " three"]


def test_backspaces_that_the_editor_joins_come_back_as_one() -> None:
    desk = Desk()
    desk.generate(0, ["one", " two", "!"])
    before = desk.units()
    for position in range(7, 1, -1):
        desk.manuscript.edit(position, 1, "")
    assert words(desk) == []
    desk.manuscript.edit(2, 0, "e two!")
    assert desk.units() == before


def test_what_comes_back_with_other_text_around_it_keeps_its_units() -> None:
    desk = Desk("x")
    desk.generate(1, [" one", " two"])
    desk.type(1, 8, "")
    desk.type(1, 0, "and one two more")
    assert words(desk) == [" one", " two"]


def test_a_change_that_an_editor_reports_too_long_touches_nothing_else() -> None:
    desk = Desk()
    desk.generate(0, ["one", " two", " three"])
    desk.manuscript.edit(0, 13, "one tWo three")
    assert words(desk) == ["one", " three"]
    before = len(desk.log.operations)
    desk.manuscript.edit(0, 13, "one tWo three")
    assert len(desk.log.operations) == before


def test_a_continuation_at_the_end_of_a_passage_grows_its_version() -> None:
    desk = Desk("Start")
    desk.generate(5, [" a", " b"])
    desk.generate(9, [" c"])
    passage = desk.manuscript.passage_at(7)
    assert passage is not None
    assert (passage.start, passage.end) == (5, 11)
    assert len(desk.manuscript.versions(passage.id)) == 1
    desk.type(11, 0, " typed")
    desk.generate(17, [" d"])
    other = desk.manuscript.passage_at(18)
    assert other is not None
    assert other.id != passage.id


def test_another_version_keeps_the_first_as_it_stands() -> None:
    desk = Desk("Start")
    desk.generate(5, [" kept"])
    desk.generate(10, [" one", " two"])
    desk.type(12, 1, "N")  # the person mends it
    passage = desk.manuscript.passage_at(12)
    assert passage is not None
    record = make_record(desk.manuscript)
    change = desk.manuscript.begin_another(record, passage.id)
    assert change == Change(10, 8, "")
    desk.obey(change)
    desk.stream(record.id, [" three"], join=True)
    assert desk.manuscript.text == desk.text == "Start kept three"
    first, second = desk.manuscript.versions(passage.id)
    assert (first.standing, second.standing) == (False, True)
    assert (second.parent, second.parted_at, second.length) == (first.id, 5, 11)
    assert (first.first_words, second.first_words) == ("kept oNe two", "three")
    desk.obey(desk.manuscript.show_version(passage.id, first.id))
    assert desk.manuscript.text == desk.text == "Start kept oNe two"
    assert words(desk) == [" kept", " two"]
    desk.obey(desk.manuscript.show_version(passage.id, second.id))
    assert desk.text == "Start kept three"
    assert words(desk) == [" kept", " three"]


@pytest.mark.parametrize(
    ("first", "second", "change"),
    [
        ("a😀b", "a😁b", Change(1, 2, "😀")),  # D83D DE00, D83D DE01
        ("a𠮷b", "a😷b", Change(1, 2, "𠮷")),  # D842 DFB7, D83D DE37
        ("a\U00020637b", "a\U00020a37b", Change(1, 2, "\U00020637")),  # D841 DE37, D842 DE37
        ("a😀", "a😀😀", Change(3, 2, "")),
    ],
)
def test_another_version_is_put_in_by_whole_characters(
    first: str, second: str, change: Change
) -> None:
    desk = Desk()
    desk.generate(0, [first])
    passage = desk.manuscript.passage_at(1)
    assert passage is not None
    standing = standing_of(desk, passage.id)
    record = make_record(desk.manuscript)
    desk.obey(desk.manuscript.begin_another(record, passage.id))
    desk.stream(record.id, [second], join=True)
    assert desk.manuscript.show_version(passage.id, standing) == change
    assert desk.manuscript.text == first


def test_undo_of_another_version_lets_the_first_stand_again() -> None:
    desk = Desk()
    desk.generate(0, ["a", "b"])
    passage = desk.manuscript.passage_at(1)
    assert passage is not None
    before = desk.units()
    record = make_record(desk.manuscript)
    desk.obey(desk.manuscript.begin_another(record, passage.id))
    desk.stream(record.id, ["c", "d", "e"], join=True)
    after = desk.units()
    first, second = desk.manuscript.versions(passage.id)
    desk.undo()
    assert desk.text == "ab"
    assert desk.units() == before
    assert standing_of(desk, passage.id) == first.id
    desk.redo()
    assert desk.units() == after
    assert standing_of(desk, passage.id) == second.id


def test_a_choice_keeps_what_stands_before_the_unit() -> None:
    desk = Desk("It is ")
    desk.generate(6, ["red", " or", " blue"])
    unit = desk.manuscript.unit_at(10)
    assert unit is not None
    record = make_record(desk.manuscript)
    desk.obey(desk.manuscript.begin_choice(record, unit))
    desk.stream(record.id, [" and", " green"], join=True)
    assert desk.text == "It is red and green"
    passage = desk.manuscript.passage_at(8)
    assert passage is not None
    first, second = desk.manuscript.versions(passage.id)
    assert (second.parent, second.parted_at) == (first.id, 3)
    with pytest.raises(InputError, match="text has changed"):
        desk.manuscript.begin_choice(make_record(desk.manuscript), unit)


def test_a_generation_inside_of_a_passage_leaves_what_follows() -> None:
    desk = Desk()
    desk.generate(0, ["one", " three"])
    desk.generate(3, [" two"])
    assert desk.text == "one two three"
    passage = desk.manuscript.passage_at(5)
    assert passage is not None
    record = make_record(desk.manuscript)
    desk.obey(desk.manuscript.begin_another(record, passage.id))
    desk.stream(record.id, [" 2", " and"], join=True)
    assert desk.text == "one 2 and three"
    assert words(desk) == ["one", " 2", " and", " three"]


def test_a_proposal_is_accepted_by_and_by_or_refused() -> None:
    desk = Desk("Once")
    desk.generate(4, [" upon", " a", " time"])
    desk.manuscript.accept(9)
    desk.type(0, 0, "! ")
    before = desk.manuscript.pending
    desk.obey(desk.manuscript.refuse())
    assert before == (11, 18)
    assert desk.text == "! Once upon"
    assert desk.manuscript.pending is None
    passage = desk.manuscript.passage_at(9)
    assert passage is not None
    refused, standing = desk.manuscript.versions(passage.id)
    assert (refused.length, standing.length, standing.parted_at) == (12, 5, 5)
    desk.obey(desk.manuscript.show_version(passage.id, refused.id))
    assert desk.text == "! Once upon a time"
    assert words(desk) == [" upon", " a", " time"]
    assert [v.id for v in desk.manuscript.versions(passage.id)] == [
        refused.id
    ]  # nothing of its own


def test_refused_then_continued_is_two_versions_and_undo_returns() -> None:
    desk = Desk()
    desk.generate(0, ["first"])
    desk.obey(desk.manuscript.refuse())
    desk.generate(0, ["second"])
    passage = desk.manuscript.passage_at(0)
    assert passage is not None
    assert [v.first_words for v in desk.manuscript.versions(passage.id)] == ["first", "second"]
    desk.undo()
    desk.undo()
    assert desk.text == "first"
    assert words(desk) == ["first"]


def test_a_rewrite_keeps_the_persons_text_as_the_first_version() -> None:
    desk = Desk("A bad text.")
    record = make_record(desk.manuscript, "rewrite")
    change = desk.manuscript.replace(record, 2, 5, make_steps(["good", " and", " fine"]))
    assert change == Change(2, 3, "good and fine")
    desk.obey(change)
    assert desk.text == desk.manuscript.text == "A good and fine text."
    assert desk.manuscript.pending is None
    passage = desk.manuscript.passage_at(4)
    assert passage is not None
    first, second = desk.manuscript.versions(passage.id)
    assert (first.first_words, second.parent) == ("bad", first.id)
    desk.obey(desk.manuscript.show_version(passage.id, first.id))
    assert desk.text == "A bad text."
    with pytest.raises(InputError, match="The model wrote nothing"):
        desk.manuscript.begin_another(make_record(desk.manuscript), passage.id)


def test_a_rewrite_over_two_passages_loses_no_version_of_either() -> None:
    desk = Desk("- - -")
    desk.generate(1, ["a1"])
    desk.obey(desk.manuscript.refuse())
    desk.generate(1, ["a2"])
    desk.manuscript.accept()
    desk.generate(5, ["b"])
    assert desk.text == "-a2 -b -"
    record = make_record(desk.manuscript, "rewrite")
    desk.obey(desk.manuscript.replace(record, 2, 7, make_steps(["new"])))
    assert desk.text == "-anew-"
    passage = desk.manuscript.passage_at(3)
    assert passage is not None
    texts = set()
    for version in desk.manuscript.versions(passage.id):
        desk.obey(desk.manuscript.show_version(passage.id, version.id))
        texts.add(desk.text)
    assert texts == {"-anew-", "-a2 -b -", "-a1 -b -"}


def test_a_passage_whose_text_is_removed_stays_for_an_undo() -> None:
    desk = Desk("Say ")
    desk.generate(4, ["one", " two"])
    passage = desk.manuscript.passage_at(5)
    assert passage is not None
    desk.type(2, 9, "")
    assert words(desk) == []
    assert len(desk.manuscript.versions(passage.id)) == 1
    desk.undo()
    assert words(desk) == ["one", " two"]
    assert desk.manuscript.passage_at(5) == passage
    assert desk.manuscript.pending == (4, 11)


def test_steps_that_come_too_late_are_left_out() -> None:
    desk = Desk()
    record = make_record(desk.manuscript)
    desk.manuscript.begin(record, 0)
    desk.obey(desk.manuscript.write(record.id, make_steps(["a"])))
    desk.obey(desk.manuscript.refuse())
    assert desk.manuscript.outcome(record.id) == "cancelled"
    assert desk.manuscript.write(record.id, make_steps(["b"], 1)) == Change(0, 0, "")
    assert desk.manuscript.text == ""


def test_a_generation_writes_on_while_the_person_edits_elsewhere() -> None:
    desk = Desk("Title\n")
    record = make_record(desk.manuscript)
    desk.manuscript.begin(record, 6)
    desk.obey(desk.manuscript.write(record.id, make_steps(["one"])))
    desk.type(0, 0, "A ")
    desk.type(desk.manuscript.length, 0, "\nEnd")
    desk.obey(desk.manuscript.write(record.id, make_steps([" two"], 1)))
    assert desk.text == desk.manuscript.text == "A Title\none two\nEnd"
    assert desk.manuscript.pending == (8, 15)


def test_a_step_is_read_back_or_said_to_be_lost() -> None:
    desk = Desk()
    generation = desk.generate(0, ["a", "b"])
    assert desk.manuscript.step(generation, 1) == make_steps(["a", "b"])[1]
    desk.log.steps.clear()
    with pytest.raises(JobError, match="lost"):
        desk.manuscript.step(generation, 1)
    assert desk.manuscript.record(generation).model == "starter"
    assert desk.manuscript.outcome(generation) == "length"


def test_positions_outside_of_the_text_are_refused() -> None:
    desk = Desk("abc")
    record = make_record(desk.manuscript)
    with pytest.raises(ValueError, match="no text from 2 to 5"):
        desk.manuscript.edit(2, 3, "")
    with pytest.raises(ValueError, match="no position 4"):
        desk.manuscript.begin(record, 4)
    with pytest.raises(ValueError, match="no text from 2 to 1"):
        desk.manuscript.replace(record, 2, 1, [])
    desk.manuscript.begin(record, 3)
    with pytest.raises(ValueError, match="no new generation"):
        desk.manuscript.begin(record, 3)


def test_what_is_asked_stays_with_its_words_and_its_answers_are_kept() -> None:
    desk = Desk("One. Two. Three.")
    manuscript = desk.manuscript
    for again, text in enumerate(("A pair.", "Both.")):
        record = make_record(manuscript, "shorten")
        manuscript.ask(record, 5, 9, again=bool(again))
        manuscript.write(record.id, make_steps([text]))
        manuscript.end(record.id, "done")
    desk.type(0, 0, "Now: ")
    desk.type(14, 7, "")
    desk.generate(14, [" Four."])
    request = desk.replay().request
    assert request is not None
    assert manuscript.text_between(request.start, request.end) == "Two."
    assert (request.kind, request.answers) == ("shorten", [1, 2])
    assert [manuscript.step(number, 0).text for number in request.answers] == ["A pair.", "Both."]
    record = make_record(manuscript, "rewrite")
    manuscript.ask(record, request.start, request.end)  # something else: its answers stand alone
    assert manuscript.request is not None
    assert manuscript.request.answers == [record.id]
    desk.obey(manuscript.replace(make_record(manuscript), 10, 14, make_steps(["2."])))
    assert desk.replay().request is None
    assert desk.text == "Now: One. 2. Four."
