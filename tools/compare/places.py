"""Where things are."""
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEERS = Path(__file__).resolve().parent / "peers"
EXPERIMENTS = ROOT / "experiments"
REFERENCE = ROOT / "tests" / "data" / "reference.json"
README = ROOT / "README.md"
TARGET = ROOT / os.environ.get("CARGO_TARGET_DIR", "target")
# Virtual environments, what the simulators write, and the results.
WORK = TARGET / "compare"
RESULTS = WORK / "results.json"
PROGRAM = TARGET / "release" / "neuropil"
