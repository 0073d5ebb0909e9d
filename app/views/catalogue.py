"""All views, in the order in which they are offered. A new view is a file and a line here."""

from app.views.budget import BUDGET_VIEW
from app.views.categories import DETAILED, GROUPED
from app.views.operations import OPERATIONS_VIEW
from app.views.view import View
from cache.store import Table
from headstrata.errors import UserError

VIEWS: dict[str, View] = {
    view.name: view for view in (DETAILED, GROUPED, OPERATIONS_VIEW, BUDGET_VIEW)
}


def find(name: str) -> View:
    """The view of this name.

    Raises:
        UserError: There is none.
    """
    if name not in VIEWS:
        raise UserError(f"taxonomy {name[:60]!r} is not one of {', '.join(VIEWS)}")
    return VIEWS[name]


def offered(table: Table) -> list[str]:
    """The table's views, without those that every table has."""
    return [view.name for view in VIEWS.values() if view.pack and view.has(table)]


def lacking(table: Table) -> dict[str, str]:
    """Why the table cannot be shown under the views that it does not have."""
    record = table.provenance
    return {
        view.name: view.lacking([record.title], record.source == "published")
        for view in VIEWS.values()
        if not view.has(table)
    }


def further(table: Table) -> dict[str, dict[str, str]]:
    """The packed data of those views; sent when one is first selected."""
    return {view.name: view.pack(table) for view in VIEWS.values() if view.pack and view.has(table)}
