// The page's script, in one file for the browser: `make assets` bundles it into headstrata.js.
import * as chart from "./chart/callbacks.js";
import * as compare from "./compare/callbacks.js";
import * as observations from "./observations/callbacks.js";
import * as page from "./page/callbacks.js";
import * as reference from "./reference/callbacks.js";
import * as selection from "./selection/callbacks.js";
import * as table from "./table/callbacks.js";
import * as thresholds from "./thresholds/callbacks.js";
import * as hooks from "./page/hooks.js";
import { watchChips } from "./chart/chip-sentence.js";
import { followDrag } from "./chart/drag.js";
import { watchWindow } from "./chart/viewport.js";
import { drawCompared } from "./compare/draw.js";
import { registerCallbacks } from "./dash/props.js";
import { watchDrag } from "./dash/timing.js";
import { followHistory } from "./page/address.js";
import { watchButtons } from "./page/clicks.js";
import { watchServer } from "./page/connection.js";
import { watchCopying } from "./page/copying.js";
import { markEmbedded } from "./page/embed.js";
import { showGuide } from "./page/guide.js";
import { closeMenus } from "./page/menus.js";
import { watchOpened } from "./page/opened.js";
import { pausePolling } from "./page/polling.js";
import { drawForPaper } from "./page/print.js";
import { followSystemTheme } from "./page/theme.js";
import { watchReference } from "./reference/opening.js";
import { watchChoices } from "./selection/clicks.js";
import { keepFocus } from "./selection/focus.js";
import { gridFunctions } from "./selection/grid.js";
import { watchKeys } from "./selection/keys.js";
import { watchThresholds } from "./thresholds/clicks.js";

// What dash-renderer and Dash AG Grid look for, by these names, on window.
registerCallbacks({
  ...page,
  ...table,
  ...chart,
  ...selection,
  ...thresholds,
  ...compare,
  ...observations,
  ...reference,
});
window.dashAgGridFunctions = { ...window.dashAgGridFunctions, ...gridFunctions };

// The only global of ours.
window.headstrata = { ...hooks };

// Events that Dash has no property for.
watchServer();
followDrag(drawCompared);
keepFocus();
showGuide();
watchKeys();
closeMenus();
watchChips();
watchChoices();
watchButtons();
watchWindow();
followSystemTheme();
pausePolling();
watchThresholds();
watchReference();
watchOpened();
watchDrag();
drawForPaper();
watchCopying();
followHistory();
markEmbedded();
