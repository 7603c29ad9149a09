package tools

import "testing"

func TestJupyter_output(t *testing.T) {
	toolTest{
		snippet: "daypass exec lake -- jupyter lab",
		notes: []string{
			"Notebooks fetch new credentials by themselves. The S3 browser of JupyterLab keeps those of its start: start JupyterLab again when they have expired.",
		},
		environment: []Variable{{"JUPYTERLAB_S3_ENDPOINT", "https://minio.example:9000"}},
	}.check(t, jupyter())
}
