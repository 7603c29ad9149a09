import lance
import pyarrow


class Tool:
    def __init__(self, place):
        self.url = place.url + "/table.lance"

    def write(self):
        lance.write_dataset(pyarrow.table({"temperature": [21.4]}), self.url, mode="overwrite")

    def read(self):
        assert lance.dataset(self.url).to_table()["temperature"].to_pylist() == [21.4]
