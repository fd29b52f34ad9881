"""Checks the folder of a run: that every table opens in every reader and says what `run.json` says.

    python tools/check_run.py [--all-spikes] RUN...

Each table is read with Polars, pandas and DuckDB, and its file is looked at with PyArrow. All faults of all
folders are printed; the exit code is 1 if there are any, and 2 if a folder cannot be checked at all. Rates and
the digest of the spikes are recomputed where all spikes were recorded; `--all-spikes` makes it a fault if not.
Rates are left alone where a recorder has a start or stop.
"""

import argparse
import json
import math
import re
import sys
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import xxhash

FORMAT = 1

# The documented columns of each kind of table; `value` is 32 or 64 bits wide, as the precision of the run has it.
# Tables of traces have further columns of values.
COLUMNS = {
    "spikes": {"time_ms": "f64", "population": "string", "neuron": "u32", "step": "i64"},
    "traces": {"time_ms": "f64", "population": "string", "neuron": "u32", "step": "i64"},
    "rate": {"time_ms": "f64", "rate_Hz": "f64", "n_spikes": "i64", "step": "i64"},
    "weights": {
        "time_ms": "f64",
        "source_population": "string",
        "source": "u32",
        "target_population": "string",
        "target": "u32",
        "weight": "value",
        "delay_ms": "f64",
        "step": "i64",
    },
}
QUANTITIES = {"rate": {"rate_Hz", "n_spikes"}, "weights": {"weight", "delay_ms"}}
SORTED_BY = {"spikes": ["step", "population", "neuron"], "traces": ["step", "population", "neuron"]}
# The columns that name neurons, beside those of their populations.
NEURONS = {"rate": {}, "weights": {"source": "source_population", "target": "target_population"}}

# What each reader calls the types of the columns. pandas calls strings `object` before version 3, `str` since.
TYPES = {
    "PyArrow": {"f64": "double", "f32": "float", "string": "string", "u32": "uint32", "i64": "int64"},
    "Polars": {"f64": "Float64", "f32": "Float32", "string": "String", "u32": "UInt32", "i64": "Int64"},
    "pandas": {"f64": "float64", "f32": "float32", "string": "str", "u32": "uint32", "i64": "int64"},
    "DuckDB": {"f64": "DOUBLE", "f32": "FLOAT", "string": "VARCHAR", "u32": "UINTEGER", "i64": "BIGINT"},
}
SEGMENT = re.compile(r".+-\d{6,}\.parquet")


class Table:
    """One table of a run, as each reader sees it."""

    def __init__(self, folder, manifest, report):
        self.manifest = manifest
        self.report = report
        self.name = report["name"]
        self.kind = self.name.split("_")[0]
        self.path = folder / report["file"]
        self.schema = pq.read_schema(self.path)
        self.facts = json.loads((self.schema.metadata or {}).get(b"neuropil", b"null"))
        if self.facts is None:
            raise ValueError("the metadata of the file has no key `neuropil`")
        self.polars = pl.read_parquet(self.path)
        self.pandas = pd.read_parquet(self.path)
        self.duckdb = duckdb.read_parquet(str(self.path))

    def columns(self):
        """The documented names and types."""
        columns = dict(COLUMNS[self.kind])
        if self.kind == "traces":
            columns |= {name: "value" for name in self.schema.names if name not in columns}
        value = "f32" if self.manifest["precision"] == "F32" else "f64"
        return {name: value if kind == "value" else kind for name, kind in columns.items()}

    def quantities(self):
        """The columns that have a unit, beside the time."""
        return QUANTITIES.get(self.kind, set(self.schema.names) - set(COLUMNS[self.kind]))

    def neurons(self):
        """The columns that name neurons, with those that name their populations."""
        return NEURONS.get(self.kind, {"neuron": "population"})

    def recorder(self):
        """What run.json says about the recorder that has the table for itself."""
        return next(r for r in self.manifest["recorders"] if r["table"] == self.name)

    def seen_by(self):
        """The names and types that each reader sees."""
        pandas = {name: str(dtype).replace("object", "str") for name, dtype in self.pandas.dtypes.items()}
        return {
            "PyArrow": {field.name: str(field.type) for field in self.schema},
            "Polars": {name: str(dtype) for name, dtype in self.polars.schema.items()},
            "pandas": pandas,
            "DuckDB": dict(zip(self.duckdb.columns, map(str, self.duckdb.types))),
        }


def check_types(table):
    for reader, seen in table.seen_by().items():
        expected = {name: TYPES[reader][kind] for name, kind in table.columns().items()}
        if list(seen.items()) != list(expected.items()):
            yield f"{reader} sees the columns {seen}, documented are {expected}"
    nullable = [field.name for field in table.schema if field.nullable]
    if nullable:
        yield f"the columns {nullable} are declared nullable"
    nulls = {name: n for name, n in table.polars.null_count().row(0, named=True).items() if n}
    if nulls:
        yield f"there are nulls: {nulls}"


def check_units(table):
    units, quantities = table.facts["units"], table.quantities()
    if set(units) != {"time_ms", *quantities}:
        yield f"the metadata has units for {sorted(units)}, the table has the quantities {sorted(quantities)}"
    for column, unit in units.items():
        suffix = plain_unit(unit)
        # The column of weights has the same name in all tables.
        if suffix and column != "weight" and not column.endswith(f"_{suffix}"):
            yield f"the column {column} has the unit `{unit}`, but not the suffix `_{suffix}`"


def plain_unit(unit):
    """A unit as it stands in the name of a column."""
    if unit in ("", "1"):
        return ""
    for symbols, letters in [("\u00b5\u03bc", "u"), ("\u03a9\u2126", "Ohm"), ("%", "percent"), ("/", "_per_")]:
        unit = re.sub(f"[{symbols}]", letters, unit)
    return re.sub(r"[^A-Za-z0-9_]", "_", re.sub(r"[\s^]", "", unit))


def check_metadata(table):
    manifest = table.manifest
    expected = {
        "format": FORMAT,
        "table": table.name,
        "dt_ms": manifest["dt_ms"],
        "populations": [{"name": p["name"], "n": p["n"]} for p in manifest["populations"]],
        "sorted_by": SORTED_BY.get(table.kind, ["step"]),
        "scene_blake3": manifest["scene_hash"],
        "version": manifest["version"],
    }
    for key, value in expected.items():
        if table.facts.get(key) != value:
            yield f"the metadata says {key} = {table.facts.get(key)!r}, expected is {value!r}"


def check_size(table):
    rows = {
        "Polars": table.polars.height,
        "pandas": len(table.pandas),
        "DuckDB": table.duckdb.count("*").fetchall()[0][0],
    }
    for reader, n in rows.items():
        if n != table.report["rows"]:
            yield f"{reader} reads {n} rows, run.json says {table.report['rows']}"
    size = table.path.stat().st_size
    if size != table.report["bytes"]:
        yield f"the file has {size} bytes, run.json says {table.report['bytes']}"


def check_readers_agree(table):
    others = {"pandas": pl.from_pandas(table.pandas), "DuckDB": table.duckdb.pl()}
    for reader, frame in others.items():
        # A NaN stays a NaN, or becomes a null on its way through pandas.
        if not frame.fill_nan(None).equals(table.polars.fill_nan(None)):
            yield f"{reader} reads other values than Polars"


def check_rows(table):
    rows = table.polars.drop_nulls()
    step = rows["step"].to_numpy()
    dt, last = table.manifest["dt_ms"], round(table.manifest["t_done_ms"] / table.manifest["dt_ms"])
    faults = {
        "is before the row above it": np.diff(step, prepend=step[:1]) < 0,
        f"lies outside of the run, which has {last} steps": (step < 0) | (step > last),
        f"has another time than step * {dt} ms": rows["time_ms"].to_numpy() != grid_times(step, dt),
    }
    populations = table.manifest["populations"]
    for neuron, population in table.neurons().items():
        unknown = set(rows[population].unique()) - {p["name"] for p in populations}
        if unknown:
            yield f"there are populations that run.json does not have: {sorted(unknown)}"
            return
        number, ids = numbers(rows[population], populations), rows[neuron].to_numpy().astype(np.int64)
        size = np.array([p["n"] for p in populations], dtype=np.int64)[number]
        faults[f"names a {neuron} that the population does not have"] = ids >= size
        if table.kind in SORTED_BY:
            forward = first_change(step, number, ids)
            faults["breaks the order by step, population (as in run.json) and neuron"] = forward < 0
            faults["has the step, population and neuron of the row above it"] = forward == 0
    for fault, where in faults.items():
        if where.any():
            row = int(where.argmax())
            yield f"row {row} {rows.row(row, named=True)} {fault} ({where.sum()} such rows)"


def check_rate(table):
    """Bins follow each other without a gap, and rates are those of the spikes counted."""
    if table.kind != "rate":
        return
    recorder, dt = table.recorder(), table.manifest["dt_ms"]
    width, first = round(recorder["bin_ms"] / dt), round(recorder["first_ms"] / dt) - 1
    last = round(min(recorder["last_ms"], table.manifest["t_done_ms"]) / dt)
    ends = np.arange(first + width, last + 1, width)
    if not np.array_equal(ends, table.polars["step"].to_numpy()):
        yield f"the bins are not those of {recorder['bin_ms']} ms from step {first} to step {last}"
    rates = table.polars["n_spikes"].to_numpy() / (recorder["n_neurons"] * recorder["bin_ms"] / 1000)
    if not np.allclose(rates, table.polars["rate_Hz"].to_numpy(), rtol=1e-12, atol=0):
        yield f"the rates are not n_spikes / ({recorder['n_neurons']} neurons * {recorder['bin_ms']} ms)"


def numbers(names, populations):
    """The number of each population in the order of run.json."""
    order = {p["name"]: number for number, p in enumerate(populations)}
    return names.replace_strict(order, return_dtype=pl.Int64).to_numpy()


def first_change(*columns):
    """For each row, by how much the first column that changes differs from the row above; 1 for the first row."""
    change = np.zeros(len(columns[0]), dtype=np.int64)
    for column in reversed(columns):
        difference = np.diff(column, prepend=column[:1])
        change = np.where(difference != 0, difference, change)
    change[:1] = 1
    return change


def grid_times(steps, dt):
    """The times of steps: the doubles nearest to the decimal numbers, where steps divide a millisecond."""
    per_ms = round(1 / dt)
    if per_ms >= 1 and abs(1 / dt - per_ms) <= 1e-9 * per_ms:
        return steps / float(per_ms)
    return steps * dt


def check_look_up(table):
    """Readers skip pages and row groups by their statistics: they must not skip rows that are asked for."""
    times = table.polars["time_ms"]
    for time in {times[0], times[len(times) // 2], times[-1]} if len(times) else ():
        n = (times == time).sum()
        found = {
            "Polars": pl.scan_parquet(table.path).filter(pl.col("time_ms") == time).collect().height,
            "pandas": len(pd.read_parquet(table.path, filters=[("time_ms", "==", time)])),
            "DuckDB": table.duckdb.filter(f"time_ms = {time!r}::DOUBLE").count("*").fetchall()[0][0],
        }
        for reader, rows in found.items():
            if rows != n:
                yield f"{reader} finds {rows} rows with time_ms == {time!r}, the table has {n}"


TABLE_CHECKS = [
    check_types,
    check_units,
    check_metadata,
    check_size,
    check_readers_agree,
    check_rows,
    check_rate,
    check_look_up,
]


def check_manifest(folder, manifest):
    if manifest["format"] != FORMAT:
        yield f"it has format {manifest['format']}, known is format {FORMAT}"
    if manifest["status"] != "completed":
        yield f"the status is {manifest['status']}: {manifest['exit_reason']}"
    elif manifest["t_done_ms"] != manifest["t_stop_ms"]:
        yield f"completed, but {manifest['t_done_ms']} of {manifest['t_stop_ms']} ms are done"
    for name in manifest["files"]:
        path = folder / name
        if not (path.is_file() and path.stat().st_size):
            yield f"it lists the file {name}, which is missing or empty"
    for table in manifest["tables"]:
        if table["file"] not in manifest["files"]:
            yield f"the file {table['file']} of a table is not among its files"
    segments = sorted(path.name for path in folder.iterdir() if SEGMENT.fullmatch(path.name))
    if segments:
        yield f"segments were left behind: {', '.join(segments)}"


def check_spikes(manifest, spikes, demand_all):
    """Recomputes what the manifest says about the spikes, as far as the table shows them."""
    total = 0
    for population in manifest["populations"]:
        neurons = spikes.filter(pl.col("population") == population["name"])["neuron"]
        fired = round((population["rate_hz"] or 0) * neuron_seconds(manifest, population))
        total += fired
        yield from check_population(manifest, population, neurons, fired)
    if total != manifest["n_spikes"]:
        yield f"the rates of the populations mean {total} spikes, run.json says {manifest['n_spikes']}"
    if spikes.height < manifest["n_spikes"]:
        if demand_all:
            yield f"it has {spikes.height} spikes, the network fired {manifest['n_spikes']}"
        return
    found, said = digest(manifest, spikes), manifest["digest"]["spikes"]
    if found != said:
        yield f"the digest of the spikes is {found}, run.json says {said}"


def check_population(manifest, population, neurons, fired):
    name, ranges = population["name"], population["recorded"]
    in_range = [neurons.is_between(start, end, closed="left") for start, end in ranges]
    if sum(in_range, start=pl.zeros(len(neurons), dtype=pl.UInt32, eager=True)).sum() != len(neurons):
        yield f"neurons of {name} outside of {ranges} have spikes; run.json says that only those are recorded"
    if len(neurons) > fired:
        yield f"{len(neurons)} spikes of {name} are recorded, by its rate it fired {fired}"
    whole = ranges == [[0, population["n"]]] and population["n"] and not has_windows(manifest)
    if whole and population["rate_hz"] is not None:
        rate = len(neurons) / neuron_seconds(manifest, population)
        if not math.isclose(rate, population["rate_hz"], rel_tol=1e-12):
            yield f"the rate of {name} is {rate} Hz by its spikes, run.json says {population['rate_hz']} Hz"


def has_windows(manifest):
    """Whether a recorder leaves out some of the spikes of its neurons."""
    recorders = [r for r in manifest["recorders"] if r["table"] == "spikes"]
    return any(r["first_ms"] > manifest["dt_ms"] or r["last_ms"] < manifest["t_done_ms"] for r in recorders)


def neuron_seconds(manifest, population):
    return population["n"] * manifest["t_done_ms"] / 1000


def digest(manifest, spikes):
    """XXH3 over step (u64), population (u32) and neuron (u32) of each spike, little-endian."""
    records = np.empty(spikes.height, dtype=[("step", "<u8"), ("population", "<u4"), ("neuron", "<u4")])
    records["step"] = spikes["step"].to_numpy()
    records["population"] = numbers(spikes["population"], manifest["populations"])
    records["neuron"] = spikes["neuron"].to_numpy()
    return f"xxh3:{xxhash.xxh3_64_hexdigest(records.tobytes())}"


def check_run(folder, demand_all):
    """Prints what was checked, and all faults; returns their number."""
    manifest = json.loads((folder / "run.json").read_text())
    n_faults = tell(folder / "run.json", manifest["status"], list(check_manifest(folder, manifest)))
    for report in manifest["tables"]:
        try:
            table = Table(folder, manifest, report)
            faults = [fault for check in TABLE_CHECKS for fault in check(table)]
            if table.name == "spikes" and not faults:
                faults = list(check_spikes(manifest, table.polars, demand_all))
        except Exception as error:  # The errors of the readers have no other class in common.
            faults = [f"{type(error).__name__}: {error}"]
        n_faults += tell(folder / report["file"], f"{report['rows']} rows", faults)
    return n_faults


def tell(path, what, faults):
    print(f"{path}: {what}, {f'{len(faults)} faults:' if faults else 'ok'}")
    for fault in faults:
        print(f"  {fault}")
    return len(faults)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN", help="the folder of a run")
    parser.add_argument("--all-spikes", action="store_true", help="it is a fault if not all spikes were recorded")
    arguments = parser.parse_args()
    try:
        n_faults = sum(check_run(folder, arguments.all_spikes) for folder in arguments.runs)
    except (OSError, ValueError, KeyError) as error:
        print(f"not a run: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    return 1 if n_faults else 0


if __name__ == "__main__":
    sys.exit(main())
