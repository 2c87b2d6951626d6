"""How often a damaged source changes the published tables with nothing said: ``make mutate``.

:mod:`~tests.mutate.editions` opens editions, :mod:`~tests.mutate.kinds` damages their lines,
:mod:`~tests.mutate.measure` reads them again and judges, :mod:`~tests.mutate.rates` counts.
``python -m tests.mutate`` prints what ``docs/silent-errors.md`` publishes.
"""
