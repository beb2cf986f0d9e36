"""What the system says of a process: whether it is silent, waits for a processor, is traced."""

from daehwa.processes.process_silence import (
    ProcessSilence,
    computed_seconds,
    is_traced,
    wants_processor,
)

__all__ = ["ProcessSilence", "computed_seconds", "is_traced", "wants_processor"]
