"use strict";
// The clientside callbacks that app/page/callbacks.py registers: thin adapters.
window.headstrata = window.headstrata || {};
window.dash_clientside = window.dash_clientside || {};

(function () {
  const H = window.headstrata;
  const keep = () => window.dash_clientside.no_update;
  const element = (id) => document.getElementById(id);
  const firstVisit = { done: false, shape: "" };
  const settled = { width: null };

  const state = (payload, width, show, segment, only, definitions) => ({
    payload,
    definitions,
    show: H.drawnShow(payload, show),
    width: Math.min(width || H.defaultWidth(payload.layers), payload.layers),
    selection: { segment: segment && segment.segment, only },
    box: H.plotBox(element("head-chart")),
  });

  window.dash_clientside.headstrata = {
    // The link's state into the controls, once.
    restore(fallback, models, definitions) {
      const url = H.readUrl(window.location.search, models, fallback, definitions);
      const selection = { segment: url.segment, head: url.head };
      return [url.model, url.taxonomy, url.show, selection, url.theme, url, H.notes(url.notes)];
    },

    // A table arrived: the slider's range, headings, and what of the selection still holds.
    adopt(payload, url, width, selection, definitions) {
      if (!payload) return Array(8).fill(keep());
      const previous = firstVisit.done;
      firstVisit.done = payload.name;
      const shape = `${payload.layers} x ${payload.heads}`;
      const alike = firstVisit.shape === shape; // one model, perhaps, under two settings
      firstVisit.shape = shape;
      const same = previous === payload.name;
      if (!same) H.returning = null;
      if (same && firstVisit.stamp === payload.stamp) return Array(8).fill(keep());
      firstVisit.stamp = payload.stamp;
      // What the link says holds for the table that it names, once.
      const linked = url && url !== firstVisit.url && url.model === payload.name;
      firstVisit.url = url;
      const usual = H.defaultWidth(payload.layers);
      const chosen = linked ? url.bins || usual : alike ? width : usual;
      const held = alike ? { head: (selection || {}).head || null } : {};
      const shown = { name: payload.name, stamp: payload.stamp };
      // "About this table" asks for its texts: the chart comes first.
      H.whenResting("shown", () => window.dash_clientside.set_props("shown", { data: shown }));
      document.title = `${payload.title} · Headstrata`;
      const count = (payload.layers * payload.heads).toLocaleString("en-US");
      return [
        payload.layers,
        chosen,
        H.marks(payload.layers),
        `What the ${count} attention heads of ${payload.title} attend to`,
        H.element("Span", { className: `source ${payload.source}` }, payload.note),
        `${payload.layers} layers × ${payload.heads} heads, one cell each, under their bars`,
        ...(linked
          ? H.withoutDeadSegment(payload, chosen, selection, url.notes, definitions)
          : previous && !same ? [held, ""] : [keep(), keep()]),
      ];
    },

    drawChart(payload, width, taxonomy, show, selection, only, viewport, definitions) {
      if (!payload) return [keep(), keep(), keep()];
      const now = state(payload, width, show, selection, only, definitions);
      if (!H.drawn.chart) H.watchChart(element("head-chart"));
      H.drawn.chart = now;
      H.placeBinLines(payload, now.width);
      H.whenResting("width", () => {
        if (settled.width === now.width) return; // drawn again for another reason
        settled.width = now.width;
        window.dash_clientside.set_props("settled-width", { data: now.width });
      });
      return [H.chartFigure(now), H.plural(now.width, "layer"), H.summary(now)];
    },

    drawMap(payload, taxonomy, only, viewport, definitions) {
      if (!payload) return keep();
      const inner = element("map-inner");
      inner.style.setProperty("--map-height", `${H.mapHeight(payload, inner.clientWidth)}px`);
      inner.style.setProperty("--map-least", `${payload.layers * 9 + 72}px`);
      return H.mapFigure({ payload, definitions, selection: { only } });
    },

    drawChips(payload, taxonomy, only, definitions) {
      return payload ? H.chips(payload, definitions, only) : keep();
    },

    drawTwin(payload, width, taxonomy, selection, open, definitions) {
      if (!payload || !width || !open) return keep();
      return H.twin(state(payload, width, "count", selection, null, definitions));
    },

    showSegment(payload, width, taxonomy, selection, definitions) {
      const nothing = ["", true, keep()];
      if (!payload || !width || !selection) return nothing;
      const { segments, bins } = H.binned(payload, width, definitions);
      const chosen = H.chosen(selection.segment, bins, segments);
      if (!chosen) return nothing;
      const bin = bins[chosen.bin];
      const members = H.inOrder(payload, H.listed(payload, bin, chosen.place), definitions);
      const title = H.segmentTitle(segments[chosen.place], bin, chosen.place, payload);
      element("segment-slot").style.setProperty("--rows", members.length);
      if (!members.length) return [title, false, H.noHeads(segments[chosen.place], bin, payload, definitions)];
      return H.grid(members, payload, definitions, segments[chosen.place]).then(
        (grid) => [title, false, grid],
        (error) => [title, false, H.unfetched(error)]
      );
    },

    // The panel is open (a sheet, on a phone) while anything is chosen.
    showPanel(selection, segmentHidden) {
      const open = Boolean(selection && (selection.head || !segmentHidden));
      H.placeChosenCell(selection && selection.head);
      H.bringCard(selection || {}, segmentHidden);
      return [`panel${open ? " open" : ""}`, open, !(selection && selection.head)];
    },

    wantHead(payload, selection, wanted) {
      const { head } = selection || {};
      if (!payload || !H.hasHead(payload, head)) return keep();
      const { name, stamp, t } = payload;
      const next = { model: name, stamp, t, head };
      return JSON.stringify(next) === JSON.stringify(wanted) ? keep() : next;
    },

    writeUrl(payload, width, taxonomy, show, selection, theme, compare, definitions) {
      if (!payload || !width) return Array(4).fill(keep());
      const { segment: chosen, head } = selection || {};
      const segment = H.hasSegment(payload, width, chosen, definitions) ? chosen : null;
      H.writeAddress({
        model: payload.name, bins: width, taxonomy, show, segment, head, theme,
        t: payload.t || null, compare,
      });
      return H.downloads(payload, width);
    },

    clickChart(click, selection) {
      const point = click && click.points && click.points[0];
      if (!point) return keep();
      return H.toggled(selection, "segment", `${H.parseBin(point).start}:${point.customdata[4]}`);
    },

    clickMap(click, selection) {
      const point = click && click.points && click.points[0];
      if (!point) return keep();
      return H.toggled(selection, "head", `${point.x}.${point.y}`);
    },

    clickRow(cell, selection) {
      if (!cell || !cell.rowId) return keep();
      return H.withRow(selection, cell.rowId);
    },

    drawPattern(packed, probe, viewport, definitions) {
      if (!packed) return [keep(), keep()];
      const known = Boolean(packed.probes[probe]);
      document.getElementById("pattern").classList.toggle("none", !known);
      const frame = element("pattern-chart");
      if (known) {
        const figure = H.patternFigure(packed, probe, definitions, frame);
        H.drawIn("pattern-chart", figure, definitions);
      }
      return [H.patternNote(packed, probe), H.headLabel(packed.head)];
    },

    // Pointing at a bar lights its columns of the map.
    lightColumns(hover, payload) {
      const point = hover && hover.points && hover.points[0];
      const bin = point && H.parseBin(point);
      const share = (layers) => `${(100 * layers) / payload.layers}%`;
      H.light("map-light", bin && { left: share(bin.start), width: share(bin.stop - bin.start) });
      return keep();
    },

    // Pointing at a cell lights its segment of the chart.
    lightSegment(hover, payload, width, taxonomy, show, only, definitions) {
      const point = hover && hover.points && hover.points[0];
      if (!point) H.light("chart-light", null);
      if (!point || only) return keep();
      const { index, bins } = H.binned(payload, width, definitions);
      const bin = Math.floor(point.x / width);
      const place = index[point.x * payload.heads + point.y];
      const graph = element("head-chart");
      const top = H.plotted(graph).layout.yaxis.range[1];
      H.light(
        "chart-light",
        H.segmentBox(bins, bin, place, H.drawnShow(payload, show), top, payload, H.plotBox(graph))
      );
      return keep();
    },

    toggleTheme(clicks) {
      return clicks ? (document.documentElement.dataset.theme === "dark" ? "light" : "dark") : keep();
    },

    useTheme(theme) {
      const shown = H.applyTheme(theme);
      return [shown, H.measure()];
    },

    // A table was written again while it is shown: ask for it anew.
    refresh(models, payload) {
      const now = payload && models.find((model) => model.name === payload.name);
      return now && now.stamp !== payload.stamp ? now.stamp : keep();
    },

    // The first table of an empty cache is opened at once.
    openFirst(models, value) {
      return !value && models.length ? models[0].name : keep();
    },
  };
})();
