"""The ``parcc`` command: thin over the verbs; every module here does one thing a command needs.

Exit status of every command: 0 done, 1 findings at or above ``--fail-on``, 2 some input could not be examined, 3 wrong
usage; 130 after Ctrl-C. Where both 1 and 2 hold the status is 2: that a file was not looked at is never hidden behind
what was found in others.
"""

__all__ = ["main"]


def main() -> None:
    """Run the ``parcc`` command."""
    from parcc_nlp.cli.app import app

    app(prog_name="parcc")
