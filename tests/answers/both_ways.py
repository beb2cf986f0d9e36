"""A question that is asked twice: for a whole answer, and for a streamed one."""

from daehwa.answers import Answer


async def both(answerer, question, stub, whole, stream):
    """The answers of a whole request and of a streamed one, after each other."""
    stub.script(whole)
    made = await answerer.answer(question)
    stub.script(stream)
    *pieces, last = [piece async for piece in answerer.stream(question)]
    assert isinstance(last, Answer)
    assert "".join(pieces) == last.text
    return made, last
