"""Pieces of a screen. State flows down to them, messages flow up; none reaches sideways."""
