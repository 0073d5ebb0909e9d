"""The dashboard's page: pure functions from tables to data, figures and components."""
