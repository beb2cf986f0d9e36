"""The requests and responses of Lex's model-building API, and its operations.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""
