"""The requests and responses of Kendra's wire.

Made by codegen/kendra.py from botocore's service model kendra 2019-02-03.
"""
