"""``HeadTable``: a table of scored heads in Python."""

import operator
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from app.analysis.compare import relative_bins
from app.analysis.compared_effects import effects_by_depth, effects_by_layers
from app.views.catalogue import find
from app.views.intervals import with_intervals
from cache import patterns
from cache.bins import check_width
from cache.identity import Identity, refuse_other
from cache.provenance import Provenance
from cache.store import Store, Table
from headstrata.errors import UserError
from headstrata.python.location import Location, store_of

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from cache.reads import HeadReads


@dataclass(frozen=True, eq=False, repr=False)
class HeadTable:
    """What the attention heads of one model do: every head's scores and category.

    Made by ``headstrata.score`` and ``headstrata.load``. In Jupyter it shows itself as the
    dashboard's chart.
    """

    _table: Table
    _patterns: bytes | None = field(default=None)
    """The patterns' file (``cache.patterns``); None: there is none."""

    @property
    def name(self) -> str:
        """Under which it is stored, or will be."""
        return self._table.name

    @property
    def heads(self) -> pd.DataFrame:
        """One row a head, layer-major: layer, head, category and all scores; a copy."""
        return self._table.heads.copy()

    @property
    def provenance(self) -> Provenance:
        """Everything that is needed to cite the table or to compute it again."""
        return self._table.provenance

    def bins(self, width: int, taxonomy: str = "detailed") -> pd.DataFrame:
        """The binned table: heads per bin of layers and category.

        Args:
            width: Layers a bin; the last bin is cut at the number of layers.
            taxonomy: What is counted: ``detailed``, ``grouped``, ``operations``, ``budget``.

        Returns:
            ``bin``, ``start``, ``stop``, ``category`` (``group``, …), ``heads``, ``share``
            (of the bin, 0..1) and ``percent`` (as drawn); of categories and groups
            ``heads_low`` and ``heads_high``, too, the 95 % interval of ``heads``, missing
            where no standard errors are known.

        Raises:
            UserError: The width or the taxonomy is not valid, or not for this table.
        """
        view = find(taxonomy)
        binned = view.binned(self._table, _whole("width", width))
        return with_intervals(binned, self._table, view.column)

    def effects(self, width: int, other: "HeadTable | None" = None) -> pd.DataFrame:
        """The summed effects of each category by layers, or by depth of two tables side by side.

        Args:
            width: Layers of this table to a bin; beside another, bins are equal shares of the
                depth.
            other: A second table; it may have other numbers of layers and heads.

        Returns:
            ``effect``, ``table``, ``bin`` (``[0, 12)``; beside another ``0%-25%``), ``start``,
            ``stop`` (layers, or 0..1), ``category``, ``heads`` with a measured effect, ``above``
            and ``below`` (the sums of the positive and of the negative effects, in nats per
            token), each with ``_se``, and ``differing``: heads whose effect differs from 0.

        Raises:
            UserError: The width is not valid, or the tables have no effect in common.
        """
        check_width(_whole("width", width), self._table.provenance.layers)
        if other is None:
            return effects_by_layers(self._table, int(width))
        tables = [self._table, other._table]
        layers = [table.provenance.layers for table in tables]
        return effects_by_depth(tables, relative_bins(layers[0], int(width), layers[-1]))

    def figure(
        self, width: int | None = None, taxonomy: str = "detailed", show: str = "count"
    ) -> "Figure":
        """The dashboard's chart: the numbers of ``bins`` as stacked bars.

        Args:
            width: Layers a bin; by default a quarter of the layers.
            taxonomy: As in ``bins``.
            show: Whether bars show ``count`` or ``percent`` of heads, or the heads' attention
                ``budget``.

        Raises:
            UserError: A value is not valid, or not for this table.
        """
        from headstrata.python import figures  # noqa: PLC0415 - only who draws waits for it

        layers = None if width is None else _whole("width", width)
        return figures.chart(self._table, layers, taxonomy, show)

    def pattern(self, layer: int, head: int, probe: str = "repeated") -> "Figure":
        """One head's attention on one prompt, as a picture: queries down, keys across.

        Args:
            layer: From 0.
            head: From 0, within its layer.
            probe: The prompt, by its name in ``vocabulary/prompts.py``: ``repeated`` (random
                tokens twice), ``natural`` (text), ``ioi``, ``twice``, ``list``, ``code``,
                ``paragraph``, ``arabic``; with a text of your own also ``beginning``.

        Raises:
            UserError: There is no such head or probe, or the table has no patterns.
        """
        from headstrata.python import figures  # noqa: PLC0415 - only who draws waits for it

        place = _whole("layer", layer), _whole("head", head)
        found = self._stored(*place)
        if probe not in found:
            raise UserError(f"probe {probe!r:.60} is not one of {', '.join(found)}")
        return figures.pattern(self._table, *place, probe, found[probe])

    def reads(self, layer: int, head: int) -> "HeadReads":
        """What one head reads on natural text: tokens beyond position alone, and examples.

        Args:
            layer: From 0.
            head: From 0, within its layer.

        Raises:
            UserError: There is no such head, or the table has nothing beside it.
        """
        found = self._stored(_whole("layer", layer), _whole("head", head))
        if found.reads is None:
            raise UserError(
                f"what the heads of {self.name!r} read is not stored: headstrata classify MODEL "
                "--replace measures it"
            )
        return found.reads

    def _stored(self, layer: int, head: int) -> patterns.HeadPatterns:
        """What stands beside the table of one head.

        Raises:
            UserError: There is no such head, or nothing.
        """
        self._table.grid.row(layer, head)
        found = self._patterns and patterns.of_head(
            self._patterns, self.name, layer, head, self.provenance.run_key
        )
        if not found:
            raise UserError(
                f"there are no attention patterns beside {self.name!r}: only scored tables have "
                "them, in the cache where they were written"
            )
        return found

    def save(
        self, cache: Location | None = None, name: str | None = None, *, replace: bool = False
    ) -> str:
        """Store the table, with its patterns, for the dashboard and for ``headstrata.load``.

        Args:
            cache: A folder or fsspec URL; by default the settings' (``HEADSTRATA_CACHE``).
            name: By default the table's own.
            replace: Whether a table of a different input may be replaced.

        Returns:
            The name.

        Raises:
            UserError: It is not a name, there is a table of a different input, or the cache
                cannot be written.
        """
        stored = self.name if name is None else name
        store = store_of(cache, create=True)
        with store.writing():
            if not replace:
                self._refuse_other(stored, store.provenance(stored))
            self.write(store, stored)
        return stored

    def _refuse_other(self, name: str, there: Provenance | None) -> None:
        """Refuse to replace a table of weights that are different, or that nobody knows."""
        own = self.provenance
        refuse_other(name, there, Identity.of(own))
        known = [record and (record.revision or record.weights_sha256) for record in (own, there)]
        if there is not None and not all(known) and there.run_key != own.run_key:
            raise UserError(
                f"the cache has a table {name!r}, perhaps of other weights: of a model in memory "
                "they are not known; give this one another name, or say replace=True"
            )

    def write(self, store: Store, name: str) -> None:
        """Put patterns and table in place; the table last, since it may be read at once.

        Raises:
            UserError: ``name`` is not a name, or the store cannot be written.
        """
        beside = patterns.path_of(name)
        if self._patterns is None:
            store.remove(beside)
        else:
            store.put(beside, self._patterns)
        store.write(name, self._table.heads, self.provenance)

    def show(self) -> Any:
        """Open the dashboard on this table, served by this process until it ends.

        Returns:
            In Jupyter a frame with the page, else its address, after it was opened in the
            browser.
        """
        from headstrata.python import dashboard  # noqa: PLC0415 - dash

        return dashboard.show(self)

    def __repr__(self) -> str:
        record = self.provenance
        counts = self._table.heads["category"].value_counts()
        named = ", ".join(f"{name} {counts[name]}" for name in counts.index)
        return (
            f"HeadTable {self.name}: {record.title}, {record.grid.size:,} heads in "
            f"{record.layers} layers\n  {named}"
        )

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        """For Jupyter: the chart, as plotly shows it there."""
        bundle: dict[str, Any] = self.figure()._repr_mimebundle_(include, exclude)
        return {**bundle, "text/plain": repr(self)}


def _whole(name: str, value: object) -> int:
    """A whole number.

    Raises:
        UserError: It is none.
    """
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise UserError(f"{name} {value!r:.60} is not a whole number") from None
