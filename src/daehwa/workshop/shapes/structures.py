"""The shapes of structures.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from daehwa.workshop.shape import Shape


class DataPrivacy(Shape, frozen=True, kw_only=True):
    """The structure DataPrivacy."""

    child_directed: bool
