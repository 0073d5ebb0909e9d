"""The rest of a head's card: where its attention goes, what is published, heads like it."""

from collections.abc import Mapping
from urllib.parse import urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component

from app.analysis.nearest import AXES, nearest_heads
from app.analysis.protocol import apart, same_definition
from app.page.attributes import aria, data
from app.page.selection import elsewhere, head_reads
from app.page.selection.head_card import find
from app.views.head_budget import describe_mixed, head_budget
from app.views.operations import (
    SIGNS,
    operation_scores,
    operations_per_head,
    sign_of_copying,
)
from app.views.segments import swatch
from app.views.words import counted, joined
from cache.evidence import Fact, evidence_for
from cache.grid import head_name
from cache.reads import HeadReads
from cache.store import Table
from vocabulary.budget import DESTINATIONS
from vocabulary.citations import CITATIONS
from vocabulary.operations import OPERATIONS, OPERATIONS_CITATION
from vocabulary.taxonomy import category_named

#: Heads listed from each table, and tables looked through besides the head's own.
NEAREST, OTHER_TABLES = 4, 5
#: Destinations with less than this share get no place in a head's own budget list.
WORTH_LISTING = 0.02


def build(
    table: Table, head: str, others: Mapping[str, Table], read: HeadReads | None = None
) -> list[Component]:
    """What it reads, budget, evidence and nearest heads of head ``LAYER.HEAD``.

    Args:
        table: The head's own table.
        head: ``LAYER.HEAD``.
        others: Further tables to look for heads like it, by name.
        read: What it reads, as it stands beside its patterns; None: nothing does.

    Raises:
        UserError: The table has no such head.
    """
    row = find(table, head)
    own = [*head_reads.build(row, table, read), *_budget(row, table)]
    own += [*_evidence(row, table), *_nearest(row, table, others)]
    return [*own, *elsewhere.build(row, table)]


def _budget(row: pd.Series, table: Table) -> list[Component]:
    shares = head_budget(row)
    if shares is None:
        return []
    rows = [
        (DESTINATIONS[name], float(share), str(percent))
        for name, share, percent in zip(
            shares["destination"], shares["share"], shares["percent"], strict=True
        )
    ]
    bar = [
        html.Span(style={"width": f"{100 * share:.2f}%", **swatch(place)})
        for place, share, _ in rows
    ]
    listed = sorted((r for r in rows if r[1] >= WORTH_LISTING), key=lambda r: -r[1])
    named = category_named(row["category"], row["group"]).score is not None
    said = [] if named else [html.P(describe_mixed(row, table.provenance.taxonomy.thresholds))]
    return [
        html.H3("Where its attention goes on natural text"),
        html.Div(bar, className="budget-bar", **aria(hidden="true")),
        html.Ul(
            [
                html.Li(
                    [
                        html.Span(className="swatch pattern-plain", style=swatch(p)),
                        f"{p.label} ",
                        html.B(percent),
                    ]
                )
                for p, _, percent in listed
            ],
            className="budget-list",
        ),
        *said,
    ]


def _evidence(row: pd.Series, table: Table) -> list[Component]:
    evidence = evidence_for(table.provenance.reference)
    if evidence is None:
        return []
    facts = evidence.of_head(int(row["layer"]), int(row["head"]))
    if not facts:
        return []
    return [
        html.H3("Published about this head"),
        *_operations(row, table),
        html.Ul([_fact(f) for f in facts], className="facts"),
    ]


def _operations(row: pd.Series, table: Table) -> list[Component]:
    """How many operations the head implements, and what an induction pattern leaves open."""
    scores = operation_scores(table)
    if scores is None:
        return []
    own = (scores["layer"] == row["layer"]) & (scores["head"] == row["head"])
    [count], [sign] = operations_per_head(scores[own]), sign_of_copying(scores[own])
    told = f"It implements {count or 'none'} of the {len(OPERATIONS)} operations of "
    signed = row["category"] == "induction" or sign != "neither"
    return [html.P([told, _source(OPERATIONS_CITATION), f". {SIGNS[sign]}." if signed else "."])]


def _fact(fact: Fact) -> Component:
    value = [] if fact.value is None else [html.B(f" {fact.value:.2f}")]
    text = f"{fact.text[0].upper()}{fact.text[1:]}"
    return html.Li([text, *value, " (", _source(fact.citation), ")"])


def _source(citation: str) -> Component:
    paper = CITATIONS[citation]
    return html.A(paper.short, href=paper.url, rel="noopener")


def _nearest(row: pd.Series, table: Table, others: Mapping[str, Table]) -> list[Component]:
    alike = {name: _alike(table, other) for name, other in others.items()}
    frames = {table.name: table.heads}
    frames |= {name: _only(other.heads, alike[name]) for name, other in others.items()}
    found = nearest_heads(frames, table.name, int(row["layer"]), int(row["head"]), NEAREST)
    if found.empty:
        return []
    parts: list[Component] = [html.H3("Heads like this one")]
    for name, near in found.groupby("table", sort=False):
        own = name == table.name
        title = "In this model" if own else f"In {others[str(name)].provenance.title}"
        scores = int(near["scores"].iloc[0])
        told = [f"by {counted(scores, 'score')} only"] if scores <= 2 else []
        if not own and apart(table.provenance, others[str(name)].provenance, AXES):
            told.append("measured under other settings")
        compared = f" ({', '.join(told)})" if told else ""
        parts.append(html.P(f"{title}{compared}", className="quiet"))
        parts.append(
            html.Div([_kin(kin, str(name), own) for _, kin in near.iterrows()], className="kin")
        )
    return [*parts, *_withheld(table, [others[name] for name in alike if not alike[name]])]


def _alike(one: Table, other: Table) -> list[str]:
    """The scores that mean the same in both tables."""
    return [axis for axis in AXES if same_definition(one.provenance, other.provenance, axis)]


def _only(heads: pd.DataFrame, axes: list[str]) -> pd.DataFrame:
    """The table with these scores and no others."""
    return heads.assign(**{axis: float("nan") for axis in AXES if axis not in axes})


def _withheld(table: Table, others: list[Table]) -> list[Component]:
    """Tables whose scores share a name with this one's, and nothing else."""
    shared = [o for o in others if set(o.provenance.measured) & set(table.provenance.measured)]
    if not shared:
        return []
    names = joined([other.provenance.title for other in shared])
    said = f"Not looked for in {names}: the scores are defined differently there."
    return [html.P(said, className="quiet")]


def _kin(kin: pd.Series, table: str, own: bool) -> Component:
    category = category_named(kin["category"])
    place = f"{kin['layer']}.{kin['head']}"
    parts: list[Component | str] = [
        html.Span(className="swatch pattern-plain", style=swatch(category)),
        head_name(kin["layer"], kin["head"]),
        html.Span(f"{kin['distance']:.2f}", className="quiet"),
    ]
    told = f"{category.label}; distance in units of the thresholds"
    if own:
        return html.Button(parts, type="button", className="chip", title=told, **data(head=place))
    address = f"./?{urlencode({'model': table, 'head': place})}"
    return html.A(parts, href=address, className="chip", title=told)
