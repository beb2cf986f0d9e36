"""llama.cpp on any machine: what its library needs, and sentence vectors in its own process.

The vectors are imported when they are first wanted: AWS Lambda has no numpy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from daehwa.llama.openmp import child_environment, library_folder, remove_registration

if TYPE_CHECKING:
    from daehwa.llama.vectors import LlamaError, Pooling, SentenceVectors

__all__ = [
    "LlamaError",
    "Pooling",
    "SentenceVectors",
    "child_environment",
    "library_folder",
    "remove_registration",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module(f"{__name__}.vectors"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
