"""The README's promise, tried where nothing is installed; see ``python -m bare --help``."""
