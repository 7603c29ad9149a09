"""Lists, uploads and downloads with boto3 until the keys have been renewed and the first ones are dead."""

import sys
import time

import boto3

profile, endpoint, key = sys.argv[1:]
session = boto3.Session(profile_name=None if profile == "-" else profile)
s3 = session.client("s3", endpoint_url=endpoint)


def access_key():
    return session.get_credentials().get_frozen_credentials().access_key


first = access_key()
s3.put_object(Bucket="measurements", Key=key, Body=b"first")
end = time.time() + 35
while time.time() < end:
    names = [o["Key"] for o in s3.list_objects_v2(Bucket="measurements", Prefix=key)["Contents"]]
    assert key in names, names
    time.sleep(1)
assert access_key() != first, "the keys were not renewed"
s3.put_object(Bucket="measurements", Key=key, Body=b"second")
assert s3.get_object(Bucket="measurements", Key=key)["Body"].read() == b"second"
print("renewed")
