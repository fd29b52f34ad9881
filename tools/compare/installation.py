"""Installs the peers into virtual environments of their own, and builds Neuropil."""
import shutil
import subprocess
import sys

from places import PROGRAM, ROOT, WORK

PACKAGES = {
    "nest": ["nest-simulator==3.10.0", "scipy"],
    "brian2": ["brian2==2.9.0", "numpy<2.4", "scipy"],  # does not import with NumPy 2.4
    "numpy": ["numpy<2.4"],
}


def python_of(peer):
    """The interpreter of a peer's environment."""
    return WORK / peer / "bin" / "python"


def install(peer):
    """Makes the environment of a peer, unless it is there with the packages that are wanted."""
    if peer == "brian2" and not (shutil.which("g++") and shutil.which("make")):
        raise SystemExit("Brian2 needs g++ and make")
    folder, wanted = WORK / peer, " ".join(PACKAGES[peer])
    stamp = folder / "packages"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"installing {wanted} into {folder}", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [python_of(peer), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *PACKAGES[peer]], check=True)
    stamp.write_text(wanted)


def packages(peer):
    """All packages of a peer's environment, with their versions."""
    command = [python_of(peer), "-m", "pip", "freeze", "--disable-pip-version-check"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def build():
    """Builds Neuropil, and returns the program."""
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    return PROGRAM
