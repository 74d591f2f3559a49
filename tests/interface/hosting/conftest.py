from tests.interface.jobs.conftest import trials

__all__ = ["trials"]
