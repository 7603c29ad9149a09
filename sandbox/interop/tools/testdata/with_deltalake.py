import pyarrow
from deltalake import DeltaTable, write_deltalake


class Tool:
    def __init__(self, place):
        self.url = place.url + "/table"

    def write(self):
        write_deltalake(self.url, pyarrow.table({"temperature": [21.4]}), mode="overwrite")

    def list(self):
        assert len(DeltaTable(self.url).file_uris()) == 1

    def read(self):
        assert DeltaTable(self.url).to_pyarrow_table()["temperature"].to_pylist() == [21.4]
