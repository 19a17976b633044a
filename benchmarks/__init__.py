"""What is measured, and against which peer, in one run: ``python -m benchmarks`` (``make bench``)."""
