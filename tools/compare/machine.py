"""The machine: what it is, and whether it had other work."""
import os
import platform
import resource
import subprocess
import time
from pathlib import Path


def facts():
    return {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "cpu": cpu(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "g++": first_line("g++", "--version"),
        "rustc": first_line("rustc", "--version"),
    }


def cpu():
    """The name of the processor, with its family and model: virtual machines shorten names."""
    lines = (line.partition(":") for line in Path("/proc/cpuinfo").read_text().splitlines())
    fields = {key.strip(): value.strip() for key, _, value in lines}
    numbers = [f"{key.removeprefix('cpu ')} {fields[key]}" for key in ("cpu family", "model") if key in fields]
    return ", ".join([fields.get("model name", platform.machine()), *numbers])


def first_line(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.partition("\n")[0]
    except FileNotFoundError:
        return None


class OtherWork:
    """The time that cores spend on other processes, or that a hypervisor withholds, from its making on."""

    def __init__(self):
        self.begin, self.before = time.monotonic(), other_seconds()

    def cores(self):
        return max(0.0, (other_seconds() - self.before) / (time.monotonic() - self.begin))


def other_seconds():
    """All the time that cores have worked, without that of this process and those that it has started."""
    ticks = [int(field) for field in Path("/proc/stat").read_text().partition("\n")[0].split()[1:9]]
    user, nice, system, _idle, _waiting, interrupts, soft_interrupts, stolen = ticks
    worked = (user + nice + system + interrupts + soft_interrupts + stolen) / os.sysconf("SC_CLK_TCK")
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return worked - sum(usage.ru_utime + usage.ru_stime for usage in usages)
