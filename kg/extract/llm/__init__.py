"""A language model at an endpoint of the user's own, asked to point at the facts of a text (extra `llm`; off by default).

The way of a text: `asked` says which model is meant, and `service` sends the text to it with the words of `prompt.txt`
and brings back the answer; `answer` takes the answer apart, item by item; `quoting` looks every item up in the text,
and drops what is not there; `joining` adds what is left to what the package's own reader has found. The model only ever
points: numbers, dates and concepts are read from the words it points at by the same grammars as everywhere, and a fact
without its words in the text is dropped, whoever told it.
"""
