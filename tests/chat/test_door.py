"""What AWS Lambda imports of the room is light."""

import subprocess
import sys

LIGHT = (
    "ERRORS, TEXT_LIMIT, ChatError, accepted_languages, best_locale, caller_language, "
    "checked_comment, checked_message_id, checked_session_id, checked_text, line, media_type, "
    "new_id, plain_text, silence"
)


def test_what_lambda_needs_comes_without_a_package_from_elsewhere():
    script = f"import sys; from daehwa.chat import {LIGHT}; print('msgspec' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    assert done.stdout.strip() == b"False"
