package tools

import "testing"

func TestJSON_output(t *testing.T) {
	toolTest{
		snippet: "daypass creds lake --format json",
		label:   "JSON",
		formats: map[string]string{"json": `{"connection":"lake","endpoint":"https://minio.example:9000","region":"us-east-1","access_key_id":"AKID","secret_access_key":"se/cr+et=","session_token":"to.ke-n_","expires_at":"2030-01-02T02:04:05Z"}
`},
	}.check(t, jsonForScripts())
}
