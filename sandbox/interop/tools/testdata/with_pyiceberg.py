import tempfile

import pyarrow
from pyiceberg.catalog.sql import SqlCatalog


class Tool:
    def __init__(self, place):
        self.catalog = SqlCatalog(
            "lake",
            **{"uri": f"sqlite:///{tempfile.mkdtemp()}/catalog.db", "warehouse": place.url, "s3.endpoint": place.endpoint_url, "s3.region": "us-east-1"},
        )
        self.catalog.create_namespace("readings")
        self.rows = pyarrow.table({"temperature": [21.4]})
        self.table = None

    def write(self):
        if self.table is None:
            self.table = self.catalog.create_table("readings.air", schema=self.rows.schema)
        self.table.overwrite(self.rows)

    def read(self):
        assert self.catalog.load_table("readings.air").scan().to_arrow()["temperature"].to_pylist() == [21.4]
