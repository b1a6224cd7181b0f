"""The ways a job ends that are not its result.

Three ways out, told apart in one place (`desktop.app`): cancelled is silent; a mistake of the user
or of a file is one plain sentence with a remedy; anything else is logged with its traceback.
"""


class InputError(ValueError):
    """A mistake in what was given: one plain sentence with facts and a remedy. Exit code 2."""


class JobError(RuntimeError):
    """A job that could not be finished, through no mistake in its input. Exit code 1."""


class Cancelled(Exception):  # noqa: N818  (an outcome, not an error)
    """The user stopped the job. Exit code 130, and nothing is printed."""
