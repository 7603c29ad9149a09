import polars


class Tool:
    def __init__(self, place):
        self.url = place.url + "/readings.parquet"
        self.options = {}
        if place.profile:
            self.options = {
                "storage_options": {"aws_endpoint_url": place.endpoint_url, "aws_region": "us-east-1", "aws_allow_http": "true"},
                "credential_provider": polars.CredentialProviderAWS(profile_name=place.profile),
            }

    def write(self):
        polars.DataFrame({"temperature": [21.4]}).write_parquet(self.url, **self.options)

    def read(self):
        assert polars.read_parquet(self.url, **self.options)["temperature"].to_list() == [21.4]
