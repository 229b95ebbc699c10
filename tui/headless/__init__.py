"""The commands that need no screen. They never import Textual; each prints for a person, or JSON for a program."""
