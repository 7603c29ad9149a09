package tools

import (
	"regexp"
	"strings"

	"daypass/app/messages"
)

// spark is Spark with the S3A file system of Hadoop, which reads neither the profile's endpoint nor one from the
// environment.
func spark() Definition {
	return Definition{
		ID: "spark", Name: "Spark (s3a)", Program: "spark-submit", Commands: hadoopPrograms, Language: "sh", ValidityID: whileRunning,
		Snippet: sparkSnippet, Notes: sparkNotes,
		Version: &Version{Args: []string{"--version"}, Pattern: `version (\d\S*)`},
		Guards: []Guard{
			{Option: hadoopEndpoint, Advice: "--conf spark.hadoop." + hadoopEndpoint + "="},
			{Commands: []string{"python"}, Option: hadoopEndpoint, Advice: `.config("spark.hadoop.` + hadoopEndpoint + `", ...) with `, Concerns: pysparkUsed},
		},
	}
}

// hadoopPrograms take an endpoint from a property alone.
var hadoopPrograms = []string{"spark-submit", "spark-shell", "spark-sql", "pyspark", "hadoop", "hdfs"}

const hadoopEndpoint = "fs.s3a.endpoint"

// pysparkUsed matches a script that uses Spark.
var pysparkUsed = regexp.MustCompile(`pyspark`)

func sparkSnippet(s Setup) string {
	lines := []string{ShellWord(s.Daypass) + " exec " + s.handle() + " -- spark-submit"}
	for _, p := range []Variable{
		{"endpoint", s.Access.Endpoint},
		{"endpoint.region", s.Access.SigningRegion()},
		{"path.style.access", "true"},
		{"connection.ssl.enabled", choose(s.Access.secure(), "true", "false")},
		{"aws.credentials.provider", "software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider"},
	} {
		lines = append(lines, "  --conf "+ShellWord("spark.hadoop.fs.s3a."+p.Name+"="+p.Value))
	}
	return strings.Join(append(lines, "  job.py"), " \\\n")
}

func sparkNotes(s Setup) []messages.Message {
	notes := []messages.Message{{ID: "agent.tools.note.spark"}}
	if s.Access.CAFile != "" {
		notes = append(notes, messages.Message{ID: "agent.tools.note.java-authority", Args: map[string]string{"File": s.Access.CAFile}})
	}
	return notes
}
