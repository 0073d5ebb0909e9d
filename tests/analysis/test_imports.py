"""The analysis is plain arithmetic: what the web image lacks, it does not need."""

import subprocess
import sys
from pathlib import Path

import app.analysis


def test_it_imports_neither_dash_nor_torch_nor_scipy():
    folder = Path(app.analysis.__file__).parent
    names = sorted(f"app.analysis.{path.stem}" for path in folder.glob("[a-z]*.py"))
    assert len(names) >= 10
    code = (
        f"import sys, importlib; [importlib.import_module(name) for name in {names}]; "
        "print(sorted({'torch', 'transformers', 'dash', 'plotly', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
