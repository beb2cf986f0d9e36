"""Grammars of what people say, with the right values computed on their own."""
