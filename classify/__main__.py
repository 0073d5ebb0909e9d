"""``python -m classify MODEL …`` is ``headstrata classify MODEL …`` (for torchrun)."""

import sys

from headstrata.cli import main

if __name__ == "__main__":
    sys.argv.insert(1, "classify")
    main()
