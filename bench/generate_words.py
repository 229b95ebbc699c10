"""What bench/generate.py makes stories of: invented countries, people and papers, and sentences in four languages.

A sentence is a template over the facts of an event; its variants say the same in other words, as outlets do.
"""

from __future__ import annotations

STARTS = (
    "Var Kel Mor Tal Ost Sol Bren Dun Fal Gor Hal Ist Jar Lor Mel Nar Orv Pel Quel Ras Sev Tor Ulm Ven Wal Yar Zel Ard "
    "Bel Cor Dral Eld Fen Gal Hest Ilv Jor Kars Lint Marv Nest Ond Prav Rov Sarn Tesk Urd Vol Wend Zor"
).split()
MIDDLES = "a e i o u an ar en er il in ol or un ast ess ett ov".split()
LANDS = "dania mark vania landia stria menia garia thia vonia dor".split()
TOWNS = "mouth gate haven ford burgh stad grad wick port holm minster field".split()
FAMILIES = "ovec anen esk ari olin erak isto undar ellis omar uvek adze".split()
GIVEN = (
    "Ada Bero Cila Dorin Elva Faro Gita Hanno Ilka Joren Kaia Lemo Mira Nilo Orsa Pavo Rika Sandor Tilda Ulmo Vera "
    "Wim Yola Zeno"
).split()
PAPERS = "Post Courier Herald Gazette Mail Tribune Record Observer Dispatch Chronicle Standard Mercury".split()
AGENCIES = ("Northern News", "Vardan News Agency", "Meridian Wire", "Solmark Press", "Tellmark Telegraph Service")

# What an event is about: what is done, what it is called, the things in it, the unit a number counts.
TOPICS = (
    ("signed a fishing accord", "fishing accord", "trawlers, quotas and patrol boats", "licences"),
    ("reopened the strait", "strait talks", "convoys, pilots and harbour dues", "ships"),
    ("recalled its ambassador", "envoy dispute", "consulates, visas and protest notes", "diplomats"),
    ("agreed to a truce", "truce", "artillery, monitors and prisoners", "prisoners"),
    ("raised the grain tariff", "grain tariff", "silos, export duties and mills", "tonnes"),
    ("closed the border crossing", "border closure", "checkpoints, lorries and customs posts", "lorries"),
    ("began a naval exercise", "naval exercise", "frigates, radar and coast guards", "sailors"),
    ("published the dam report", "dam dispute", "reservoirs, turbines and irrigation", "farms"),
    ("froze the bank accounts", "sanctions case", "banks, ledgers and trustees", "accounts"),
    ("sent a relief convoy", "relief convoy", "tents, medicine and flour", "families"),
    ("held a summit", "summit", "communiques, flags and delegations", "delegates"),
    ("opened the railway line", "railway opening", "locomotives, gauges and stations", "passengers"),
    ("halted the gas pipeline", "pipeline halt", "valves, compressors and contracts", "households"),
    ("released the detained crew", "crew release", "tugs, courts and bail", "crew members"),
    ("rejected the census result", "census quarrel", "counts, districts and observers", "districts"),
    ("cut the import quota", "import quota", "warehouses, brokers and permits", "permits"),
)

HEADLINES = (
    "{a} {did} with {b} in {town}",
    "{topic_} at {town}: {a} and {b} say {n} {unit} affected",
    "{minister} defends {topic} after {b} protests",
    "{b} answers {a} over {topic} at {town}",
    "{n} {unit} and a {topic}: what {a} and {b} agreed in {town}",
    "{a} {did}, {minister} says",
)

# Each entry is one thing that can be said, in the words of several outlets.
SAID = (
    (
        "{a} {did} with {b} on {day} in {town}, {minister} told reporters.",
        "In {town} on {day}, {a} {did} with {b}, according to {minister}.",
        "{minister} announced on {day} that {a} {did} with {b} after talks in {town}.",
    ),
    (
        "The {topic} concerns {n} {unit}, both sides said.",
        "Some {n} {unit} are touched by the {topic}, officials of both countries confirmed.",
        "Both governments put the number of {unit} in the {topic} at {n}.",
    ),
    (
        '"{quote}," said {envoy}, who led the delegation of {b}.',
        'The head of the delegation of {b}, {envoy}, said: "{quote}."',
        '{envoy} of {b} told the press: "{quote}."',
    ),
    (
        "Negotiators had spent {weeks} weeks on {things}.",
        "It took {weeks} weeks of bargaining over {things}.",
        "The talks on {things} had gone on for {weeks} weeks.",
    ),
    (
        "A first attempt in {town2} failed when {b} walked out.",
        "An earlier round in {town2} had broken down after the walk-out of {b}.",
    ),
    (
        "Traders in {town2} expect prices to move by {percent} per cent.",
        "Prices could change by {percent} per cent, merchants in {town2} reckon.",
    ),
    (
        "The parliament of {a} is to vote on the {topic} within {weeks} weeks.",
        "{a}'s deputies have {weeks} weeks to debate the {topic}.",
    ),
    (
        "Critics in {town} called the {topic} a gift to {b}.",
        "The opposition in {a} said the {topic} gave {b} all it wanted.",
    ),
    (
        "{minister} and {envoy} will meet again in {town2}.",
        "A further meeting of {envoy} and {minister} is planned in {town2}.",
    ),
    (
        "Neither side published the annex that lists {things}.",
        "The annex on {things} has not been made public.",
    ),
)

# What every paper says now and then, whatever the event.
FILLER = (
    "Observers in the region urged patience.",
    "A spokesman declined to comment further.",
    "The two neighbours share a long and quarrelsome border.",
    "Weather along the coast delayed some of the delegates.",
    "No date was given for the next step.",
    "Independent experts could not verify the figures.",
    "The text was read out in both languages.",
)
QUOTES = (
    "We have kept our word and expect others to keep theirs",
    "This is not the end of the matter, it is the beginning of the work",
    "Nobody won today, and that is why it may last",
    "Our patience is long but it has a harbour wall",
    "We asked for little and were given less",
    "The door stays open, the lamp stays lit",
)

OTHER = {
    "fr": (
        "{a} et {b} s'entendent à {town}",
        (
            "À {town}, {a} et {b} ont trouvé un terrain d'entente, a déclaré {minister}.",
            "L'accord touche {n} dossiers et a demandé {weeks} semaines de négociations.",
            "« Nous tiendrons parole », a dit {envoy}, chef de la délégation de {b}.",
            "Une première rencontre à {town2} avait échoué.",
        ),
    ),
    "de": (
        "{a} und {b} einigen sich in {town}",
        (
            "In {town} haben sich {a} und {b} geeinigt, wie {minister} mitteilte.",
            "Betroffen sind {n} Fälle, verhandelt wurde {weeks} Wochen lang.",
            "„Wir halten unser Wort“, sagte {envoy}, der für {b} verhandelt hatte.",
            "Ein erstes Treffen in {town2} war gescheitert.",
        ),
    ),
    "es": (
        "{a} y {b} llegan a un acuerdo en {town}",
        (
            "En {town}, {a} y {b} llegaron a un acuerdo, según {minister}.",
            "El pacto afecta a {n} expedientes y exigió {weeks} semanas de negociación.",
            "«Cumpliremos nuestra palabra», dijo {envoy}, jefe de la delegación de {b}.",
            "Un primer encuentro en {town2} había fracasado.",
        ),
    ),
}
