import os


class Tool:
    def __init__(self, place):
        if place.profile:
            os.environ["AWS_PROFILE"] = place.profile
        from pyarrow import fs

        self.fs = fs
        self.s3 = fs.S3FileSystem(endpoint_override=place.endpoint_url, region="us-east-1")
        self.folder = place.bucket + "/" + place.folder

    def write(self):
        with self.s3.open_output_stream(self.folder + "/file") as out:
            out.write(b"temperature 21.4")

    def list(self):
        found = self.s3.get_file_info(self.fs.FileSelector(self.folder))
        assert [f.path for f in found] == [self.folder + "/file"], found

    def read(self):
        with self.s3.open_input_stream(self.folder + "/file") as file:
            assert file.read() == b"temperature 21.4"
