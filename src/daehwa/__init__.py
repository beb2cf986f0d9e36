"""Daehwa: run, test and ship Amazon Lex V2 bots anywhere."""

__version__ = "0.2.0.dev0"
