"""docs/tutorial.ipynb runs from its first cell to its last, in Jupyter's kernel."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.ipynb"


@pytest.fixture(scope="module")
def cells(smollm2_cache):
    """The executed cells; the table of the default settings is there already."""
    notebook = nbformat.read(TUTORIAL, as_version=4)
    client = NotebookClient(notebook, timeout=300, kernel_name="python3")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEADSTRATA_CACHE", str(smollm2_cache))
        client.execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(cells, start, kind):
    """What the cell that starts so shows."""
    [cell] = [cell for cell in cells if cell.source.startswith(start)]
    outputs = [output["data"] for output in cell.outputs if "data" in output]
    [data] = [data for data in outputs if kind in data]
    return data[kind]


def test_the_table_shows_itself_as_the_chart(cells):
    [cell] = [cell for cell in cells if cell.source == "quick"]
    bars = cell.outputs[0]["data"]["application/vnd.plotly.v1+json"]["data"]
    assert "Induction pattern" in [bar["name"] for bar in bars]
    assert cell.outputs[0]["data"]["text/plain"].startswith("HeadTable smollm2-135m: ")


def test_it_finds_the_known_induction_head_and_looks_at_it(cells):
    assert "18     6" in shown(cells, "heads = ", "text/plain")
    drawn = shown(cells, "strongest = ", "application/vnd.plotly.v1+json")
    assert drawn["layout"]["title"]["text"].endswith("L18.H6: repeated")


def test_two_settings_are_compared(cells):
    assert shown(cells, "try:", "text/plain") == "[64, 64]"
    [cell] = [cell for cell in cells if cell.source.startswith("both = ")]
    assert "of 270 heads have the same category" in cell.outputs[0]["text"]
