// The page's nouns, for the type check (`deno check`): what Python sends, what is drawn of it, and
// the three libraries that put themselves on window. Known everywhere without an import.

// --- what Python sends ---------------------------------------------------------------------------

/** Fixed-width numbers in base 36, one after another (app/views/packing.py). */
type Packed = string;
/** "18.6": layer and head, as links and the selection name a head. */
type HeadKey = string;
/** "12:induction": a bin's first layer and a segment's name. */
type SegmentKey = string;
/** What the page's control of heights says; what is drawn is "count" or "percent". */
type Show = "count" | "percent" | "budget";
type DrawnShow = "count" | "percent";
/** Category to threshold: those that differ from the defaults, or all. */
type Thresholds = Record<string, number>;

type Grid = import("./views/grid.js").Grid;
type Segment = import("./views/definitions.js").Segment;
type Definitions = import("./views/definitions.js").Definitions;
type Payload = import("./views/heads.js").Payload;
/** The stored table (app/page/table/payload.py). */
type Table = Omit<import("./views/heads.js").Shown, "stored" | "t" | "as">;
type Bin = import("./views/bins.js").Bin;

/** What further views are drawn from, under their names: fetched when one is first chosen. */
type Further = Question & { findings: Record<string, string> } & Record<string, unknown>;

/** The second table of a comparison (app/page/compare/data.py), and what it was asked for in. */
type Compared = import("./views/view.js").Compared & {
  /** What to call the two tables. */
  names: [string, string];
  /** Names of the segments that both could name a head after. */
  told: string[];
  model: string;
  other: string;
  /** The start of its rows' hash. */
  hash: string;
  taxonomy: string;
  show: Show;
};

/** A bin of depth (assets/compare/depth.js). */
type DepthBin = import("./compare/depth.js").DepthBin;

/** A table that can be chosen (app/page/table/models.py). */
interface Model extends Grid {
  name: string;
  title: string;
  label: string;
  stamp: string;
}

/** A file of the cache that cannot be shown (app/page/table/models.py). */
interface Problem {
  name: string;
  reason: string;
}

/** What changed thresholds change of a table (app/page/thresholds/callbacks.py). */
interface WhatIf extends
  Question,
  Pick<
    Table,
    "detailed" | "runner_up" | "borderline" | "score" | "error" | "margin" | "findings" | "chances"
  > {
  t: string;
}

/** Two tables of one model, head by head (app/page/compare/data.py). */
interface Pairs extends Grid {
  score: string;
  /** Of the score, in each table; null where no category rests on it. */
  thresholds: [number, number] | null;
  names: [string, string];
  places: Packed;
  one: Packed;
  other: Packed;
  categories: [Packed, Packed];
  differs: Packed;
}

/** Heads in a category under each threshold .01 to 1.00 (app/analysis/sensitivity.py). */
interface Sensitivity extends Question {
  category: string;
  t: string;
  counts: number[];
}

/** A score of every head, packed, or a measure. */
type Numbers = Packed | (number | null)[];

/** A measure of every head, with standard errors (app/views/measures.py, of_heads). */
interface MeasuredHeads extends Question {
  measure: string;
  values: (number | null)[];
  errors: (number | null)[];
}

/** Two scores or measures of every head, with standard errors (app/page/scatter/data.py). */
interface TwoScores extends Question {
  /** "across:up" */
  of: string;
  t: string;
  x: Numbers;
  x_se: Numbers;
  y: Numbers;
  y_se: Numbers;
  surprises: Surprise[];
}

/** Some heads' summed effects (app/analysis/effects.py, Weight). */
interface Weight {
  heads: number;
  above: number;
  below: number;
  differing: number;
  strongest: string[];
}

interface EffectCategory {
  name: string;
  bins: Weight[];
  total: Weight;
}

/** Each category's summed effects in each bin (app/page/effects/data.py). */
interface Effects extends Question {
  effect: string;
  width: number;
  t: string;
  bins: [number, number][];
  categories: EffectCategory[];
  total: Weight;
  /** Whether more heads differ from 0 than chance makes plausible. */
  apart: boolean;
  sentences: string[];
}

/** Heads that a score and an effect tell apart (app/analysis/surprises.py). */
interface Surprise {
  title: string;
  rule: string;
  heads: [number, number][];
  /** How many follow the rule; heads: the first of them. */
  found: number;
}

/** One head's attention by prompt (app/page/selection/head_pattern.py). */
interface Patterns {
  head: HeadKey;
  probes: Record<string, { label: string; tokens: string[]; sentence: string; weights: string }>;
  /** Prompts that the tokenizer has no tokens for, and why. */
  skipped: Record<string, string>;
  /** Why there is none. */
  why: string;
}

/** A row of /api/heads: every column of the head table, by name. */
type HeadRow = Record<string, string | number | boolean | null>;

// --- what is chosen and asked --------------------------------------------------------------------

/** What is chosen: either, both or neither. */
interface Chosen {
  segment?: SegmentKey | null;
  head?: HeadKey | null;
}

/** What a link says; null where it says nothing or nothing of use. */
interface LinkState {
  model: string | null;
  /** The start of the hash that the table must have. */
  pin: string | null;
  bins: number | null;
  taxonomy: string;
  show: Show;
  segment: SegmentKey | null;
  head: HeadKey | null;
  /** Segments that are seen alone and listed. */
  only: string[];
  unmeasured: boolean;
  /** The measure that the map is coloured by; null: the category. */
  colour: string | null;
  theme: Theme | null;
  thresholds: Thresholds;
  compare: string | null;
  /** The start of the hash that the second table must have. */
  comparePin: string | null;
  prompt: string | null;
  pins: HeadKey[];
  /** The category whose sensitivity is shown. */
  sensitivity: string | null;
  /** The effect that categories are weighed by. */
  effects: string | null;
  /** The two scores or measures of the scatter, "across:up". */
  scatter: string | null;
  /** Why parts of it were left out. */
  notes: string[];
}

type Theme = "light" | "dark";

/** Drawers by name (data-panel): whether they are open. */
type Opened = Record<string, boolean>;

/** A choice of a control (assets/fields/). */
interface Choice {
  value: string;
  label: string;
  disabled?: boolean;
  /** Why it is disabled. */
  title?: string;
}

/** A table by its name and stamp: what a question or an answer is about. */
interface Question {
  model: string;
  stamp: string;
}

/** What the second table is asked for in; score: of the table's heads one by one. */
interface ComparedQuestion extends Question {
  other: string;
  /** What the link pins its contents by. */
  pin: string | null;
  width: number;
  taxonomy: string;
  show: Show;
  t: string;
  score: string | null;
}

/** What the address tells (assets/page/address.js). */
interface PageState {
  model: string;
  /** What the address pins the table's contents by, and what a copied link does. */
  pin: string | null;
  hash: string;
  bins: number;
  taxonomy: string;
  show: Show;
  segment?: SegmentKey | null;
  head?: HeadKey | null;
  only: string | null;
  unmeasured: 1 | null;
  colour: string | null;
  theme: Theme | null;
  t: string | null;
  /** The second table as the address names it, and its bare name. */
  compare: string | null;
  compared: string | null;
  prompt: string | null;
  pins: string | null;
}

// --- what is drawn -------------------------------------------------------------------------------

/** A segment by its bin and its place among the segments. */
interface Place {
  bin: number;
  place: number;
}

/** Segments of the drawn view with the bins. */
interface Binned {
  segments: Segment[];
  /** The segment of each head, by place. */
  index: number[];
  bins: Bin[];
}

interface Box {
  width: number;
  height: number;
}

/** All that the chart is drawn from. */
interface ChartState {
  payload: Payload;
  show: DrawnShow;
  /** Layers a bin. */
  width: number;
  /** only: the segments that are seen alone; none: all. */
  selection: { segment?: SegmentKey | null; only: string[] };
  /** Of the plot, in px. */
  box: Box;
}

// --- Dash and Plotly: their own data stays untyped -----------------------------------------------

/** Plotly's data: see https://plotly.com/javascript/reference/ */
// deno-lint-ignore no-explicit-any
type Plotly = any;

interface Figure {
  data: Plotly[];
  layout: Plotly;
}

/** What a callback is told of a click or a hover on a figure (assets/chart/graph.js). */
interface GraphEvent {
  points?: GraphPoint[];
}

interface GraphPoint {
  x: number;
  y: number;
  customdata: Plotly;
}

/** The element that Plotly draws in. */
interface Plotted extends HTMLElement {
  on(event: string, listener: (event: { points: GraphPoint[] }) => void): void;
  data: Plotly[];
  layout: Plotly;
}

/** A component as a callback answers it; children may be nested. */
interface Component {
  type: string;
  namespace: string;
  props: Record<string, unknown>;
}

type Child = Component | string | number | false | null | undefined | Child[];

/** A column of the heads' grid (AG Grid's ColDef). */
interface Column {
  field: string;
  headerName: string;
  headerTooltip?: string;
  tooltipField?: string;
  width?: number;
  sort?: string;
}

interface GridComponent extends Component {
  props: { columnDefs: Column[]; rowData: unknown[] } & Record<string, unknown>;
}

/** Of AG Grid: https://www.ag-grid.com/javascript-data-grid/grid-api/ */
interface GridApi {
  forEachNodeAfterFilterAndSort(act: (node: { id: string }) => void): void;
  getRowNode(id: string): { setSelected(on: boolean, alone: boolean): void } | undefined;
  ensureNodeVisible(node: unknown): void;
  deselectAll(): void;
}

/** Dash's "no update". */
interface NoUpdate {
  description: string;
}

interface DashClientside {
  /** dash-renderer adds these two before it calls any callback of ours. */
  no_update: NoUpdate;
  set_props(id: ComponentId, props: Record<string, unknown>): void;
  headstrata?: Record<string, unknown>;
}

/** An id is a text or, of one of several, an object. */
type ComponentId = string | { type: string; name: string };

interface Window {
  /** Dash brings it along; components are untyped. */
  // deno-lint-ignore no-explicit-any
  React: any;
  dash_clientside: DashClientside;
  /** Properties of components: whatever their library says. */
  // deno-lint-ignore no-explicit-any
  dash_component_api: { getLayout(id: string): { props: Record<string, any> } };
  /** There once the grid's own script is. */
  dash_ag_grid?: { getApi(id: string): GridApi | undefined };
  dashAgGridFunctions?: Record<string, unknown>;
  Plotly: {
    react(place: Element, data: Plotly[], layout: Plotly, config?: unknown): Promise<Plotted>;
    purge(place: Element): void;
    relayout(place: Element, changes: Plotly): Promise<Plotted>;
    downloadImage(figure: Figure, options: Record<string, unknown>): Promise<string>;
    Fx: {
      hover(place: Element, points: { curveNumber: number; pointNumber: number }[]): void;
      unhover(place: Element): void;
    };
    Plots: { resize(place: Element): Promise<Plotted> };
  };
  /** The only global of ours (assets/page/hooks.js). */
  headstrata: Record<string, unknown>;
}
