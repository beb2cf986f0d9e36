"""What keeps conversation tests from being run."""

from __future__ import annotations


class TestingError(Exception):
    """The tests cannot be run; the message says why, where, and what to do."""

    __test__ = False  # no test class, whatever its name
