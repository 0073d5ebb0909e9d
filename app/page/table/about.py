"""About the shown table: where it comes from, what each score means, the papers."""

from dash import html
from dash.development.base_component import Component

from app.analysis.protocol import attention, first_token, formula_of, probe_of, protocol_of
from app.page import ids
from app.page.attributes import aria
from app.page.table.citation import bibtex, shown_papers
from app.page.table.payload import source_note
from cache.grid import Grid
from cache.provenance import AdapterRecord, Provenance
from cache.store import Problem, Table
from vocabulary.citations import CITATIONS
from vocabulary.evidence import MEASURES, Measure
from vocabulary.taxonomy import CATEGORIES, PROBES, SCORES, Score, describe_probe


def text(table: Table, problems: list[Problem]) -> list[Component]:
    """All of it."""
    record = table.provenance
    return [*origin(table, problems), *definitions(record), *papers(record)]


def origin(table: Table, problems: list[Problem]) -> list[Component]:
    """Provenance and citation; and which files of the cache are refused."""
    record = table.provenance
    return [
        html.Div([_origin(record), _probes(table), *_evidence(record)], className="about-columns"),
        html.H3("Cite"),
        html.Pre(bibtex(table), id=ids.CITATION, tabIndex="0"),
        *_refused(problems),
    ]


def definitions(record: Provenance) -> list[Component]:
    """What each score means in this table."""
    return [html.H3("What each score measures"), _definitions(record)]


def papers(record: Provenance) -> list[Component]:
    """The papers that the table, its scores and what is told of its heads are from."""
    listed = html.Ul([_paper(key) for key in _papers(record)], className="papers")
    return [html.H3("Sources"), listed]


def _origin(record: Provenance) -> Component:
    rows = {
        "Table": source_note(record),
        "Model": record.model,
        "Revision": record.revision,
        "Weights (SHA-256)": record.weights_sha256,
        "Configuration (SHA-256)": record.files_sha256.get("config.json"),
        "Tokenizer (SHA-256)": record.files_sha256.get("tokenizer.json"),
        "Adapter": _adapter(record.adapter),
        "Architecture": record.architecture,
        "Size": f"{record.layers} layers × {record.grid.heads_text} heads",
        "Attention in": _attending(record.grid),
        "Attention read by": record.attention,
        "Computed in": record.dtype,
        "On": record.device,
        "Took": f"{record.duration_s:,.1f} s" if record.duration_s is not None else None,
        "Libraries": ", ".join(f"{name} {v}" for name, v in sorted(record.versions.items())),
        "Category rules": f"version {record.taxonomy.version}",
    }
    return html.Div([html.H3("Origin"), _facts(rows)])


def _attending(grid: Grid) -> str | None:
    """Which layers have attention, where some have none."""
    if not grid.attention_text:
        return None
    return f"{len(grid.attending)} layers: {', '.join(map(str, sorted(grid.attending)))}"


def _adapter(adapter: AdapterRecord | None) -> str | None:
    if adapter is None:
        return None
    applied = f", applied by peft {adapter.peft}" if adapter.peft else ""
    return f"{adapter.name} (SHA-256 {adapter.sha256}{applied})"


def _probes(table: Table) -> Component:
    record = table.provenance
    rows: dict[str, str | None] = {}
    for probe in record.probes:
        rows[f"Probe: {describe_probe(probe.name)}"] = (
            f"{probe.prompts} prompts of {probe.length} tokens, "
            f"{probe.rows} rows each, seed {probe.seed}"
        )
    if record.text:
        rows["Text"] = f"{record.text.source} ({record.text.tokens:,} tokens)"
        rows["Text (SHA-256)"] = record.text.sha256
    rows["First token"] = _first_token(record)
    rows["Attention"] = attention(record)
    base = table.heads["delimiter_base_rate"].dropna()
    if len(base):
        rows["Delimiters"] = (
            f"{base.mean():.1%} of the tokens a query can reach; a delimiter head must attend "
            "to them at least twice as much"
        )
    notes = [*record.notes, *(record.evidence.notes if record.evidence else [])]
    return html.Div(
        [
            html.H3("Probes"),
            _facts(rows),
            *([html.H3("Notes")] if notes else []),
            *(html.P(note, className="note") for note in notes),
        ]
    )


def _evidence(record: Provenance) -> list[Component]:
    """How copying and effects were measured."""
    evidence = record.evidence
    if evidence is None:
        return []
    rows: dict[str, str | None] = {
        "Copying": f"over {evidence.copying_tokens:,} tokens" if evidence.copying_tokens else None
    }
    for effect in evidence.effects:
        rows[_effect_label(effect.probe)] = (
            f"{effect.prompts} prompts of {effect.length} tokens, {effect.positions} predictions "
            f"of each; means over {effect.reference_prompts} further prompts; loss with all heads "
            f"{effect.loss:.3f} ± {effect.loss_se:.3f} nats per token"
        )
    rows |= {
        "Ablation": evidence.ablation if evidence.effects else None,
        "Computed in": f"{evidence.dtype}, on {evidence.device}, seed {evidence.seed}",
        "Took": f"{evidence.duration_s:,.0f} s" if evidence.duration_s is not None else None,
    }
    return [html.Div([html.H3("What heads write and do"), _facts(rows)])]


def _effect_label(probe: str) -> str:
    """Of a probe; of a newer version's own, its name."""
    of = (measure.label for measure in MEASURES.values() if measure.probe == probe)
    return next(of, f"Effect on {probe} text")


def _measured(record: Provenance) -> set[str]:
    """Names of the measures that the table has."""
    evidence = record.evidence
    if evidence is None:
        return set()
    probes = {effect.probe for effect in evidence.effects}
    has = {name for name, measure in MEASURES.items() if measure.probe in probes}
    return has | ({"copying"} if evidence.copying_tokens else set())


def _first_token(record: Provenance) -> str | None:
    known = protocol_of(record)
    if record.bos_token is None:
        return first_token(record) if known and known.start else record.bos_source
    return f"{record.bos_token} ({record.bos_source})" if record.bos_source else record.bos_token


def _facts(rows: dict[str, str | None]) -> Component:
    return html.Dl(
        [part for key, value in rows.items() if value for part in (html.Dt(key), html.Dd(value))]
    )


def _definitions(record: Provenance) -> Component:
    head = html.Thead(
        html.Tr(
            [
                html.Th(text, scope="col")
                for text in ("Score", "Formula", "Measured on", "Category, from", "Source")
            ]
        )
    )
    rows = [_definition(score, record) for score in SCORES.values()]
    rows += [_measure(measure, _measured(record)) for measure in MEASURES.values()]
    body = html.Tbody(rows)
    return html.Div(
        html.Table([head, body]),
        className="table-frame",
        tabIndex="0",
        role="region",
        **aria(label="Definitions of the scores"),
    )


def _definition(score: Score, record: Provenance) -> Component:
    measured = score.name in record.scores
    told = (_formula(score, record), _measured_on(score, record), _rule(score, record))
    return _defined(score, *told, measured=measured)


def _measure(measure: Measure, known: set[str]) -> Component:
    probe = PROBES[measure.probe] if measure.probe else "the weights alone"
    told = (measure.formula, probe, "describes, decides nothing")
    return _defined(measure, *told, measured=measure.name in known)


def _defined(
    one: Score | Measure, formula: str, on: str, rule: str, *, measured: bool
) -> Component:
    return html.Tr(
        [
            html.Th(
                [
                    one.label,
                    html.Span(one.sentence, className="quiet block"),
                    *([] if measured else [html.Span("not in this table", className="badge")]),
                ],
                scope="row",
            ),
            html.Td(html.Code(formula)),
            html.Td(on),
            html.Td(rule),
            html.Td([part for key in one.citations for part in (_link(key), html.Br())][:-1]),
        ],
    )


def _formula(score: Score, record: Provenance) -> str:
    measured = score.name in record.scores
    return (formula_of(record, score.name) if measured else score.formula) or "see the notes"


def _measured_on(score: Score, record: Provenance) -> str:
    """The probe of this table's own protocol; of a score that it lacks, Headstrata's."""
    if score.name not in record.scores:
        return PROBES[score.probe]
    probe = probe_of(record, score.name)
    return "see the notes" if probe is None else PROBES[probe]


def _rule(score: Score, record: Provenance) -> str:
    for category in CATEGORIES.values():
        if category.score == score.name and category.name in record.taxonomy.thresholds:
            return f"{category.label}, {record.taxonomy.thresholds[category.name]:g}"
    return "describes, decides nothing"


def _papers(record: Provenance) -> list[str]:
    defined: tuple[Score | Measure, ...] = (*SCORES.values(), *MEASURES.values())
    keys = [*shown_papers(record), *(key for one in defined for key in one.citations)]
    return list(dict.fromkeys(key for key in keys if key in CITATIONS))


def _paper(key: str) -> Component:
    return html.Li([_link(key), f" {CITATIONS[key].title}"])


def _link(key: str) -> Component:
    return html.A(CITATIONS[key].short, href=CITATIONS[key].url, rel="noopener")


def _refused(problems: list[Problem]) -> list[Component]:
    if not problems:
        return []
    return [
        html.H3("Files in the cache that cannot be used"),
        html.Ul(
            [html.Li([html.Code(p.name), f": {p.reason}"]) for p in problems], className="refused"
        ),
    ]
