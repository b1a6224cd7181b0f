"""The Questions workspace: accuracy over temperature, and quizzes."""
