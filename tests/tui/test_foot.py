"""The foot of the desk at each width, and where toasts stand."""

from __future__ import annotations

import pytest
from textual.widgets._footer import FooterKey
from textual.widgets._toast import Toast

from store.library import Library
from tests.conftest import TODAY
from tests.tui.fakes import Idle
from tests.tui.test_app import opened, settled
from tui.app import DiploApp


@pytest.mark.parametrize(("size", "least"), [((120, 40), 8), ((80, 24), 7), ((60, 20), 5)])
async def test_no_key_of_the_footer_is_cut(sample_library: Library, size: tuple[int, int], least: int) -> None:
    async with opened(sample_library, size=size) as (app, pilot):
        await pilot.pause()
        keys = list(app.screen.query(FooterKey))
        assert least <= len(keys) <= 8
        assert all(key.region.right <= size[0] for key in keys)
        assert all(key.region.width >= len(key.key_display) + 1 + len(key.description) for key in keys)


async def test_a_narrower_window_has_fewer_keys_and_a_wider_one_more(sample_library: Library) -> None:
    async with opened(sample_library, size=(120, 40)) as (app, pilot):
        many = len(app.screen.query(FooterKey))
        await pilot.resize_terminal(44, 20)
        await pilot.pause(0.1)
        assert 0 < len(app.screen.query(FooterKey)) < many
        await pilot.resize_terminal(120, 40)
        await pilot.pause(0.1)
        assert len(app.screen.query(FooterKey)) == many


async def test_a_toast_does_not_lie_over_the_prompt(sample_library: Library) -> None:
    app = DiploApp(sample_library, Idle(), today=TODAY)
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await settled(app, pilot)
        await pilot.press("/")
        app.warn("something long to be told " * 6)
        toasts: list[Toast] = []
        for _ in range(100):
            await pilot.pause(0.02)
            toasts = [t for t in app.screen.query(Toast) if t.region.height]
            if toasts:
                break
        assert toasts
        assert not any(t.region.overlaps(app.main.prompt.region) for t in toasts)
