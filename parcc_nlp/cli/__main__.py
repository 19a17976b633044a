"""``python -m parcc_nlp.cli``: the command without its script."""

from parcc_nlp.cli import main

if __name__ == "__main__":
    main()
