import obstore
from obstore.store import S3Store


class Tool:
    def __init__(self, place):
        self.store = S3Store(place.bucket, prefix=place.folder)

    def write(self):
        obstore.put(self.store, "file", b"temperature 21.4")

    def list(self):
        assert [o["path"] for o in obstore.list(self.store).collect()] == ["file"]

    def read(self):
        assert bytes(obstore.get(self.store, "file").bytes()) == b"temperature 21.4"
