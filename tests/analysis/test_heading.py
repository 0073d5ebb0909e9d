"""The page's heading: sentences whose numbers were worked out by hand."""

import made_tables
import pytest

from app.analysis.heading import heading
from app.views.budget import BUDGET_VIEW
from app.views.categories import DETAILED, GROUPED
from app.views.operations import OPERATIONS_VIEW
from cache.store import PUBLISHED, Store, Table
from vocabulary.findings import DOES, ELSE

A, P, F, M, U, N = (
    *("induction", "previous_token", "first_token", "mixed", "unclassified", "not_measured"),
)


def table(*layers: list[str]) -> Table:
    """A table with these categories, a list a layer."""
    heads = made_tables.heads(len(layers), len(layers[0]))
    heads["category"] = [category for layer in layers for category in layer]
    return Table("made", heads, made_tables.provenance(len(layers), len(layers[0])))


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ([[F, F, M], [F, P, A], [F, P, A], [M, M, A]],
         "4 of 12 heads rest on the first token; 3 show the induction pattern, layers 1 to 3"),
        # the induction pattern is told although more heads look at the previous token
        ([[F, F, F], [P, P, A]],
         "3 of 6 heads rest on the first token; 1 shows the induction pattern, layer 1"),
        ([[F, F, M], [P, M, M]],
         "2 of 6 heads rest on the first token; 1 looks at the previous token, layer 1"),
        # leading itself, its layers are told; all layers are no news
        ([[A, M], [A, M], [M, M]], "2 of 6 heads show the induction pattern, layers 0 and 1"),
        ([[A, M], [A, F]],
         "2 of 4 heads show the induction pattern; 1 rests on the first token, layer 1"),
        ([[F, F], [F, F]], "All 4 heads rest on the first token"),
        ([[M, U], [M, U]], "None of 4 heads has one clear habit"),
        ([[M, U], [M, A]], "1 of 4 heads shows the induction pattern, layer 1"),
        ([[F]], "The only head rests on the first token"),
        ([[U]], "The only head has no clear habit"),
        ([[N]], "The only head has no clear habit"),
        ([[N, A], [N, P], [N, A]],
         "3 of 6 heads can be named: 2 show the induction pattern; 1 looks at the previous token, "
         "layer 1"),
        ([[N, N], [N, N]], "None of 4 heads can be named"),
    ],
)  # fmt: skip
def test_the_commonest_habit_and_induction(layers: list[list[str]], said: str):
    assert heading(table(*layers), DETAILED) == said


def test_it_is_true_in_every_view():
    xl = Store(str(PUBLISHED)).read("gpt2-xl-published")
    assert heading(xl, DETAILED) == (
        "98 of 1,200 heads can be named: 62 show the induction pattern, layers 13 to 42; "
        "36 look at the previous token, layers 6 to 30"
    )
    assert heading(xl, GROUPED).startswith("98 of 1,200 heads can be named: 62 look for a token")
    assert heading(xl, OPERATIONS_VIEW) == (
        "201 of 1,200 heads carry out a known operation: 71 write facts; "
        "62 write related forms, layers 0 to 46"
    )
    # a head's budget adds up to 1: of two heads the means are 0.45, 0.3 and the rest
    made = table([F, F])
    masses = [name for name in made.heads if str(name).startswith("mass_")]
    heads = made.heads.assign(**dict.fromkeys([m for m in masses if not m.endswith("_se")], 0.0))
    heads["mass_first"] = [0.5, 0.4]
    heads["mass_previous"] = [0.2, 0.4]
    heads["mass_other"] = [0.3, 0.2]
    assert heading(Table("made", heads, made.provenance), BUDGET_VIEW, "induction:0.1") == (
        "45.0% of all attention goes to the first token, 30.0% to the previous token"
    )


def test_a_finding_of_other_thresholds_never_looks_like_one_of_the_table():
    assert heading(table([F, M], [F, M]), DETAILED, "first_token:0.3") == (
        "What if: 2 of 4 heads rest on the first token"
    )


def test_every_category_that_a_rule_names_has_its_words():
    named = {s.name for s in (*DETAILED.segments, *GROUPED.segments, *OPERATIONS_VIEW.segments)}
    assert named - {*DOES, *ELSE} == {"mixed", "unclassified"}
