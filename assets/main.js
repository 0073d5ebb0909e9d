// The page's script, in one file for the browser: `make assets` bundles it into headstrata.js.
import * as chart from "./chart/callbacks.js";
import * as compare from "./compare/callbacks.js";
import * as effects from "./effects/callbacks.js";
import * as observations from "./observations/callbacks.js";
import * as page from "./page/callbacks.js";
import * as patterns from "./patterns/callbacks.js";
import * as ranked from "./ranked/callbacks.js";
import * as reference from "./reference/callbacks.js";
import * as scatter from "./scatter/callbacks.js";
import * as selection from "./selection/callbacks.js";
import * as sensitivity from "./sensitivity/callbacks.js";
import * as table from "./table/callbacks.js";
import * as thresholds from "./thresholds/callbacks.js";
import * as hooks from "./page/hooks.js";
import { watchChips } from "./chart/chip-sentence.js";
import { followDrag } from "./chart/drag.js";
import { watchUnmeasured } from "./chart/unmeasured.js";
import { watchWindow } from "./chart/viewport.js";
import { drawCompared } from "./compare/draw.js";
import { Combobox } from "./fields/combobox.js";
import { Frame } from "./fields/frame.js";
import { Graph } from "./chart/graph.js";
import { Held } from "./fields/held.js";
import { Poll } from "./fields/poll.js";
import { Segments } from "./fields/segments.js";
import { BinWidth, Slider } from "./fields/sliders.js";
import { registerCallbacks } from "./dash/props.js";
import { watchDrag } from "./dash/timing.js";
import { watchFinding } from "./find/box.js";
import { leaveFirst } from "./first/leaving.js";
import { followHistory } from "./page/address.js";
import { watchButtons } from "./page/clicks.js";
import { watchServer } from "./page/connection.js";
import { watchCopying } from "./page/copying.js";
import { markEmbedded } from "./page/embed.js";
import { openGuide } from "./page/guide.js";
import { closeMenus } from "./page/menus.js";
import { watchOpened } from "./page/opened.js";
import { watchOptions } from "./page/options.js";
import { pausePolling } from "./page/polling.js";
import { drawForPaper } from "./page/print.js";
import { followSystemTheme } from "./page/theme.js";
import { watchPins } from "./patterns/clicks.js";
import { watchReference } from "./reference/opening.js";
import { watchBusy } from "./selection/busy.js";
import { watchChoices } from "./selection/clicks.js";
import { keepFocus } from "./selection/focus.js";
import { gridFunctions } from "./selection/grid.js";
import { watchKeys } from "./selection/keys.js";
import { watchPrompts } from "./selection/prompt.js";
import { watchThin } from "./selection/thin.js";
import { watchFailedJobs } from "./table/failed-jobs.js";
import { watchThresholds } from "./thresholds/clicks.js";

// What dash-renderer and Dash AG Grid look for, by these names, on window.
registerCallbacks({
  ...page,
  ...table,
  ...chart,
  ...selection,
  ...patterns,
  ...thresholds,
  ...compare,
  ...observations,
  ...ranked,
  ...reference,
  ...sensitivity,
  ...scatter,
  ...effects,
});
window.dashAgGridFunctions = { ...window.dashAgGridFunctions, ...gridFunctions };

// The only global of ours.
// It holds the components of app/page/fields.py, too.
window.headstrata = { ...hooks, BinWidth, Combobox, Frame, Graph, Held, Poll, Segments, Slider };

// Events that Dash has no property for.
leaveFirst();
watchServer();
followDrag((width) => {
  drawCompared(width);
  observations.followWidth(width);
});
keepFocus();
openGuide();
watchOptions();
watchKeys();
closeMenus();
watchFinding();
watchChips();
watchUnmeasured();
chart.watchColour();
watchChoices();
watchPrompts();
watchPins();
watchBusy();
watchThin();
watchButtons();
watchFailedJobs();
watchWindow();
followSystemTheme();
pausePolling();
watchThresholds();
sensitivity.watchSensitivity();
scatter.watchScatter();
effects.watchEffects();
watchReference();
watchOpened();
watchDrag();
drawForPaper();
watchCopying();
followHistory();
markEmbedded();
