"""``python -m bench [NAME ...]``: run the benchmarks, one after the other; all by default.

turn        a turn in process, in each example bot
turn_http   a turn over HTTP beside a bare Starlette echo
turn_profile  where the microseconds of a turn go, through /chat and Lex's API
analytics   a hundred thousand turns counted: each table of a report, each of Lex's operations
store_size  a turn in a store of a million turns, beside an empty one (takes minutes)
long_run    a hundred thousand turns over ten thousand sessions: memory, latency (takes minutes)
start       start to first answer, memory, learning
conversation_tests  fifty conversations through daehwa test, start included
limits      what rate limits cost a turn
replay      what `daehwa learn` waits for: a thousand texts heard by two bots
hook_calls  what a Python code hook costs in a process of its own
loop_lag    how long the event loop is held, by builds, uploads, long answers (takes minutes)
lambda_start  importing the Lambda entry points, beside boto3; size of the upload
search      finding passages in documents, beside other ways (see bench/search)
mid_slot    questions in the middle of a slot, and words that look like values
assisted    understanding with a language model's help (see bench/assisted)
shared_documents  documents that machines share over PostgreSQL, beside one machine alone (minutes)
machines    three machines behind nginx while their parts fail (as root; a minute or two)
answers     a language model directly, through the bot, through litellm (see its --litellm)
page        the chat page beside deep-chat: loading, frames, memory (takes minutes)
nlu         understanding, beside its peers (takes long; see bench/nlu)
"""

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
QUICK = ("turn", "turn_profile", "turn_http", "limits", "hook_calls", "start", "lambda_start")
SLOW = (
    *("conversation_tests", "replay", "loop_lag", "analytics", "store_size", "long_run"),
    "machines",
    *("answers", "search", "shared_documents", "mid_slot", "assisted", "page", "nlu"),
)


def main() -> None:
    """Run the benchmarks that are named."""
    names = sys.argv[1:] or QUICK
    for name in names:
        path = HERE / f"{name}.py"
        if not path.exists():
            path = HERE / name / "__main__.py"
        if not path.exists():
            sys.exit(f"there is no benchmark {name}: {', '.join(QUICK + SLOW)}")
        print(f"== {name}", flush=True)
        sys.argv = [str(path)]
        runpy.run_path(str(path), run_name="__main__")


if __name__ == "__main__":
    main()
