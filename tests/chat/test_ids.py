"""Session and message ids: nobody has them, nobody can guess them, no process shares them."""

import os
import re
import threading

from daehwa import chat


def test_an_id_has_128_random_bits_in_the_form_that_the_wire_takes():
    ids = [chat.new_id() for _ in range(1000)]

    assert len(set(ids)) == len(ids)
    assert all(len(one) == 32 and re.fullmatch(chat.SESSION_ID, one) for one in ids)
    # Each of the 128 bits is set in about half of them.
    for bit in range(128):
        assert 350 < sum(int(one, 16) >> bit & 1 for one in ids) < 650


def test_threads_draw_no_id_twice():
    drawn: list[list[str]] = [[] for _ in range(4)]

    def draw(ids: list[str]) -> None:
        ids.extend(chat.new_id() for _ in range(2000))

    threads = [threading.Thread(target=draw, args=(ids,)) for ids in drawn]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({one for ids in drawn for one in ids}) == 8000


def test_a_process_that_was_forked_draws_ids_of_its_own():
    chat.new_id()  # others are drawn with it
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, "".join(chat.new_id() for _ in range(100)).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)

    theirs = {text[begin : begin + 32] for begin in range(0, len(text), 32)}
    assert len(theirs) == 100
    assert theirs.isdisjoint(chat.new_id() for _ in range(100))
