"""``python -m daehwa`` is the ``daehwa`` command."""

from daehwa.cli import main

if __name__ == "__main__":
    main()
