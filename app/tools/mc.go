package tools

import (
	"slices"
	"strings"

	"daypass/app/messages"
	"daypass/app/tools/edit"
)

// mc is the MinIO client. It reads nothing of the AWS tools'.
func mc() Definition {
	return Definition{
		ID: "mc", Name: "mc (MinIO client)", Program: "mc", Commands: []string{"mc", "mcli"},
		Language: "sh", Snippet: mcSnippet, Notes: mcNotes,
		ValidityID: "agent.tools.validity.mc",
		Formats:    []Format{{Name: "mc", LabelID: "agent.tools.copy.mc", Write: text(func(a Access) string { return mcLine(a) + "\n" })}},
		Files:      mcFiles,
		CredentialsFile: &CredentialsFile{
			Path: func(p Paths) string { return p.MCEnv }, Mark: MCPrefix, Clear: mcClear,
		},
		Environment: Environment{
			ExecOwn:   func(a Access) []Variable { return []Variable{mcEnvironment("daypass", a)} },
			Overrides: []string{"MC_INSECURE", "MC_RESOLVE", mcHost + "daypass"},
		},
		List:    func(_ Access, bucket string) []string { return []string{"ls", "daypass/" + bucket} },
		Version: &Version{Name: "mc", Args: []string{"--version"}, Pattern: `mc\S* version (\S+)`},
	}
}

// mcHost begins the name of every alias of mc's.
const mcHost = "MC_HOST_"

// MCPrefix begins the lines of Daypass's in mc's file.
const MCPrefix = mcHost + "daypass_"

// mcAlias is the name of a connection in mc: letters, digits and underscores, so that it can be part of the name of
// an environment variable.
func mcAlias(id string) string {
	return "daypass_" + strings.NewReplacer("-", "_", ".", "_").Replace(Handle(id))
}

func mcSnippet(s Setup) string {
	return "export MC_CONFIG_ENV_FILE=" + ShellWord(s.Paths.MCEnv) + "\nmc ls " + mcAlias(s.Access.Connection)
}

func mcNotes(s Setup) []messages.Message {
	notes := []messages.Message{{ID: "agent.tools.note.mc-file", Args: map[string]string{"File": s.Paths.MCEnv}}}
	if s.Access.CAFile != "" {
		notes = append(notes, messages.Message{ID: "agent.tools.note.mc-authority", Args: map[string]string{"File": s.Access.CAFile}})
	}
	return notes
}

func mcFiles(s Setup, _ Step) ([]File, error) {
	v := mcEnvironment(mcAlias(s.Access.Connection), s.Access)
	return []File{{Path: s.Paths.MCEnv, KeepEmpty: true, Entry: edit.Variable(v)}}, nil
}

// mcLine is the alias as mc reads it from the file that MC_CONFIG_ENV_FILE names.
func mcLine(a Access) string {
	v := mcEnvironment(mcAlias(a.Connection), a)
	return v.Name + "=" + v.Value
}

// mcEnvironment is an alias as mc reads it from its environment. mc takes what is between the colons and the last @
// as it is, without decoding.
func mcEnvironment(alias string, a Access) Variable {
	scheme, host, _ := strings.Cut(a.Endpoint, "://")
	credentials := strings.Join([]string{a.AccessKeyID, a.SecretAccessKey.Reveal(), a.SessionToken.Reveal()}, ":")
	return Variable{mcHost + alias, scheme + "://" + credentials + "@" + host}
}

// mcClear keeps the entries of the connections that are not live, without credentials, so that they are filled again
// at the next sign-in.
func mcClear(file []byte, accessKeyIDs []string) []byte {
	var aliases []string
	for _, id := range accessKeyIDs {
		aliases = append(aliases, mcAlias(id))
	}
	return edit.Replace(file, MCPrefix, func(v edit.Variable) string {
		if slices.Contains(aliases, strings.TrimPrefix(v.Name, mcHost)) {
			return v.Value
		}
		return mcWithoutCredentials(v.Value)
	})
}

// mcWithoutCredentials returns the value of an alias without the credentials in it: mc then has the server's address
// alone.
func mcWithoutCredentials(value string) string {
	scheme, rest, _ := strings.Cut(value, "://")
	return scheme + "://" + rest[strings.LastIndex(rest, "@")+1:]
}
