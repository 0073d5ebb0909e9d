"use strict";
// The clientside callbacks that app/panels/callbacks.py registers: thin adapters.
window.headstrata = window.headstrata || {};
window.dash_clientside = window.dash_clientside || {};

(function () {
  const H = window.headstrata;
  const keep = () => window.dash_clientside.no_update;
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const asked = {};

  // Sets a "wanted" store unless the same was asked for last.
  const want = (store, next) => {
    if (same(asked[store], next)) return;
    asked[store] = next;
    set(store, { data: next });
  };
  // What was asked last may never have been answered (assets/connection.js).
  H.askPanelsAgain = () => Object.entries(asked).forEach(([store, data]) => set(store, { data }));
  const of = (data, table) => data && data.model === table.name && data.stamp === table.stamp;

  window.dash_clientside.headstrata_panels = {
    // What the link says of the panels; those that it needs are opened.
    restore(url) {
      if (!url) return [keep(), keep()];
      const whatif = Object.keys(url.thresholds).length > 0;
      document.getElementById("what-if-panel").open = whatif;
      document.getElementById("compare-panel").open = Boolean(url.compare);
      return [url.thresholds, url.compare];
    },

    // The stored table with thresholds and view put on it: all that the page draws.
    settle(table, whatif, extras, thresholds, taxonomy, show, definitions) {
      if (!table) return keep();
      const as = H.drawnAs(table, taxonomy, show);
      if (H.needsExtras(as) && !of(extras, table)) return keep();
      const t = H.thresholdText(thresholds, definitions.thresholds);
      if (t && !of(whatif, table)) return keep();
      const { model, stamp, ...changes } = t ? whatif : { t: "" };
      const packed = H.needsExtras(as) ? { operations: extras.operations, budget: extras.budget } : {};
      return { ...table, ...packed, ...(t ? { stored: table.detailed } : {}), ...changes, as };
    },

    wantWhatIf(table, thresholds, definitions) {
      if (!table) return;
      const t = H.thresholdText(thresholds, definitions.thresholds);
      const next = { model: table.name, stamp: table.stamp, t };
      if (t) H.atMost("what-if", H.SETTLE_MS, () => want("what-if-wanted", next));
      else H.forget("what-if");
    },

    wantExtras(table, taxonomy, show) {
      if (!table || !H.needsExtras(H.drawnAs(table, taxonomy, show))) return;
      want("extras-wanted", { model: table.name, stamp: table.stamp });
    },

    // Operations are offered only where they were published.
    offer(table, taxonomy, choices) {
      if (!table) return [keep(), keep()];
      const offered = choices.filter(({ value }) => value !== "operations");
      const all = table.has.includes("operations")
        ? [...offered, { value: "operations", label: "Operations" }]
        : offered;
      const gone = taxonomy === "operations" && all.length === offered.length;
      return [all, gone ? H.DETAILED : keep()];
    },

    wantSliders(table, opened, last) {
      if (!table || !(opened || {}).whatif) return keep();
      const next = { scores: table.scores };
      return same(next, last) ? keep() : next;
    },

    readSliders(values, ids, thresholds, definitions) {
      const read = { ...thresholds };
      ids.forEach(({ name }, at) => (read[name] = values[at]));
      const changed = Object.fromEntries(
        Object.entries(read).filter(([name, value]) => value !== definitions.thresholds[name])
      );
      const text = (some) => H.thresholdText(some, definitions.thresholds);
      const kept = text(changed) === text(thresholds) ? keep() : changed;
      return [kept, values.map(H.thresholdDigits)];
    },

    drawThresholds(payload, body, ids, definitions) {
      if (!payload) return [keep(), keep(), ids.map(keep)];
      const counts = H.thresholdCounts(payload, definitions);
      return [
        payload.t ? H.changedText(payload) : "Move a threshold to see which heads would change.",
        H.changeList(payload, definitions),
        ids.map(({ name }) => H.countText(counts[name])),
      ];
    },

    // A category seen alone is let go when the view has none of that name.
    letGo(payload, only, definitions) {
      if (!payload || !only) return keep();
      const { segments } = H.view(payload, definitions);
      return segments.some((segment) => segment.name === only) ? keep() : null;
    },

    tellView(payload, show, thresholds, definitions) {
      if (!payload) return [keep(), keep()];
      const notes = H.viewNotes(payload, show, thresholds, definitions);
      return [notes, payload.as === "budget"]; // which has no categories to choose from
    },

    // About what is drawn: a view that this table does not have is drawn as another.
    wantObservations(payload, width) {
      if (!payload || !width) return;
      const next = {
        model: payload.name,
        stamp: payload.stamp,
        width: Math.min(width, payload.layers),
        taxonomy: payload.as,
        t: payload.t,
      };
      H.whenResting("observations", () => want("observations-wanted", next));
    },

    // The integrity check of the reference figure, on the bins that are shown.
    wantCheck(payload, width, opened) {
      if (!payload || !width || !(opened || {}).reference) return;
      const next = {
        model: payload.name,
        stamp: payload.stamp,
        width: Math.min(width, payload.layers),
        taxonomy: payload.as,
        t: payload.t,
      };
      H.whenResting("check", () => want("check-wanted", next));
    },

    // Asked anew when anything moves; the chosen score stays as long as the tables do.
    wantCompared(payload, width, taxonomy, show, other, opened) {
      if (!payload || !width || !other || !(opened || {}).compare) return;
      const next = {
        model: payload.name,
        stamp: payload.stamp,
        other,
        width: Math.min(width, payload.layers),
        ...H.comparedView(taxonomy, show),
        t: payload.t,
      };
      H.whenResting("compare", () => {
        const last = asked["compare-wanted"]; // a score may have been chosen since
        const sameTables = last && last.model === next.model && last.other === other;
        want("compare-wanted", { ...next, score: sameTables ? last.score : null });
      });
    },

    // A table that has just been made can be compared with at once.
    offerTables: (models) => models,

    chooseScore(score, last) {
      if (score && last && score !== last.score) want("compare-wanted", { ...last, score });
    },

    // The charts are drawn once they have a place, and once the answer is to what is asked now:
    // [hint hidden, body hidden, charts hidden, numbers].
    drawCompared(payload, width, taxonomy, show, other, compared, opened, viewport, definitions) {
      const open = payload && width && other && (opened || {}).compare;
      if (open && compared && !H.isAnswer(compared, payload, other, taxonomy, show)) {
        return [true, false, keep(), keep()];
      }
      const ready = open && compared;
      H.drawn.compared = ready ? { payload, compared, show, definitions } : null;
      if (ready) requestAnimationFrame(() => H.drawCompared(width));
      const numbers = ready ? H.differenceTable(payload, compared, width, definitions) : null;
      return [Boolean(other), !other, !ready, numbers];
    },

    drawScatter(pairs, shown, viewport, definitions) {
      return pairs ? H.scatterFigure(pairs, definitions) : keep();
    },

    clickScatter(click, selection) {
      const point = click && click.points && click.points[0];
      return point ? { ...selection, head: point.customdata } : keep();
    },
  };

  document.addEventListener(
    "toggle",
    (event) => {
      const panel = event.target.dataset && event.target.dataset.panel;
      if (!panel) return;
      const opened = window.dash_component_api.getLayout("opened").props.data || {};
      if (panel === "whatif") document.documentElement.dataset.whatIf = event.target.open ? "open" : "";
      set("opened", { data: { ...opened, [panel]: event.target.open } });
      if (panel === "reference" && event.target.open) want("reference-wanted", true);
    },
    true
  );

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-action='reset-thresholds']");
    if (!target) return;
    const { thresholds } = window.dash_component_api.getLayout("definitions").props.data;
    Object.entries(thresholds).forEach(([name, value]) => {
      if (document.querySelector(`[data-threshold="${name}"]`)) {
        set({ type: "threshold", name }, { value });
      }
    });
    set("thresholds", { data: {} });
  });
})();
