"""What the system says of a process: its processors, whether it is silent, waits, is traced."""

from daehwa.processes.cores import available_cores
from daehwa.processes.process_silence import (
    ProcessSilence,
    computed_seconds,
    is_traced,
    wants_processor,
)

__all__ = [
    "ProcessSilence",
    "available_cores",
    "computed_seconds",
    "is_traced",
    "wants_processor",
]
