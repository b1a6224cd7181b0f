"""The Questions workspace: asks models in the engine, makes quizzes, keeps scores."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.engine_link import Ended, EngineLink, Job, Report
from desktop.library.errand import Errand, Failure
from desktop.library.shelf import Shelf, read_shelf
from desktop.loaded_model import LoadedModel
from desktop.questions.page import QuestionsPage, name_model
from desktop.settings import Settings
from desktop.theme.theme import Theme
from models.engine.blocking import BlockingEngine
from models.errors import InputError, JobError
from models.folder import find_folders
from models.questions import asking
from models.questions import results as asked
from models.questions.export import export_report
from models.questions.prompts import build_prompt
from models.questions.question_file import Question, find_set, format_questions, read_questions
from models.questions.quiz import Made, Writing, make_quiz
from models.report import write_report

SEED_BITS = 31
CANDIDATES = 8


class QuestionsWorkspace(QObject):
    """Asks models how much they know. `document_wanted()` wants the text for a quiz, by
    `take_text`.
    """

    document_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        link: EngineLink,
        model: LoadedModel,
        *,
        seeds: Callable[[], int] = lambda: secrets.randbits(SEED_BITS),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._link, self._model, self._seeds = settings, link, model, seeds
        self.page, self.panel = QuestionsPage(theme), None
        self._listing = Errand(self)
        self._questions: list[Question] = find_set("english")
        self._set_id = "english"
        self._job: Job | None = None
        self._waiting = False  # for the memory of the writing model
        self._report: asked.Report | None = None
        self._text = ""
        self._scores_path = find_folders().settings / "quiz_scores.json"
        self._scores = self._read_scores()
        self._connect()
        self._say_set()
        self.page.quiz.scores.show_scores(self._scores)

    @property
    def busy(self) -> bool:
        """Whether a model is asked, or makes a quiz."""
        return self._waiting or self._job is not None

    def refresh(self) -> None:
        """Look what the library has now."""
        if not self.busy:
            self._listing.run(
                lambda: read_shelf(context=self._settings.context), self._show, self._say
            )

    def stop(self) -> None:
        """End the run; what was answered stays."""
        self._waiting = False
        if self._job is not None:
            self._link.cancel(self._job)

    def close(self) -> None:
        """The same; nothing is shown any more."""
        self._listing.close()
        self.stop()

    def take_text(self, text: str) -> None:
        """Make the quiz about this text."""
        self._text = text

    @property
    def questions(self) -> list[Question]:
        """What is asked."""
        return self._questions

    def take_questions(self, questions: list[Question]) -> None:
        """Ask these from now on."""
        self._questions = questions
        self._say_set()

    def run(self) -> None:
        """Ask what is chosen."""
        page = self.page
        if self.busy:
            return
        page.show_trouble("")
        try:
            temperatures = self._read_temperatures()
            models = [str(model.path) for model in page.chosen_models]
            asking.check_asking(
                self._questions,
                temperatures=temperatures,
                repeats=page.repeats.value(),
                seed=0,
                tokens=asking.DEFAULT_TOKENS,
            )
            if not models:
                raise InputError(self.tr("No model is chosen: tick one or more."))
            self._model.take("questions")
        except InputError as error:
            page.show_trouble(str(error))
            return
        self._report = None
        page.answers.show_report(None)
        page.show_running(True)
        opened = self._model.opened
        real = Path(opened.loaded.path).resolve() if opened is not None else None
        seed, repeats = self._seeds(), page.repeats.value()
        threads, gpu_layers = self._settings.threads, self._settings.gpu_layers

        def work(engine: BlockingEngine, report: Report) -> None:
            for event in asking.ask(
                engine,
                self._questions,
                seed=seed,
                models=models,
                temperatures=temperatures,
                repeats=repeats,
                threads=threads,
                gpu_layers=gpu_layers,
                candidates=CANDIDATES,
            ):
                report(event)

        def begin() -> None:
            if self._waiting:
                self._waiting = False
                self._job = self._link.submit(work, on_events=self._hear, on_end=self._end)
            else:
                self._end(Ended("cancelled"))

        self._waiting = True
        if [model.real for model in page.chosen_models] == [real]:
            begin()  # the writing model is the one that is asked
        else:
            self._model.rest(begin)

    # ---- putting together ------------------------------------------------------------------

    def _connect(self) -> None:
        page, quiz = self.page, self.page.quiz
        page.run_wanted.connect(self.run)
        page.stop_wanted.connect(self.stop)
        page.set_wanted.connect(self._choose_set)
        page.prompt_wanted.connect(self._show_prompt)
        page.export_wanted.connect(self._export)
        quiz.wanted.connect(self._make_quiz)
        quiz.stop_wanted.connect(self.stop)
        quiz.save_wanted.connect(self._save_quiz)
        quiz.played.connect(self._keep_score)

    def _show(self, shelf: Shelf) -> None:
        opened = self._model.opened
        at_work = Path(opened.loaded.path).resolve() if opened is not None else None
        self.page.show_models(shelf.models, at_work)

    def _say(self, failure: Failure) -> None:
        self.page.show_trouble(str(failure))

    def _say_set(self) -> None:
        choices = sum(bool(question.choices) for question in self._questions)
        self.page.show_set(
            self.tr("{count} questions, {choices} with four choices").format(
                count=len(self._questions), choices=choices
            )
        )

    def _choose_set(self, id: str) -> None:
        self.page.show_trouble("")
        try:
            found = self._find_questions(id)
        except InputError as error:
            self.page.show_trouble(str(error))
            found = None
        if found is None:
            self.page.set.setCurrentIndex(self.page.set.findData(self._set_id))
            return
        self._set_id = id
        self.take_questions(found)

    def _find_questions(self, id: str) -> list[Question] | None:
        """Return the questions that were chosen; None where the person chose no file after all."""
        if id == "file":
            name, _ = QFileDialog.getOpenFileName(
                self.page,
                self.tr("Choose a file of questions"),
                str(Path.home()),
                self.tr("Questions (*.jsonl *.txt);;All files (*)"),
            )
            return read_questions(name) if name else None
        if id == "quiz":
            if not self.page.quiz.questions:
                raise InputError(self.tr("There is no quiz yet: make one below."))
            return self.page.quiz.questions
        return find_set(id)

    def _read_temperatures(self) -> list[float]:
        text = self.page.temperatures.text()
        try:
            parts = unicodedata.normalize("NFKC", text).replace("、", ",").split(",")
            return [float(part) for part in parts if part.strip()]
        except ValueError:
            raise InputError(
                self.tr("“{text}” are no temperatures: write them like 0.2, 0.7, 1.4.").format(
                    text=text
                )
            ) from None

    def _show_prompt(self) -> None:
        """Show how the first question is put to each model that is ticked."""
        if not self._questions:
            self.page.show_prompt("")
            return
        question, ways = self._questions[0], {False: list[str](), True: list[str]()}
        for model in self.page.chosen_models:
            if model.summary is not None:
                ways[model.summary.has_chat_template].append(name_model(model))
        shown = [
            (self.tr("{models}, as a message:"), ways[True], True),
            (self.tr("{models}, behind solved examples:"), ways[False], False),
        ]
        if question.choices:
            weighing = self.tr("{models}, for its choices behind solved examples:")
            shown.append((weighing, ways[True], False))
        texts = [
            f"{words.format(models=', '.join(names))}\n\n{build_prompt(question, chat=chat).text}"
            for words, names, chat in shown
            if names
        ]
        nothing = self.tr("No model is chosen: tick one or more.")
        self.page.show_prompt("\n\n\n".join(texts) or nothing)

    # ---- asking ----------------------------------------------------------------------------

    def _hear(self, events: list[asking.Told]) -> None:
        for event in events:
            match event:
                case asking.Opening():
                    self.page.show_progress(
                        self.tr("Loading {model}").format(model=event.model), 0, 0
                    )
                case asking.Asking():
                    question = self._questions[event.question].question
                    self.page.show_progress(f"{event.model}: {question}", event.done, event.total)
                case asked.Report():
                    self._report = event

    def _end(self, ended: Ended) -> None:
        self._job, self._waiting = None, False
        self._model.give_back()
        self.page.show_running(False)
        report = self._report
        if report is not None and (report.answers or report.weighings):
            self.page.answers.show_report(report)
            self.page.show_finished()
        if ended.failed:
            self.page.show_trouble(ended.sentence)

    def _export(self, suffix: str) -> None:
        report = self._report
        if report is not None:
            self.page.export.export("questions", suffix, lambda to: export_report(report, to))

    # ---- the quiz --------------------------------------------------------------------------

    def _make_quiz(self, count: int) -> None:
        if self.busy:
            return
        self.page.show_trouble("")
        try:
            self._model.take("questions", ready=True)
        except InputError as error:
            self.page.show_trouble(str(error))
            return
        self.document_wanted.emit()
        text, seed = self._text, self._seeds()

        def work(engine: BlockingEngine, report: Report) -> None:
            for event in make_quiz(engine, text, questions=count, seed=seed):
                report(event)

        self.page.quiz.begin()
        self.page.show_making(True)
        self._job = self._link.submit(work, on_events=self._hear_quiz, on_end=self._end_quiz)

    def _hear_quiz(self, events: list[Made | Writing]) -> None:
        for event in events:
            if isinstance(event, Made):
                self.page.quiz.add(event)

    def _end_quiz(self, ended: Ended) -> None:
        self._job = None
        self._model.give_back()
        self.page.show_making(False)
        if self._set_id == "quiz":
            self.take_questions(self.page.quiz.questions)
        if ended.failed:
            self.page.show_trouble(ended.sentence)

    def _save_quiz(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self.page, self.tr("Save the questions"), str(Path.home() / "quiz.jsonl")
        )
        if not name:
            return
        try:
            write_report(Path(name), format_questions(self.page.quiz.questions))
        except JobError as error:
            self.page.show_trouble(str(error))

    def _keep_score(self, right: int, count: int) -> None:
        self._scores.append((right, count))
        self.page.quiz.scores.show_scores(self._scores)
        try:
            self._scores_path.parent.mkdir(parents=True, exist_ok=True)
            write_report(self._scores_path, msgspec.json.encode(self._scores).decode())
        except (JobError, OSError) as error:
            self.page.show_trouble(str(error))

    def _read_scores(self) -> list[tuple[int, int]]:
        try:
            return msgspec.json.decode(self._scores_path.read_bytes(), type=list[tuple[int, int]])
        except (OSError, ValueError, msgspec.DecodeError):
            return []
