import pathlib
from importlib.util import find_spec

import duckdb


def extension(name):
    """Returns the path of an extension that came as a package: there is no network to install it from."""
    folder = find_spec("duckdb_extension_" + name).submodule_search_locations[0]
    return next(pathlib.Path(folder).rglob("*.duckdb_extension"))


class Tool:
    def __init__(self, place):
        self.url = place.url
        self.db = duckdb.connect()
        for name in ("httpfs", "aws"):
            self.db.sql(f"LOAD '{extension(name)}'")
        tls, _, host = place.endpoint_url.partition("://")
        self.db.sql(
            f"CREATE SECRET lake (TYPE s3, PROVIDER credential_chain, CHAIN 'process', PROFILE '{place.profile}', REFRESH 'auto', "
            f"ENDPOINT '{host}', URL_STYLE 'path', USE_SSL {tls == 'https'}, REGION 'us-east-1')"
        )

    def write(self):
        self.db.sql(f"COPY (SELECT 21.4 AS temperature) TO '{self.url}/readings.parquet'")

    def list(self):
        assert len(self.db.sql(f"FROM glob('{self.url}/*')").fetchall()) == 1

    def read(self):
        assert float(self.db.sql(f"FROM '{self.url}/readings.parquet'").fetchone()[0]) == 21.4
