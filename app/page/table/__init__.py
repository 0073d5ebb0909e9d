"""The shown table: packed for the browser, what is known of it, the jobs that make others."""
