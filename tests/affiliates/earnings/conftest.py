import io

import pytest

from affiliates.earnings import importing, services, uploads
from tests.affiliates.earnings.killing import fall_silent
from tests.affiliates.earnings.reports import FIVE, new_file


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 2)


@pytest.fixture
def break_off(monkeypatch, small_batches):
    """Begin to write a kept report, and let the process vanish before batch number `at`."""

    def begin(data=FIVE, at=2, is_kept=True):
        record = new_file(name="march.csv")
        services.recognise(record, services.head_of(io.BytesIO(data)))
        record.size_bytes = uploads.keep(record, [data]) if is_kept else len(data)
        real, calls = importing.ledger.append, []

        def vanish(*args):
            calls.append(args)
            if len(calls) == at:
                raise SystemExit
            real(*args)

        with monkeypatch.context() as patch:
            patch.setattr(importing.ledger, "append", vanish)
            patch.setattr(services, "_failing", lambda record: _Nothing())
            with pytest.raises(SystemExit):
                services.write(record, [io.BytesIO(data)])
        fall_silent()
        record.refresh_from_db()
        return record

    return begin


class _Nothing:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        return False
