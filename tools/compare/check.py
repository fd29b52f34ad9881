"""Whether the files of the comparison fit together: what a change elsewhere may break unnoticed."""
import re

from contenders import NAMES
from places import EXPERIMENTS, PEERS, README
from report import BEGIN, END
from workloads import WORKLOADS


def faults():
    yield from (fault for workload in WORKLOADS for fault in faults_of(workload))
    yield from (fault for path in sorted(PEERS.glob("*.py")) for fault in faults_of_script(path))
    text = README.read_text()
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        yield f"README.md should have, once each, the lines\n{BEGIN}\n{END}"


def faults_of(workload):
    scene = EXPERIMENTS / workload.name / "scene.ron"
    if not scene.exists():
        yield f"{workload.name}: there is no {scene}"
        return
    text = scene.read_text()
    for population in workload.populations:
        if not re.search(rf'\b{population}"?: \(', text):
            yield f"{scene} has no population {population}"


def faults_of_script(path):
    try:
        compile(path.read_text(), path, "exec")
    except SyntaxError as error:
        yield f"{path}: {error}"
    peer, _, experiment = path.stem.partition("_")
    if peer in NAMES and experiment not in [workload.name for workload in WORKLOADS]:
        yield f"{path}: there is no workload {experiment}"
