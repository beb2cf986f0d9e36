"""Faults by plan: real servers and stores that are broken while people talk to them.

``python -m chaos --seed N --minutes M --store sqlite`` starts ``daehwa serve`` with a store of
its own, talks to it at every door, breaks one part after the other in an order that the seed
gives, and keeps a history of what was sent and acknowledged. A checker reads it afterwards.
"""
