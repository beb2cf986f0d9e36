"""``python -m bench [NAME ...]``: run the benchmarks, one after the other; all by default.

turn        a turn in process, in each example bot
turn_http   a turn over HTTP beside a bare Starlette echo
start       start to first answer, memory, learning
search      finding passages in documents, beside other ways (see bench/search)
lambda_start  importing the Lambda entry points, beside boto3; size of the upload
search      finding passages in documents, beside other ways (see bench/search)
nlu         understanding, beside its peers (takes long; see bench/nlu)
"""

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
QUICK = ("turn", "turn_http", "start", "lambda_start")


def main() -> None:
    """Run the benchmarks that are named."""
    names = sys.argv[1:] or QUICK
    for name in names:
        path = HERE / f"{name}.py"
        if not path.exists():
            path = HERE / name / "__main__.py"
        if not path.exists():
            sys.exit(f"there is no benchmark {name}: {', '.join(QUICK)}, search, nlu")
        print(f"== {name}", flush=True)
        sys.argv = [str(path)]
        runpy.run_path(str(path), run_name="__main__")


if __name__ == "__main__":
    main()
