package tools

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"daypass/app/credentials"
)

// Formats are the names that Format takes, in the order in which to show them.
func Formats() []string {
	return []string{"process", "env", "fish", "powershell", "json", "mc", "rclone", "s5cmd", "duckdb", "aws-profile"}
}

// Format writes a in one of Formats. command is what a profile is to run for keys; only
// aws-profile needs it.
func Format(format string, a Access, command Command) ([]byte, error) {
	switch format {
	case "process":
		return ProcessJSON(a), nil
	case "env", "fish", "powershell":
		return ShellLines(format, a.Environment())
	case "json":
		return everything(a), nil
	case "mc":
		return []byte(MCLine(a) + "\n"), nil
	case "rclone":
		return section("["+ProfileName(a.Connection)+"]", a.rclone()), nil
	case "s5cmd":
		return ShellLines("env", a.Environment())
	case "duckdb":
		return []byte(DuckDBKeys(a)), nil
	case "aws-profile":
		return AWSProfile(a, command)
	}
	return nil, fmt.Errorf("there is no format %q (there are: %s)", format, strings.Join(Formats(), ", "))
}

// rfc3339 writes a moment as every AWS SDK reads it.
func rfc3339(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// ProcessJSON is what a credential_process prints.
func ProcessJSON(a Access) []byte {
	return encode(struct {
		Version                                    int
		AccessKeyId, SecretAccessKey, SessionToken string //nolint:revive // the names are the format's
		Expiration                                 string
	}{1, a.AccessKeyID, a.SecretAccessKey.Reveal(), a.SessionToken.Reveal(), rfc3339(a.ExpiresAt)})
}

// ContainerJSON is what a container's credential endpoint answers.
func ContainerJSON(a Access) []byte {
	return encode(struct{ AccessKeyId, SecretAccessKey, Token, Expiration string }{ //nolint:revive // as above
		a.AccessKeyID, a.SecretAccessKey.Reveal(), a.SessionToken.Reveal(), rfc3339(a.ExpiresAt),
	})
}

// everything is the format json, for scripts.
func everything(a Access) []byte {
	plain := a.Plain()
	plain.ExpiresAt = plain.ExpiresAt.UTC().Truncate(time.Second)
	return encode(struct {
		Connection string `json:"connection"`
		Endpoint   string `json:"endpoint"`
		Region     string `json:"region"`
		CAFile     string `json:"ca_file,omitempty"`
		credentials.Plain
	}{a.Connection, a.Endpoint, a.SigningRegion(), a.CAFile, plain})
}

// encode writes v, a struct of strings and numbers, as a line of JSON.
func encode(v any) []byte {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
	return []byte(b.String())
}

// shell is how to write for one kind of shell.
type shell struct {
	set   func(Variable) string
	clear func(names []string) string
}

var shells = map[string]shell{
	"env":        {sh, shClear},
	"fish":       {fish, fishClear},
	"powershell": {powershell, powershellClear},
}

// ShellLines sets variables in a shell, which is env (sh, bash, zsh), fish or powershell, and clears those
// that would win over them.
func ShellLines(name string, vars []Variable) ([]byte, error) {
	sh, there := shells[name]
	if !there {
		return nil, fmt.Errorf("there is no shell %q", name)
	}
	var b strings.Builder
	b.WriteString(sh.clear(cleared(vars)) + "\n")
	for _, v := range vars {
		b.WriteString(sh.set(v) + "\n")
	}
	return []byte(b.String()), nil
}

// MCLine is the alias as mc reads it from the file that MC_CONFIG_ENV_FILE names.
func MCLine(a Access) string {
	v := MCEnvironment(MCAlias(a.Connection), a)
	return v.Name + "=" + v.Value
}

// MCEnvironment is an alias as mc reads it from its environment. mc takes what is between the colons
// and the last @ as it is, without decoding.
func MCEnvironment(alias string, a Access) Variable {
	scheme, host, _ := strings.Cut(a.Endpoint, "://")
	keys := strings.Join([]string{a.AccessKeyID, a.SecretAccessKey.Reveal(), a.SessionToken.Reveal()}, ":")
	return Variable{"MC_HOST_" + alias, scheme + "://" + keys + "@" + host}
}

// WithoutCredentials returns the value of an alias of mc's without the credentials in it: mc then has the
// server's address alone.
func WithoutCredentials(value string) string {
	scheme, rest, _ := strings.Cut(value, "://")
	return scheme + "://" + rest[strings.LastIndex(rest, "@")+1:]
}

// rclone is a remote with the keys in it.
func (a Access) rclone() []Variable {
	return []Variable{
		{"type", "s3"},
		{"provider", "Minio"},
		{"access_key_id", a.AccessKeyID},
		{"secret_access_key", a.SecretAccessKey.Reveal()},
		{"session_token", a.SessionToken.Reveal()},
		{"endpoint", a.Endpoint},
		{"region", a.SigningRegion()},
	}
}

// section is a section of an INI file.
func section(header string, keys []Variable) []byte {
	var b strings.Builder
	b.WriteString(header + "\n")
	for _, k := range keys {
		b.WriteString(k.Name + " = " + k.Value + "\n")
	}
	return []byte(b.String())
}

// DuckDBKeys is a statement with the keys in it. The secret is a temporary one: DuckDB would write
// a persistent one to disk, and it would not be renewed.
func DuckDBKeys(a Access) string {
	return duckDB(a, "    KEY_ID "+sql(a.AccessKeyID)+",\n    SECRET "+sql(a.SecretAccessKey.Reveal())+
		",\n    SESSION_TOKEN "+sql(a.SessionToken.Reveal())+",\n")
}

// DuckDBChain is a statement by which DuckDB takes the keys from our profile, again and again.
func DuckDBChain(a Access) string {
	return duckDB(a, "    PROVIDER credential_chain,\n    CHAIN 'process',\n    PROFILE "+sql(ProfileName(a.Connection))+
		",\n    REFRESH 'auto',\n")
}

func duckDB(a Access, keys string) string {
	scheme, host, _ := strings.Cut(a.Endpoint, "://")
	return "CREATE OR REPLACE SECRET " + MCAlias(a.Connection) + " (\n    TYPE s3,\n" + keys +
		"    ENDPOINT " + sql(host) + ",\n    URL_STYLE 'path',\n    USE_SSL " + fmt.Sprint(scheme == "https") +
		",\n    REGION " + sql(a.SigningRegion()) + "\n);\n"
}
