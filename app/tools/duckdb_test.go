package tools

import "testing"

func TestDuckDB_output(t *testing.T) {
	toolTest{
		snippet: `INSTALL httpfs; LOAD httpfs; INSTALL aws; LOAD aws;
CREATE OR REPLACE SECRET daypass_lake (
    TYPE s3,
    PROVIDER credential_chain,
    CHAIN 'process',
    PROFILE 'daypass-lake',
    REFRESH 'auto',
    ENDPOINT 'minio.example:9000',
    URL_STYLE 'path',
    USE_SSL true,
    REGION 'us-east-1'
);`,
		notes: []string{"Do not use a PERSISTENT secret: DuckDB would store the current credentials on disk and never renew them."},
		label: "Secret for DuckDB",
		formats: map[string]string{"duckdb": `CREATE OR REPLACE SECRET daypass_lake (
    TYPE s3,
    KEY_ID 'AKID',
    SECRET 'se/cr+et=',
    SESSION_TOKEN 'to.ke-n_',
    ENDPOINT 'minio.example:9000',
    URL_STYLE 'path',
    USE_SSL true,
    REGION 'us-east-1'
);
`},
		files:       map[string]string{"aws": profileText},
		environment: []Variable{{"DUCKDB_S3_ENDPOINT", "minio.example:9000"}, {"DUCKDB_S3_USE_SSL", "true"}},
	}.check(t, duckDB())
	if got := sql("a'b\\"); got != `'a''b\'` {
		t.Errorf("%s", got)
	}
}
