"""``import headstrata`` costs nothing; what is used is imported then."""

import subprocess
import sys

import headstrata

HEAVY = "{'torch', 'transformers', 'dash', 'plotly', 'pandas', 'pyarrow', 'tqdm'}"


def run(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_import_is_quick_and_loads_nothing_heavy():
    code = (
        "import sys, time; began = time.perf_counter(); import headstrata; "
        "took = time.perf_counter() - began; headstrata.__all__, dir(headstrata); "
        f"print(took, sorted({HEAVY} & set(sys.modules)))"
    )
    said = [run(code).split(" ", 1) for _ in range(3)]
    assert {loaded for _, loaded in said} == {"[]"}
    assert min(float(took) for took, _ in said) < 0.3


def test_tables_are_read_without_torch_and_scoring_says_how_to_get_it(tmp_path):
    code = (
        f"import sys; sys.modules['torch'] = None; import headstrata; cache = {str(tmp_path)!r}\n"
        "headstrata.load('gpt2', cache).bins(4); headstrata.models(cache)\n"
        "print(sorted({'transformers', 'dash', 'plotly', 'tqdm'} & set(sys.modules)))\n"
        "try:\n    headstrata.score('gpt2')\n"
        "except headstrata.UserError as error:\n    print(error)"
    )
    assert run(code).splitlines() == [
        "[]",
        "torch is not installed; add the worker, in your clone of Headstrata: "
        'pip install ".[worker]"',
    ]


def test_every_name_is_there_and_no_other():
    assert all(getattr(headstrata, name) for name in headstrata.__all__)
    assert set(headstrata.__all__) <= set(dir(headstrata))
    assert not hasattr(headstrata, "scores")
