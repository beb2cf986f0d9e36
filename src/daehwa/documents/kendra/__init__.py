"""Kendra's wire over the library: the same questions, filters, results and errors.

Source: Kendra's API reference and botocore's service model; the shapes are made from the latter.
"""
