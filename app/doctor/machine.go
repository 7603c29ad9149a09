package doctor

import (
	"cmp"
	"context"
	"os/exec"
	"strings"
	"sync"

	"daypass/app/messages"
	"daypass/app/oserror"
	"daypass/app/tools"
	"daypass/app/tools/files"
	"daypass/app/tools/probe"
)

// machineCode begins the codes of the checks of this machine.
const machineCode = "machine-"

// Machine is where to look on this machine.
type Machine struct {
	Getenv func(string) string
	Paths  tools.Paths
	// Profile is the name of our profile for the connection.
	Profile string
	// Try has each program list a bucket. Nil: none is tried.
	Try Try
}

// Check adds to r what is found on the machine, in place of what was found there before.
func (m Machine) Check(ctx context.Context, r Report) Report {
	var checks []Check
	for _, c := range r.Checks {
		if !strings.HasPrefix(c.Code, machineCode) {
			checks = append(checks, c)
		}
	}
	r.Checks = append(append(checks, m.environment()...), m.profiles()...)
	bySeverity(r.Checks)
	r.Programs = m.programs(ctx)
	return r
}

func (m Machine) environment() []Check {
	var out []Check
	if set := tools.Shadows(m.Getenv); len(set) > 0 {
		out = append(out, Words{
			Title:  message("agent.doctor.machine.environment-credentials", "VariableList", strings.Join(set, messages.ListSeparator)),
			Detail: sentences(message("agent.doctor.machine.environment-credentials.detail")),
		}.check(machineCode+"environment-keys", Warning))
	}
	if p := m.Getenv("AWS_PROFILE"); p != "" && p != m.Profile {
		out = append(out, Words{
			Title:  message("agent.doctor.machine.other-profile", "Profile", foreign(p)),
			Detail: sentences(message("agent.doctor.machine.other-profile.detail", "OwnProfile", m.Profile)),
		}.check(machineCode+"other-profile", Notice))
	}
	out = append(out, m.variables("endpoint", Notice, "agent.doctor.machine.endpoint", tools.EndpointNames()...)...)
	out = append(out, m.variables("authorities", Notice, "agent.doctor.machine.authorities", "AWS_CA_BUNDLE")...)
	out = append(out, m.variables("minio-keys", Warning, "agent.doctor.machine.minio", "MINIO_ROOT_USER", "MINIO_ACCESS_KEY")...)
	if on := m.Getenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"); strings.EqualFold(on, "true") {
		out = append(out, Words{
			Title: message("agent.doctor.machine.endpoint-ignored"), Detail: sentences(message("agent.doctor.machine.endpoint-ignored.detail")),
		}.check(machineCode+"endpoint-ignored", Warning))
	}
	return out
}

// variables are the checks of those that are set. detail is the ID of what follows from that.
func (m Machine) variables(code string, severity Severity, detail string, names ...string) []Check {
	var out []Check
	for _, name := range names {
		v := m.Getenv(name)
		if v == "" {
			continue
		}
		title := message("agent.doctor.machine.variable", "Variable", name)
		if severity == Notice {
			title = message("agent.doctor.machine.variable-value", "Variable", name, "Value", foreign(v))
		}
		out = append(out, Words{Title: title, Detail: sentences(message(detail))}.check(machineCode+code, severity))
	}
	return out
}

// profiles finds static credentials in a profile of our name, which win over the command in it.
func (m Machine) profiles() []Check {
	var out []Check
	for _, path := range []string{m.Paths.AWSConfig, m.Paths.AWSCredentials} {
		if path == "" {
			continue
		}
		text, err := files.Read(path)
		if err != nil {
			out = append(out, Words{
				Title: message("agent.doctor.machine.unreadable", "File", path), Detail: sentences(unreadable(err)),
			}.check(machineCode+"unreadable", Warning))
			continue
		}
		if staticKeys(text, m.Profile) {
			out = append(out, Words{
				Title:  message("agent.doctor.machine.static-credentials", "Profile", m.Profile, "File", path),
				Detail: sentences(message("agent.doctor.machine.static-credentials.detail")),
			}.check(machineCode+"static-keys", Warning))
		}
	}
	return out
}

// unreadable returns why a file cannot be read.
func unreadable(err error) messages.Message {
	if known, ok := oserror.Message(err); ok {
		return known
	}
	return message("agent.doctor.machine.unreadable.detail", "Error", err.Error())
}

func staticKeys(text []byte, profile string) bool {
	inside := false
	for l := range strings.Lines(string(text)) {
		if trimmed := strings.TrimSpace(l); strings.HasPrefix(trimmed, "[") {
			name := strings.TrimSpace(strings.TrimPrefix(strings.Trim(trimmed, "[]"), "profile "))
			inside = strings.Trim(name, `"' `) == profile
		}
		name, _, _ := strings.Cut(l, "=")
		if inside && strings.EqualFold(strings.TrimSpace(name), "aws_access_key_id") {
			return true
		}
	}
	return false
}

// programs returns the tools that are installed, with their versions.
func (m Machine) programs(ctx context.Context) []Program {
	known := tools.All()
	found := make([]*Program, len(known))
	var asking sync.WaitGroup
	for i, d := range known {
		if d.Version == nil {
			continue
		}
		path, err := exec.LookPath(d.Program)
		if err != nil {
			continue
		}
		asking.Go(func() { found[i] = m.programAt(ctx, path, d) })
	}
	asking.Wait()
	var out []Program
	for _, p := range found {
		if p != nil {
			out = append(out, *p)
		}
	}
	return out
}

// programAt returns what the program at path is; nil where the tool is not there.
func (m Machine) programAt(ctx context.Context, path string, d tools.Definition) *Program {
	version := probe.Version(ctx, path, *d.Version)
	if version == "" && d.Version.Optional {
		return nil
	}
	p := &Program{Name: cmp.Or(d.Version.Name, d.Name), Path: path, Version: version, Overrides: overridesOf(m.Getenv, d)}
	switch {
	case version == "":
		p.NoteID = "agent.doctor.program.no-version"
	case d.Version.IgnoresEndpoint(version):
		p.NoteID = "agent.doctor.program.no-endpoint"
	}
	if p.NoteID != "" {
		p.Note = messages.ForPrograms().Text(p.NoteID)
	}
	if m.Try != nil {
		listing := m.Try(ctx, path, d)
		p.Listing = &listing
	}
	return p
}
