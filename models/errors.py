"""The ways a job ends that are not its result.

Three ways out, told apart in one place (`desktop.app`): cancelled is silent; a mistake of the user
or of a file is one plain sentence with a remedy; anything else is logged with its traceback.
"""


class InputError(ValueError):
    """A mistake in what was given: one plain sentence with facts and a remedy. Exit code 2."""


class JobError(RuntimeError):
    """A job that could not be finished, through no mistake in its input. Exit code 1."""


class SamplerError(JobError):
    """A user's sampler failed.

    file       its name in the samplers folder
    line       where in it, if that is known
    traceback  the frames of that file alone, as Python prints them
    """

    def __init__(
        self,
        message: str,
        *,
        file: str = "",
        line: int | None = None,
        traceback: str = "",
    ) -> None:
        super().__init__(message)
        self.file = file
        self.line = line
        self.traceback = traceback


class Cancelled(Exception):  # noqa: N818  (an outcome, not an error)
    """The user stopped the job. Exit code 130, and nothing is printed."""
