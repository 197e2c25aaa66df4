"""`python -m kg` is the command `kg`, also where no PATH leads to it."""

import sys

from kg.cli import main

if __name__ == "__main__":
    sys.exit(main())
