"""The folder of the tests is on the path: they share what runs an account."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
