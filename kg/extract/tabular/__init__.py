"""Tables of any writing (CSV, HTML, Markdown, JSON), as rows whose cells know their place."""
