"""The page's HTML template: language, viewport, and a text for browsers without scripts.

The comments are places that ``app/page/first/`` fills for the address asked for.
"""

INDEX = """<!DOCTYPE html>
<html lang="en"<!--attributes-->>
  <head>
    {%metas%}
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <!--about-->
    <meta name="color-scheme" content="light dark">
    <title><!--title--></title>
    <link rel="icon" href="assets/favicon.svg" type="image/svg+xml">
    {%css%}
  </head>
  <body>
    <noscript>
      <style>#react-entry-point { display: none; } .first-page { position: static; }</style>
      <p class="noscript">The chart can be read without JavaScript; to change it, and for every
      head by itself, please allow it. The tables can be had without:
      <a href="api/models">/api/models</a>.</p>
    </noscript>
    <!--first-->
    {%app_entry%}
    <div>
      {%config%}
      {%scripts%}
      {%renderer%}
    </div>
  </body>
</html>
"""
