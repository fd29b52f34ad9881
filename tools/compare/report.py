"""Medians, and the table of the README."""
import statistics
from dataclasses import dataclass

from places import README

BEGIN = "<!-- begin of the table that `python3 tools/compare --write` writes -->"
END = "<!-- end of the table -->"

HEAD = """\
| | simulator | threads | build (s) | | simulate (s per s) | | memory (MB) | rate (Hz) | CV of intervals |
|---|---|---:|---:|---:|---:|---:|---:|---|---|
"""


@dataclass(frozen=True)
class Row:
    """The figures of one simulator: medians of times, means of rates."""

    simulator: str
    is_neuropil: bool
    threads: int
    model_s: float
    build_s: float
    simulate_s: float  # per second of model time
    compile_s: float
    memory_mb: float
    rate_hz: dict
    cv_isi: dict


@dataclass(frozen=True)
class Comparison:
    """A workload with the rows of all simulators."""

    workload: object
    rows: list

    def neuropil(self, threads):
        """The row of Neuropil on so many threads, if there is one."""
        return next((row for row in self.rows if row.is_neuropil and row.threads == threads), None)


def row(contender, measurements):
    def of(key):
        return [measurement[key] for measurement in measurements]

    return Row(
        simulator=measurements[0]["simulator"],
        is_neuropil=contender.is_neuropil,
        threads=contender.threads,
        model_s=measurements[0]["model_s"],
        build_s=statistics.median(of("build_s")),
        simulate_s=statistics.median(m["simulate_s"] / m["model_s"] for m in measurements),
        compile_s=max(m.get("compile_s", 0.0) for m in measurements),  # the first run compiles everything
        memory_mb=statistics.median(of("peak_memory_bytes")) / 1e6,
        rate_hz=means(of("rate_hz")),
        cv_isi=means(of("cv_isi")),
    )


def means(columns):
    """The mean of each population over runs, without the runs in which it has no value."""
    values = {name: [c[name] for c in columns if c[name] is not None] for name in columns[0]}
    return {name: statistics.mean(found) for name, found in values.items() if found}


def table(comparisons):
    return HEAD + "".join(f"| {' | '.join(cells)} |\n" for c in comparisons for cells in cells_of(c))


def cells_of(comparison):
    workload = comparison.workload
    title = f"[`{workload.name}`](experiments/{workload.name}), {comparison.rows[0].model_s:g} s"
    for row in comparison.rows:
        ours = None if row.is_neuropil else comparison.neuropil(row.threads)
        yield [
            title,
            row.simulator + (f", compiled in {row.compile_s:.0f} s" if row.compile_s else ""),
            str(row.threads),
            significant(row.build_s, 3),
            multiple(row.build_s, ours and ours.build_s),
            significant(row.simulate_s, 3),
            multiple(row.simulate_s, ours and ours.simulate_s),
            f"{row.memory_mb:.0f}",
            listed(row.rate_hz, workload),
            listed(row.cv_isi, workload),
        ]
        title = ""
    for cited in workload.cited:
        name, time = f"*{cited.simulator}, cited*", f"*{cited.simulate_s}*"
        figures = [listed(cited.rate_hz, workload), listed(cited.cv_isi, workload)]
        yield ["", name, str(cited.threads), "", "", time, "", "", *figures]


def multiple(value, ours):
    """How many times as long as Neuropil it takes."""
    return f"{significant(value / ours, 2)} ×" if ours else ""


def listed(values, workload):
    return ", ".join(f"{values[name]:.2f}" for name in workload.populations if name in values)


def significant(value, digits):
    """A number with so many digits, or with all that stand before the point."""
    return f"{value:.0f}" if value >= 10 ** (digits - 1) else f"{value:#.{digits}g}"


def write_into_readme(text):
    before, rest = README.read_text().split(BEGIN)
    _, after = rest.split(END)
    README.write_text(f"{before}{BEGIN}\n\n{text.rstrip()}\n\n{END}{after}")
