"""Searching an archive: by words, by the beginning of an id, and what there is to be searched for."""

from __future__ import annotations

from collections.abc import Sequence

from store.archive import rows
from store.archive.asking import AT_ONCE, Asking, holes
from store.archive.phrases import fts_phrase, fts_query
from store.archive.skeleton import in_batches
from store.errors import UnknownStory
from store.model import StoryId

TITLE_WEIGHT = 8.0  # a word in a title counts as eight in a body; order only, tuned by nothing yet
# Whoever is named as the outlet (see Head.reporter), but for hosts, which would be as many as the stories' addresses.
_VALUED = {
    "outlet": "coalesce(nullif(outlet, ''), nullif(agency, ''))",
    "agency": "agency",
    "place": "place",
    "lang": "language",
}


class Searching(Asking):
    def find(self, prefix: str) -> StoryId:
        """A story by its id or by the beginning of it, if no other begins so."""
        short = rows.bindable(prefix.strip())
        query = "SELECT id FROM stories WHERE substr(id, 1, ?) = ? ORDER BY id = ? DESC LIMIT 100"
        found = [StoryId(story) for (story,) in self._rows(query, (len(short), short, short))] if short else []
        if found and (len(found) == 1 or found[0] == short):
            return found[0]
        if not found:
            raise UnknownStory(f"No story has an id that begins with {prefix!r}.")
        number = "100 or more" if len(found) == 100 else str(len(found))
        raise UnknownStory(f"{number} stories have an id that begins with {prefix!r}; give more of it.")

    def search(self, text: str, limit: int) -> tuple[StoryId, ...]:
        """The stories that hold all the words typed, best first; the last word counts as far as it is typed."""
        wanted = fts_query(rows.bindable(text))
        if wanted is None:
            return ()
        query = (
            "SELECT id FROM (SELECT rowid AS n, rank FROM search WHERE search MATCH ? "
            f"AND rank MATCH 'bm25({TITLE_WEIGHT}, 1.0)' ORDER BY rank LIMIT ?) JOIN stories USING (n) "
            "ORDER BY rank, n DESC"
        )
        return tuple(StoryId(story) for (story,) in self._rows(query, (wanted, limit)))

    def snippets(self, text: str, ids: Sequence[StoryId]) -> dict[StoryId, str]:
        """Where those of the stories hold the words typed: twenty words or so on one line, those found in brackets."""
        wanted = fts_query(rows.bindable(text))
        found: dict[StoryId, str] = {}
        for some in in_batches(ids, AT_ONCE) if wanted else ():
            # By the plus the words are looked up once, and not for each story.
            query = (
                "SELECT id, snippet(search, -1, '[', ']', '…', 20) FROM search JOIN stories ON n = search.rowid "
                f"WHERE search MATCH ? AND +search.rowid IN (SELECT n FROM stories WHERE id IN ({holes(some)}))"
            )
            found |= {StoryId(i): " ".join(said.split()) for i, said in self._rows(query, (str(wanted), *some))}
        return found

    def search_all(self, term: str) -> frozenset[StoryId]:
        """Every story that holds this word or phrase; `talk*` is every word that begins so."""
        wanted = fts_phrase(rows.bindable(term))
        if wanted is None:
            return frozenset()
        query = "SELECT id FROM stories WHERE n IN (SELECT rowid FROM search WHERE search MATCH ?)"
        return frozenset(StoryId(story) for (story,) in self._rows(query, (wanted,)))

    def values(self, field: str) -> tuple[tuple[str, int], ...]:
        """What the stories have as outlet, agency, place or lang, and how many have it, most used first; nothing for
        another field. Outlets that are known by their host alone are left out."""
        column = _VALUED.get(field)
        if column is None:
            return ()
        query = f"SELECT {column}, count(*) FROM stories WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        return tuple((str(value), int(number)) for value, number in self._rows(query, ()))
