import os

import boto3


class Tool:
    def __init__(self, place):
        self.at = {"Bucket": place.bucket, "Key": place.folder + "/file"}
        # Debian's boto3 knows no endpoint but that of its arguments.
        endpoint = {} if "AWS_ENDPOINT_URL" in os.environ and boto3.__version__ > "1.28" else {"endpoint_url": place.endpoint_url}
        self.s3 = boto3.Session(profile_name=place.profile).client("s3", **endpoint)

    def write(self):
        self.s3.put_object(Body=b"temperature 21.4", **self.at)

    def list(self):
        found = self.s3.list_objects_v2(Bucket=self.at["Bucket"], Prefix=self.at["Key"])["Contents"]
        assert [o["Key"] for o in found] == [self.at["Key"]], found

    def read(self):
        assert self.s3.get_object(**self.at)["Body"].read() == b"temperature 21.4"
