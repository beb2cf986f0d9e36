"""Code that is made from botocore's service models and the CLDR while the program is developed.

``docs/generate.py`` writes it (``make docs``) and compares it (``make lint``). The program itself
needs neither botocore nor babel.
"""
