// The page's state is Dash's: properties of components, read and set by id. The only file that
// names Dash's own objects in the browser: https://dash.plotly.com/clientside-callbacks, and for
// getLayout https://github.com/plotly/dash/blob/v4.4.1/dash/dash-renderer/src/dashApi.ts

// A callback's answer for an output that stays as it is.
export const keep = () => window.dash_clientside.no_update;

/** @param {string} id */
export const getProps = (id) => window.dash_component_api.getLayout(id).props;
/** @param {ComponentId} id @param {Record<string, unknown>} props */
export const setProps = (id, props) => window.dash_clientside.set_props(id, props);

// Of what is held (app/page/fields.py).
/** @param {string} id */
export const getData = (id) => getProps(id).data;
/** @param {string} id @param {unknown} data */
export const setData = (id, data) => setProps(id, { data });

// Dash looks for the callbacks of app/page/ here by name.
/** @param {Record<string, unknown>} callbacks */
export function registerCallbacks(callbacks) {
  window.dash_clientside ??= /** @type {DashClientside} */ ({});
  window.dash_clientside.headstrata = callbacks;
}
