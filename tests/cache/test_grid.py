"""Rows and places of heads, in models whose layers are alike and in others."""

import numpy as np
import pytest

from cache.grid import Grid, grid_of, head_name, parse_head
from headstrata.errors import UserError

ALIKE = Grid(3, 4)
#: A layer of two heads, one without attention, one of three.
UNLIKE = Grid(3, (2, 0, 3))


def test_rows_and_places_by_hand():
    assert (ALIKE.size, ALIKE.row(2, 1), ALIKE.place(9)) == (12, 9, (2, 1))
    assert (ALIKE.heads_in(1, 3), ALIKE.name(11)) == (8, "L2.H3")
    assert (UNLIKE.size, UNLIKE.row(2, 1), UNLIKE.place(3)) == (5, 3, (2, 1))
    assert [UNLIKE.place(row) for row in range(5)] == [(0, 0), (0, 1), (2, 0), (2, 1), (2, 2)]
    assert [UNLIKE.heads_in(0, stop) for stop in range(4)] == [0, 2, 2, 5]
    assert (UNLIKE.heads_in(1, 2), UNLIKE.name(4)) == (0, "L2.H2")


@pytest.mark.parametrize("grid", [ALIKE, UNLIKE, Grid(1, 1), Grid(2, (0, 1)), Grid(48, 25)])
def test_columns_are_the_places_of_the_rows(grid):
    layer, head = grid.columns
    places = list(zip(layer.tolist(), head.tolist(), strict=True))
    assert places == [grid.place(row) for row in range(grid.size)]
    assert grid.rows(layer, head).tolist() == list(range(grid.size))
    assert [grid.row(*place) for place in places] == list(range(grid.size))
    assert grid_of(layer) == grid


def test_one_number_a_layer_means_the_same_as_one_for_all():
    plain, listed = Grid(3, 4), Grid(3, (4, 4, 4))
    assert [plain.place(row) for row in range(12)] == [listed.place(row) for row in range(12)]
    assert (plain.columns[1] == listed.columns[1]).all()
    with pytest.raises(ValueError, match="2 numbers of heads, 3 layers"):
        Grid(3, (4, 4))


@pytest.mark.parametrize(
    ("grid", "place"),
    [(ALIKE, (3, 0)), (ALIKE, (0, 4)), (ALIKE, (-1, 0)), (ALIKE, (0, -1)), (UNLIKE, (1, 0))],
)
def test_a_head_that_is_not_there_is_named(grid, place):
    with pytest.raises(UserError, match=f"no head L{place[0]}.H{place[1]}"):
        grid.row(*place)


def test_a_row_that_is_not_there():
    for row in (-1, 12):
        with pytest.raises(IndexError):
            ALIKE.place(row)


def test_names_of_links_and_of_people():
    assert head_name(18, 6) == "L18.H6"
    assert parse_head("18.6") == parse_head("L18.H6") == (18, 6)
    assert (ALIKE.find("2.1"), ALIKE.find("L2.H1")) == (9, 9)
    for text in ("", "18", "18.", ".6", "L18.6", "18.H6", "-1.0", "1.0 ", "1.0\n", "1_0.0", "٣.1"):
        assert parse_head(text) is None, text
    assert parse_head("9" * 10_000 + ".0") is None
    for text in ("3.0", "0.4", "999999999.0", "none"):
        assert ALIKE.find(text) is None


def test_a_grid_of_a_thousand_million_layers_is_cheap_until_its_rows_are_asked_for():
    """A damaged file may say so; its rows are counted first."""
    grid = Grid(10**9, 10**9)
    assert grid.size == 10**18
    assert grid.row(10**9 - 1, 5) == (10**9 - 1) * 10**9 + 5


def test_vectors_are_int64_whatever_the_columns_are():
    rows = Grid(3, 11_000).rows(np.array([2], np.int16), np.array([10_999], np.int16))
    assert rows.tolist() == [32_999]  # int16 would have overflowed
