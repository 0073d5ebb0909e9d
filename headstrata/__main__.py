"""``python -m headstrata`` is the console script."""

from headstrata.cli import main

main()
