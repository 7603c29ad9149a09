import pandas
import s3fs


class Tool:
    def __init__(self, place):
        self.options = {"profile": place.profile, "client_kwargs": {"endpoint_url": place.endpoint_url}} if place.profile else {}
        self.files = s3fs.S3FileSystem(**self.options)
        self.url = place.url + "/readings.csv"

    def write(self):
        pandas.DataFrame({"temperature": [21.4]}).to_csv(self.url, index=False, storage_options=self.options)

    def list(self):
        self.files.invalidate_cache()
        assert self.files.ls(self.url.rpartition("/")[0]) == [self.url.removeprefix("s3://")]

    def read(self):
        assert pandas.read_csv(self.url, storage_options=self.options)["temperature"].tolist() == [21.4]
