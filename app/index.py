"""The page's HTML template: language, viewport, and a text for browsers without scripts."""

INDEX = """<!DOCTYPE html>
<html lang="en">
  <head>
    {%metas%}
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="description" content="What the attention heads of a language model attend to,
      layer by layer.">
    <meta name="color-scheme" content="light dark">
    <title>{%title%}</title>
    <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
    {%css%}
  </head>
  <body>
    <noscript>This page draws in the browser: please allow JavaScript. The tables can be had
      without: <a href="/api/models">/api/models</a>.</noscript>
    {%app_entry%}
    <div>
      {%config%}
      {%scripts%}
      {%renderer%}
    </div>
  </body>
</html>
"""
