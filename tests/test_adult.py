"""Adult: the optimum that ARX finds, from the real file and the published hierarchies."""

from pathlib import Path

import pytest

from igmap.anonymisation import anonymise, find_recoding
from igmap.release import prove
from igmap.sources import open_exports
from tests.release_cases import adult, adult_plan

ARX_SUPPRESSED, ARX_NCP, NODES = 2553, 0.2380, 12960  # ARX 3.9.2, global recoding, k = 5, suppression limit 100 %


@pytest.mark.ci
def test_the_optimum_is_the_one_arx_finds() -> None:
    with open_exports({"adult": adult()}) as exports:
        recoding = find_recoding(exports, adult_plan())
    assert recoding.suppressed_rows == ARX_SUPPRESSED
    assert recoding.loss == pytest.approx(ARX_NCP, abs=5e-5)
    assert recoding.best.figures["nodes"] == NODES
    assert recoding.best.figures["evaluated"] < NODES / 30


@pytest.mark.ci
def test_the_written_file_proves_it_again(tmp_path: Path) -> None:
    with open_exports({"adult": adult()}) as exports:
        release = anonymise(exports, adult_plan(limit=0.1), tmp_path)
        proof = prove(exports, release)
    assert proof.met
    assert (proof.rows, proof.suppressed_rows, proof.k, proof.k_rows) == (30162 - ARX_SUPPRESSED, ARX_SUPPRESSED, 5, 5)
    assert proof.loss.ncp == pytest.approx(release.loss)
    assert (proof.attacks.singling_out.risk, proof.attacks.singling_out.control) == (0.2, 1.0)
