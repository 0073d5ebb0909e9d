"""A head that no rule claimed has the nearest rule's score: it is named, and set in proportion."""

import re

import pytest
from playwright.sync_api import expect
from visitor import SMOLLM2, Visit

from vocabulary.taxonomy import SCORES

LABELS = "|".join(re.escape(score.label) for score in SCORES.values())
#: "Entropy 0.34 ± 0.01; Broad needs 0.78", "Previous token 0.3 ± <0.01; needs 0.40"
NAMED = re.compile(
    rf"({LABELS}) 0\.\d\d ± (<0\.01|0\.\d\d); ([A-Z][a-z ()]+ )?needs (at least )?0\.\d\d"
)

#: The mixed heads of layers 0 to 9, as the page sorts them, with score/threshold.
SORTED = """() => {
  const data = (id) => dash_component_api.getLayout(id).props.data;
  const payload = data("payload");
  const { segments, bins } = headstrata.binned(payload, 10);
  const place = segments.findIndex((segment) => segment.name === "mixed");
  const order = headstrata.nearness(payload);
  return headstrata.byScore(payload, bins[0].members[place])
    .map((head) => [headstrata.headName(payload, head), order[head]]);
}"""


@pytest.mark.parametrize(
    ("category", "t"),
    # by default the model has no unclassified heads
    [("mixed", ""), ("unclassified", "first_token:1,broad:1,long_range:1")],
)
def test_the_map_names_the_score_and_what_is_needed(visit: Visit, category: str, t: str):
    visitor = visit().open(model=SMOLLM2, **({"t": t} if t else {}))
    layer, head = visitor.page.evaluate(
        """(name) => {
          const data = (id) => dash_component_api.getLayout(id).props.data;
          const payload = data("payload");
          const { segments, index } = headstrata.segmentation(payload);
          const head = index.indexOf(segments.findIndex((segment) => segment.name === name));
          return [Math.floor(head / payload.heads), head % payload.heads];
        }""",
        category,
    )
    visitor.page.mouse.move(*visitor.cell(layer, head))
    expect(visitor.page.locator("#head-map .hoverlayer .hovertext")).to_contain_text(NAMED)


def test_the_chart_and_the_table_name_and_sort_them_by_what_they_reach(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=10, segment="0:mixed")
    page = visitor.page
    in_order = page.evaluate(SORTED)
    ratios = [ratio for _, ratio in in_order]
    assert ratios == sorted(ratios, reverse=True)
    assert all(0.5 <= ratio < 1.01 for ratio in ratios)
    row = page.locator("#segment-table .ag-center-cols-container .ag-row[row-index='0']")
    expect(row.locator("[col-id=main]")).to_have_text(NAMED)
    first = page.locator("#segment-table .ag-pinned-left-cols-container .ag-row[row-index='0']")
    expect(first).to_have_text(in_order[0][0])
    page.mouse.move(*visitor.segment(0, "mixed"))
    label = page.locator("#head-chart .hoverlayer .hovertext")
    expect(label).to_contain_text("Nearest to a category:")
    expect(label).to_contain_text(NAMED)
    expect(label).to_contain_text(in_order[0][0])
