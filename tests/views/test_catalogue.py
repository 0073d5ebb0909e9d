"""What the further views send to the browser, read back by hand."""

import made_tables
import numpy as np
import pandas as pd
import pytest

from app.views.budget import pack_budget
from app.views.catalogue import lacking, offered
from app.views.operations import operation_scores, pack_operations, with_operations
from cache import schema
from cache.store import Store, Table
from headstrata.errors import UserError
from vocabulary.operations import OPERATIONS


@pytest.fixture
def published(tmp_path) -> Table:
    return Store(str(tmp_path)).read("gpt2-xl-published")


def made(**changes) -> Table:
    return Table("tiny", made_tables.heads(), made_tables.provenance(**changes))


def test_a_layers_means_are_sent_in_millionths():
    masses = pd.DataFrame(
        {
            "mass_first": [0.5, 0.25, 1.0, 0.0],
            "mass_other": [0.5, 0.75, 0.0, 1.0],
        }
    )
    packed = pack_budget(pd.Series([0, 0, 1, 1]), masses, 2)
    layers = [int(packed["layers"][i : i + 4], 36) for i in range(0, 16, 4)]
    assert layers == [375_000, 625_000, 500_000, 500_000]
    assert packed["top"] == "0101"
    assert [int(packed["share"][i : i + 2], 36) for i in range(0, 8, 2)] == [500, 750, 1000, 1000]


def test_operations_are_sent_by_falling_score_from_the_threshold_on():
    columns = {name: [0.0, 0.0] for o in OPERATIONS.values() for name in (o.name, o.suppression)}
    columns |= {"name_copying": [0.15, 0.149], "word_to_synonym": [0.4, 0.0]}
    columns |= {"name_copying__suppression": [0.0, 0.9]}
    packed = pack_operations(pd.DataFrame(columns))
    # head 0: synonym is the 18th operation (h in base 36), 400 thousandths are b4
    assert packed["implements"] == "000hb4" + "000046"
    assert packed["suppresses"] == "0010p0"


def test_operations_are_offered_only_where_they_were_published(published):
    assert offered(published) == ["operations"]
    assert offered(made()) == ["budget"]


def test_another_models_heads_get_no_operations():
    """The reference says GPT-2 XL, the shape says otherwise: the names would be wrong."""
    assert operation_scores(made(reference="gpt2-xl")) is None
    with pytest.raises(UserError, match="no operations were published for the heads of Tiny"):
        with_operations(made(reference="gpt2-xl"))


def test_a_head_without_a_budget_makes_the_view_unavailable():
    table = made()
    heads = table.heads.copy()
    heads.loc[0, list(schema.BUDGET)] = np.nan
    assert offered(Table("tiny", heads, table.provenance)) == []


def test_the_labelled_table_lists_all_operations_of_a_head(published):
    labelled = with_operations(published)
    several = labelled[labelled["operations"].str.contains(", ")]
    assert (labelled["operation"] != "no_operation").sum() == 201
    assert len(several) > 0
    first = several.iloc[0]
    listed = first["operations"].split(", ")
    assert OPERATIONS[first["operation"]].label == listed[0].rsplit(" ", 1)[0]
    assert labelled["operation_score"].max() <= 1


def test_a_table_says_why_it_lacks_a_view(published):
    assert lacking(published) == {
        "budget": "GPT-2 XL has no attention budget: nobody published where the rest of the "
        "attention goes."
    }
    assert lacking(made()) == {
        "operations": "No operations were published for the heads of Tiny Model."
    }
