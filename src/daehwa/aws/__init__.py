"""What runs inside AWS Lambda: the chat function in front of Lex V2, and the bot's code hook.

The functions are named by their modules in ``deploy/aws``: ``daehwa.aws.chat.lambda_handler``
answers ``/chat`` by asking Lex, ``daehwa.aws.hook.lambda_handler`` is what Lex calls. Nothing
here imports more than the standard library and ``daehwa.answers``, so that the deployed package
is a few files and a cold start pays for no import that it does not need.
"""

__all__: list[str] = []
