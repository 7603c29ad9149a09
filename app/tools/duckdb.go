package tools

import (
	"fmt"
	"regexp"
	"strings"

	"daypass/app/messages"
)

// duckDB takes the credentials from the profile, again and again.
func duckDB() Definition {
	return Definition{
		ID: "duckdb", Name: "DuckDB", Program: "duckdb", Commands: []string{"duckdb"},
		Language: "sql", Snippet: duckDBSnippet, Notes: duckDBNotes, ReadsProfile: true,
		Formats:     []Format{{Name: "duckdb", LabelID: "agent.tools.copy.duckdb", Write: text(duckDBWithCredentials)}},
		Environment: Environment{Hosts: []string{"DUCKDB_S3_ENDPOINT"}, Settings: duckDBSettings},
		Version:     &Version{Args: []string{"--version"}, Pattern: `v(\d\S*)`},
		Guards: []Guard{{
			Commands: []string{"duckdb", "python"}, Option: "endpoint", Advice: "ENDPOINT ", Concerns: duckDBChainUsed,
		}},
	}
}

// duckDBChainUsed matches a secret that takes credentials from the environment: it takes no endpoint from there.
var duckDBChainUsed = regexp.MustCompile(`(?i)credential_chain`)

func duckDBSnippet(s Setup) string {
	return "INSTALL httpfs; LOAD httpfs; INSTALL aws; LOAD aws;\n" + strings.TrimSuffix(duckDBChain(s.Access), "\n")
}

func duckDBNotes(Setup) []messages.Message {
	return []messages.Message{{ID: "agent.tools.note.duckdb"}}
}

func duckDBSettings(a Access) []Variable {
	return []Variable{{"DUCKDB_S3_USE_SSL", choose(a.secure(), "true", "false")}}
}

// duckDBWithCredentials is a statement with the credentials in it. The secret is a temporary one: DuckDB would write
// a persistent one to disk, and it would not be renewed.
func duckDBWithCredentials(a Access) string {
	return duckDBSecret(a, "    KEY_ID "+sql(a.AccessKeyID)+",\n    SECRET "+sql(a.SecretAccessKey.Reveal())+
		",\n    SESSION_TOKEN "+sql(a.SessionToken.Reveal())+",\n")
}

// duckDBChain is a statement by which DuckDB takes the credentials from the profile.
func duckDBChain(a Access) string {
	return duckDBSecret(a, "    PROVIDER credential_chain,\n    CHAIN 'process',\n    PROFILE "+sql(ProfileName(a.Connection))+
		",\n    REFRESH 'auto',\n")
}

func duckDBSecret(a Access, credentials string) string {
	return "CREATE OR REPLACE SECRET " + mcAlias(a.Connection) + " (\n    TYPE s3,\n" + credentials +
		"    ENDPOINT " + sql(a.host()) + ",\n    URL_STYLE 'path',\n    USE_SSL " + fmt.Sprint(a.secure()) +
		",\n    REGION " + sql(a.SigningRegion()) + "\n);\n"
}

// sql is a string of SQL.
func sql(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
