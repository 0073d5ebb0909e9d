"""The reference figure is drawn as described, beside the corrected one."""

from app.analysis import reference_figure as reference
from app.analysis.integrity import check_bins
from app.page.reference import layout as reference_panel


def heights(figure, bin_name):
    return {trace["name"]: trace["y"][trace["x"].index(bin_name)] for trace in figure["data"]}


def test_the_corrected_bars_are_whole_heads():
    figure = reference_panel.figure(reference.corrected())
    assert heights(figure, "[0, 12)") == {
        "dark green": 7,
        "light green": 22,
        "pink": 0,
        "dark red": 4,
    }
    sums = [sum(trace["y"][i] for trace in figure["data"]) for i in range(4)]
    assert sums == [33, 33, 34, 34]
    assert figure["layout"]["yaxis"]["range"] == [0, 35.02]
    assert "shapes" not in figure["layout"]


def test_the_described_bar_above_the_axis_is_marked():
    figure = reference_panel.figure(reference.described())
    assert figure["layout"]["title"]["text"] == "GPT-2 xl"
    assert figure["layout"]["xaxis"]["title"]["text"] == "Layer_Bin"
    assert figure["layout"]["yaxis"]["title"]["text"] == "# heads"
    assert figure["layout"]["shapes"][0]["y0"] == 35
    text = {trace["name"]: trace["text"] for trace in figure["data"]}
    assert text["dark green"] == ["", "21.2%", "36.4%", "55.9%"]
    assert text["light green"] == ["66.7%", "48.5%", "79.4%", "26.5%"]


def test_bins_that_do_not_add_up_are_named_bin_by_bin():
    checks = check_bins(reference.described(), "segment", range(1, 36))
    parts = reference_panel.check_of("GPT-2 XL", 12, checks)
    assert parts[1].children == (
        "GPT-2 XL, bins of 12 layers: 3 of 4 bins do not make 100% of whole heads."
    )
    named = [item.children.partition(":")[0] for item in parts[2].children]
    assert named == ["[0, 12)", "[12, 24)", "[24, 36)"]


def test_it_says_first_which_figure_it_is():
    lead = reference_panel.build()[0].to_plotly_json()["props"]["children"]
    assert lead[0].startswith("A published figure of heads of GPT-2 xl")
    assert lead[1].children == "Elhelo and Geva 2024"


def test_the_sums_of_the_corrected_figure_are_heads():
    """Rounded one by one, the percentages of [24, 36) add up to 99.9."""
    table = reference_panel._numbers().children
    total = table.children[1].children[-1]
    assert [cell.children for cell in total.children[1:]] == [
        *("78.8%", "84.8%", "127.5%", "34 heads"),
        *("33 heads", "33 heads", "34 heads", "34 heads"),
    ]
