"""What can go wrong in understanding.

NluError
├── ModelFileError   a saved model is damaged, or of another version: learn again
├── LearningFailed   the process that learned was ended, or failed: the message says how
├── MaterialError    labelled utterances cannot be read; the message says where and why
└── QualityError     a quality needs a package that is not installed; the message names it
"""


class NluError(Exception):
    """Something about understanding that a person can fix; the message says how."""


class ModelFileError(NluError):
    """A file does not hold a learned model that this version can use."""


class LearningFailed(NluError):
    """Learning ended before it was done."""


class MaterialError(NluError):
    """A file of labelled utterances cannot be used as it is."""


class QualityError(NluError):
    """A quality of understanding needs what is not installed."""
