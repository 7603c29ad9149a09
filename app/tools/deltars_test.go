package tools

import "testing"

func TestDeltaRS_output(t *testing.T) {
	toolTest{
		snippet: `daypass exec lake -- python3 -c 'from deltalake import DeltaTable; print(DeltaTable("s3://BUCKET/TABLE").schema())'`,
		notes: []string{
			"Replace BUCKET with the name of a bucket.",
		},
	}.check(t, deltaRS())
}
