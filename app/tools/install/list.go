package install

import (
	"os/exec"
	"strconv"
	"strings"

	"daypass/app/tools"
)

// tool is what is told of one tool.
type tool struct {
	id, name, program, language string
	snippet                     func(Installer) string
	notes                       func(Installer) []string
}

const (
	lastsSession = "It renews itself for as long as you are signed in."
	lastsStart   = "mc reads it each time it starts, and Daypass keeps it fresh while you are signed in."
	lastsKeys    = "Until the keys of this moment end. Run it again then."
	lastsRun     = "It renews itself for as long as the program runs and you are signed in."
)

// lasts are the tools whose snippet is not lastsSession.
var lasts = map[string]string{
	"mc": lastsStart, "exec": lastsRun, "env": lastsKeys, "fish": lastsKeys, "powershell": lastsKeys, "json": lastsKeys,
}

// all is the list, in the order in which it is shown.
var all = []tool{
	{id: "aws", name: "AWS CLI", program: "aws", language: "sh", snippet: awsSnippet},
	{id: "boto3", name: "Python (boto3)", program: "python3", language: "python", snippet: boto3Snippet},
	{id: "rclone", name: "rclone", program: "rclone", language: "sh", snippet: rcloneSnippet},
	{id: "mc", name: "mc (MinIO client)", program: "mc", language: "sh", snippet: mcSnippet, notes: mcNotes},
	{id: "s5cmd", name: "s5cmd", program: "s5cmd", language: "sh", snippet: s5cmdSnippet},
	{id: "duckdb", name: "DuckDB", program: "duckdb", language: "sql", snippet: duckDBSnippet, notes: duckDBNotes},
	{id: "exec", name: "Any program", language: "sh", snippet: execSnippet},
	{id: "env", name: "Shell (sh, bash, zsh)", language: "sh", snippet: envSnippet},
	{id: "fish", name: "Shell (fish)", program: "fish", language: "fish", snippet: fishSnippet},
	{id: "powershell", name: "PowerShell", program: "pwsh", language: "powershell", snippet: powershellSnippet},
	{id: "json", name: "JSON for scripts", language: "sh", snippet: jsonSnippet},
}

// List returns the tools as they are shown. getenv is the environment in which to look for traps.
func (s Installer) List(getenv func(string) string) []tools.Tool {
	out := make([]tools.Tool, len(all))
	for i, t := range all {
		shown := tools.Tool{
			ID: t.id, Name: t.name, Language: t.language, Snippet: t.snippet(s), Lasts: lastsSession,
			Program: find(t.program), SetUp: s.SetUp(t.id), Daypass: s.daypass(),
		}
		if text := lasts[t.id]; text != "" {
			shown.Lasts = text
		}
		if t.notes != nil {
			shown.Notes = t.notes(s)
		}
		shown.Notes = append(shown.Notes, shadowNotes(getenv, t.id, shown.SetUp)...)
		out[i] = shown
	}
	return out
}

func find(program string) string {
	if program == "" {
		return ""
	}
	path, err := exec.LookPath(program)
	if err != nil {
		return ""
	}
	return path
}

// Shadows names the variables of the environment that win over a profile.
func Shadows(getenv func(string) string) []string {
	var set []string
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"} {
		if getenv(name) != "" {
			set = append(set, name)
		}
	}
	return set
}

func shadowNotes(getenv func(string) string, tool string, setUp tools.SetUp) []string {
	set := Shadows(getenv)
	if len(set) == 0 || setUp == tools.SetUpNone || tool == "mc" {
		return nil
	}
	return []string{"Keys in your environment win over the profile: unset " + strings.Join(set, ", ") + " first."}
}

func awsSnippet(s Installer) string {
	return "aws --profile " + s.name() + " --endpoint-url " + tools.ShellWord(s.Access.Endpoint) + " s3 ls"
}

func boto3Snippet(s Installer) string {
	return "import boto3\n\n" +
		"s3 = boto3.Session(profile_name=" + strconv.Quote(s.name()) + ").client(\"s3\", endpoint_url=" + strconv.QuoteToASCII(s.Access.Endpoint) + ")\n" +
		"print([b[\"Name\"] for b in s3.list_buckets()[\"Buckets\"]])"
}

func rcloneSnippet(s Installer) string {
	command := "rclone lsd " + s.name() + ":"
	if bundle := s.Access.Bundle(); bundle != "" {
		command += " --ca-cert " + tools.ShellWord(bundle)
	}
	return command
}

func mcSnippet(s Installer) string {
	return "export MC_CONFIG_ENV_FILE=" + tools.ShellWord(s.Paths.MCEnv) + "\nmc ls " + tools.MCAlias(s.Access.Connection)
}

func mcNotes(s Installer) []string {
	notes := []string{"mc takes keys from its own files only, so they are written to " + s.Paths.MCEnv + ", for your eyes alone."}
	if s.Access.CAFile != "" {
		notes = append(notes, "Copy "+s.Access.CAFile+" to ~/.mc/certs/CAs, where mc looks for certificate authorities; “daypass exec” needs no copy.")
	}
	return notes
}

func s5cmdSnippet(s Installer) string {
	return "export AWS_PROFILE=" + s.name() + "\ns5cmd --endpoint-url " + tools.ShellWord(s.Access.Endpoint) + " ls"
}

func duckDBSnippet(s Installer) string {
	return "INSTALL httpfs; LOAD httpfs; INSTALL aws; LOAD aws;\n" + strings.TrimSuffix(tools.DuckDBChain(s.Access), "\n")
}

func duckDBNotes(Installer) []string {
	return []string{"Do not make it a PERSISTENT secret: DuckDB would write the keys of this moment to disk and never renew them."}
}

func execSnippet(s Installer) string {
	return s.daypass() + " exec " + s.handle() + " -- python3 train.py"
}

func envSnippet(s Installer) string { return `eval "$(` + s.daypass() + ` env ` + s.handle() + `)"` }

func fishSnippet(s Installer) string {
	return s.daypass() + " env " + s.handle() + " --shell fish | source"
}

func powershellSnippet(s Installer) string {
	daypass := s.daypass()
	if strings.HasPrefix(daypass, "'") {
		daypass = "& '" + strings.ReplaceAll(s.Program, "'", "''") + "'"
	}
	return daypass + " env " + s.handle() + " --shell powershell | Out-String | Invoke-Expression"
}

func jsonSnippet(s Installer) string { return s.daypass() + " creds " + s.handle() + " --format json" }

func (s Installer) handle() string { return tools.Handle(s.Access.Connection) }

// daypass is how to call Daypass in a terminal: by its name where that finds it, by its path elsewhere.
func (s Installer) daypass() string {
	if s.Program == "" || find("daypass") != "" {
		return "daypass"
	}
	return tools.ShellWord(s.Program)
}
