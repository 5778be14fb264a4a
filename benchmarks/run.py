"""How long `igmap run` takes on the samples and how much memory: wall and CPU seconds, peak, against their limits."""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "data" / "samples" / "ig-learning"
MOST_SECONDS, MOST_MEGABYTES = 30, 1000


def main() -> None:
    """Run it in a process of its own and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "ig-learning"
        shutil.copytree(SAMPLES, workspace, ignore=shutil.ignore_patterns("out", "private", "plan.yaml"))
        began = time.perf_counter()
        command = [sys.executable, "-m", "igmap", "run", str(workspace), "--today", "2026-11-01"]
        status = subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode
        wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(f"igmap run on the samples: exit {status}, wall {wall:.1f} s, CPU {cpu:.1f} s, peak {megabytes:.0f} MB")
    shares = wall / MOST_SECONDS, megabytes / MOST_MEGABYTES
    print(f"of the limits ({MOST_SECONDS} s, {MOST_MEGABYTES} MB): {shares[0]:.2f} and {shares[1]:.2f}")


if __name__ == "__main__":
    main()
