from pathlib import Path

import pytest
from stage import Stage, Window

PROGRAM = Path(__file__).parents[2] / "target/debug/signet-desktop"


@pytest.fixture
def stage():
    with Stage() as stage:
        yield stage


@pytest.fixture
def open_window():
    """Opens the window on a stage."""
    return lambda stage: Window(stage, PROGRAM)
