"""What Amazon's documents leave open, each question decided once; where we differ knowingly.

``docs/differences.md`` and ``.ko.md`` are made from these. They are documentation, so they stand
beside the suite and not in the package.
"""

from conformance.decisions.decision import Decision
from conformance.decisions.page import DECISIONS, korean_heading, korean_page, page

__all__ = ["DECISIONS", "Decision", "korean_heading", "korean_page", "page"]
