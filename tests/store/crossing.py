"""A made-up story, paragraph by paragraph, that the tests of cleaning put other lines around."""

BODY = (
    "The government of Vardania said on Monday that it would reopen the crossing at Selm before the first snow.",
    "Officials on both sides told reporters that customs posts would be manned around the clock from next week.",
    "“We have waited ten years for this bridge, and we shall not wait another winter,” said mayor Karna Lund in Selm.",
    "Hauliers welcomed the decision, which they said would save them a detour of four hundred kilometres.",
    "The parliament of Ostravia is to vote on the treaty in June, according to its speaker.",
    "A second crossing, further north, is to be built with money from the river commission.",
    "Work on it will begin in the spring, the commission said in a statement that it published on its website.",
    "The old ferry, which ran until the war, is to be shown in the museum of the harbour at Selm.",
)
