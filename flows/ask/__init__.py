"""Ask: queries of a stranger's making, on a database that they can neither change nor look past."""
