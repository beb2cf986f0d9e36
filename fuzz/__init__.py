"""Fuzzing in process: any bot, any words, any request, for as long as one likes.

``python -m fuzz --minutes N`` goes on where the last run ended. Each target draws its cases with
Hypothesis and checks what has to hold whatever is drawn; a case that breaks it is made as small
as it gets and written out as a test to paste.
"""
