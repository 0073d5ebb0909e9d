// plotly.js with bars, heatmaps and points: assets/vendor/README.md tells how it is bundled.
var Plotly = require("plotly.js/lib/core"); // with scatter
Plotly.register([require("plotly.js/lib/bar"), require("plotly.js/lib/heatmap")]);
module.exports = Plotly;
