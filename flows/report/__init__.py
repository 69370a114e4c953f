"""The data-quality report: one page that opens anywhere, offline, and can be printed.

page = render(connection, settings, database, now)   # HTML, with nothing in it that is fetched from elsewhere
"""

from flows.report.page import render

__all__ = ["render"]
