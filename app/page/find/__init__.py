"""The way to the find box, which ``assets/find/`` makes when it is first opened."""
