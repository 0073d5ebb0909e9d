#!/bin/sh
# A virtual environment from the first Python that is new enough.
#   sh scripts/make_venv.sh FOLDER PYTHON…
set -eu
folder=$1
shift
for python in "$@"; do
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    "$python" -m venv "$folder" && exit 0
    echo "$python -m venv failed; on Debian and Ubuntu: apt install python3-venv" >&2
    exit 2
  fi
done
echo "Headstrata needs Python 3.11 or newer (looked for: $*)." >&2
echo "Install one, or name it: make run PYTHON=/path/to/python3.12" >&2
exit 2
