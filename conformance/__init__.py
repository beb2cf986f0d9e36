"""The conformance suite: scenarios that read as Lex's specification, and what runs them.

``scenarios/*.toml`` hold rules, small bots and conversations; ``python -m conformance`` runs
them in process, through boto3 against a live ``daehwa serve``, or against the real Lex.
"""
