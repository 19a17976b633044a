"""Work for worker processes that does not go well. Loaded by its bare name: workers do not know the tests as a package."""

import os
import signal
import time

from parcc_nlp.library.importing.worker import Worked


def act(setting, job):
    """Do what the name of a file says; it runs in a worker."""
    if job.name == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if job.name == "hangs":
        time.sleep(600)
    if job.name == "unforeseen":
        raise KeyError("x")
    return Worked(None, None)


def refuse():
    """Keep a worker from coming up."""
    raise RuntimeError("no memory")
